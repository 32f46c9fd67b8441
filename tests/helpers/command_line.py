"""One call of the command line, as a script sees it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Protocol

from perpusdesk.cli.main import Desktop


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call came to: exit code, standard output and standard error."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)


class Typed(Protocol):
    """Lets standard input hold lines."""

    def __call__(self, *lines: str) -> None: ...


class Call(Protocol):
    """``call("lend", ...)`` on the test's library; with ``json=False`` as a person calls it."""

    def __call__(self, *words: object, json: bool = True) -> Answer: ...


def no_desktop() -> Desktop:
    """What opens windows, where none may be opened."""

    def never(*_arguments: object) -> Any:
        raise AssertionError("no window is opened here")

    return Desktop(never, never, never)
