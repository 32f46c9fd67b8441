"""The door: ``perpusdesk`` opens the desktop, ``perpusdesk <command>`` needs no screen."""

from __future__ import annotations

import os
import sys
from pathlib import Path

SELF_TEST = "--self-test"
"""``perpusdesk --self-test [FILE]``: for whoever packs or installs the program, not for staff."""


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


def _self_test(words: list[str]) -> int:
    from perpusdesk.app.self_test import self_test

    return self_test(Path(words[0]).absolute() if words else None)


def main() -> None:
    """Run the program and leave with its exit code."""
    if sys.argv[1:2] == [SELF_TEST]:
        sys.exit(_self_test(sys.argv[2:]))
    if not sys.argv[1:] and not any(name.endswith("_COMPLETE") for name in os.environ):
        sys.exit(_desktop(None, None))  # the usual start does not wait for the commands
    from perpusdesk.cli.main import Desktop, run

    sys.exit(run(sys.argv[1:], Desktop(_desktop, _demo, _window_bench, _kiosk)))


if __name__ == "__main__":
    main()
