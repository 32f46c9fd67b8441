"""The door: ``perpusdesk`` opens the desktop, ``perpusdesk <command>`` needs no screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def _desktop(data: Path | None, language: str | None) -> int:
    from perpusdesk.app.entry import run_desktop

    return run_desktop(data, language)


def _kiosk(data: Path | None, language: str | None) -> int:
    from perpusdesk.app.entry import run_kiosk

    return run_kiosk(data, language)


def _demo(data: Path | None, language: str | None, out: Path | None) -> int:
    if out is None:
        from perpusdesk.app.entry import run_demo

        return run_demo(data, language)
    from perpusdesk.app.demo_headless import play_demo

    return play_demo(data, language, out)


def _window_bench(name: str, data: Path, size: int) -> dict[str, object]:
    from perpusdesk.app.window_bench import bench_window

    return bench_window(name, data, size)


def main() -> None:
    """Run the program and leave with its exit code."""
    if not sys.argv[1:] and not any(name.endswith("_COMPLETE") for name in os.environ):
        sys.exit(_desktop(None, None))  # the usual start does not wait for the commands
    from perpusdesk.cli.main import Desktop, run

    sys.exit(run(sys.argv[1:], Desktop(_desktop, _demo, _window_bench, _kiosk)))


if __name__ == "__main__":
    main()
