"""The pages tell of every command the program has, and of no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import typer
from repository import ROOT

from perpusdesk.cli.context import Context
from perpusdesk.cli.main import Desktop, build


def _commands(command: Any, words: tuple[str, ...] = ("perpusdesk",)) -> Iterator[str]:
    """Yield every command of the program, as one types it."""
    below = getattr(command, "commands", {})
    if not below:
        yield " ".join(words)
    for word, one in below.items():
        yield from _commands(one, (*words, word))


def _program() -> set[str]:
    desktop = Desktop(open=_never, demo=_never, bench=_never)
    return set(_commands(typer.main.get_command(build(Context(), desktop, None))))


def _never(*_arguments: object) -> Any:
    raise AssertionError("no command is run here")


def _told(page: str) -> set[str]:
    """Return the commands a page names: their words up to the first option or argument."""
    used = re.findall(r"\bperpusdesk((?: [a-z]+)+)", (ROOT / page).read_text("utf-8"))
    return {f"perpusdesk{words}" for words in used}


def test_the_command_line_page_has_every_command_and_no_other() -> None:
    told = _told("docs/developers/command-line.md")
    assert told == _program()


def test_the_readmes_commands_exist() -> None:
    assert _told("README.md") - _program() == set()
