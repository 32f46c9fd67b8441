"""Versions of the program and their order: ``1.2.0rc1`` < ``1.2.0`` < ``1.2.1`` < ``1.10``."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_FORM: Final = re.compile(r"(\d{1,6})((?:\.\d{1,6}){0,3})(?:(a|b|rc)(\d{1,6}))?")
_STAGES: Final = {"a": 0, "b": 1, "rc": 2, "": 3}
_PARTS: Final = 4


class Version(NamedTuple):
    """A version that can be compared; missing parts are zero."""

    numbers: tuple[int, ...]
    stage: int
    number: int


def read_version(text: str) -> Version | None:
    """Return the version that a text says, ``None`` for what is none."""
    found = _FORM.fullmatch(text.strip())
    if found is None:
        return None
    first, rest, stage, number = found.groups()
    parts = [int(first), *(int(part) for part in rest.split(".")[1:])]
    parts += [0] * (_PARTS - len(parts))
    return Version(tuple(parts), _STAGES[stage or ""], int(number or 0))


def is_newer(one: str, other: str) -> bool:
    """Whether ``one`` is a later version than ``other``; what is no version is never later."""
    first, second = read_version(one), read_version(other)
    if first is None:
        return False
    return second is None or first > second
