"""The door: ``perpusdesk`` opens the desktop, ``perpusdesk <command>`` needs no screen."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from perpusdesk.common.given_files import given_files
from perpusdesk.common.own_program import whole_streams

if TYPE_CHECKING:
    from perpusdesk.cli.main import Desktop

SELF_TEST = "--self-test"
"""``perpusdesk --self-test [FILE]``: for whoever packs or installs the program, not for staff."""


def _desktop(data: Path | None, language: str | None, given: Sequence[Path] = ()) -> int:
    from perpusdesk.app.entry import run_desktop

    return run_desktop(data, language, given)


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


def _ways() -> Desktop:
    """Return what opens windows, for the command line."""
    from perpusdesk.cli.main import Desktop

    return Desktop(_desktop, _demo, _window_bench, _kiosk)


def _self_test(words: list[str]) -> int:
    from perpusdesk.app.self_test import self_test

    out = Path(words[0]).absolute() if words else None
    return self_test(out, more={"commands": _commands})


def _commands(folder: Path) -> str:
    """Load every command, and give some: a library by words alone."""
    from perpusdesk.cli.context import Context
    from perpusdesk.cli.main import build, run

    app = build(Context(), _ways(), None)
    count = len(app.registered_commands) + len(app.registered_groups)
    said = io.StringIO()
    for words in (
        ["--help"],
        ["init", "--library", "Perpustakaan Uji", "--branch", "Pusat"],
        ["title", "add", "--title", "Pelaut Kertas", "--year", "2020", "--copies", "2"],
        ["status", "--json"],
    ):
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = run([*words, "--data", str(folder / "by words")], _ways())
        if code:
            raise ValueError(f"{' '.join(words)} ended with {code}: {said.getvalue()[-300:]}")
    return f"{count} commands and groups, some of them given"


def _read_records() -> None:
    from perpusdesk.exchange.reading_child import main as read

    read(sys.argv[2:])


def _probe_start() -> None:
    from perpusdesk.app.window_bench import probe_start

    probe_start()


def _probe_bare() -> None:
    from perpusdesk.app.bare_window import probe_bare

    probe_bare()


_PARTS: Mapping[str, Callable[[], None]] = {
    "--read-records": _read_records,
    "--probe-start": _probe_start,
    "--probe-bare": _probe_bare,
}
"""What the program starts itself again for."""


def main() -> None:
    """Run the program and leave with its exit code."""
    words = sys.argv[1:]
    if words and words[0] in _PARTS:
        _PARTS[words[0]]()
        return
    whole_streams()
    if words[:1] == [SELF_TEST]:
        sys.exit(_self_test(words[1:]))
    given = given_files(words)
    plain = given or not words
    if plain and not any(name.endswith("_COMPLETE") for name in os.environ):
        sys.exit(_desktop(None, None, given))  # the usual start does not wait for the commands
    from perpusdesk.cli.main import run

    sys.exit(run(words, _ways()))


if __name__ == "__main__":
    main()
