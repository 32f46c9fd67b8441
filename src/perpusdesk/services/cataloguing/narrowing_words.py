"""A narrowing that was written in words, as the command line takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.words.lines import hundred_of
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.title_narrow import Narrowing

_YEARS: Final = re.compile(r"(\d{4})(?:\s*-\s*(\d{4}))?")


@dataclass(frozen=True, slots=True)
class NarrowingWords:
    """What was written: a branch's name or code, a year or two with a hyphen, a class number."""

    kind: str = ""
    branch: str = ""
    language: str = ""
    year: str = ""
    classification: str = ""
    available: bool = False


class UnclearError(Exception):
    """A word that says nothing here; ``what`` is the name of the field."""

    def __init__(self, what: str, text: str) -> None:
        super().__init__(what, text)
        self.what, self.text = what, text


def read_narrowing(desk: Desk, words: NarrowingWords) -> Narrowing:
    """Return the narrowing that is meant. Raises ``UnclearError``.

    Of a class its main class counts: ``899.2`` and ``8`` are ``800``, ``297`` is ``200``.
    """
    return Narrowing(
        material=words.kind.strip(),
        branch=_branch(desk, words.branch) if words.branch else None,
        language=words.language.strip().lower(),
        years=_years(words.year) if words.year else None,
        hundred=_hundred(words.classification) if words.classification else "",
        available=words.available,
    )


def _branch(desk: Desk, text: str) -> UUID:
    wanted = text.strip().casefold()
    for id_, branch in desk.branches.items():
        if wanted in (branch.name.casefold(), branch.code.casefold()):
            return id_
    raise UnclearError("branch", text)


def _years(text: str) -> tuple[int, int]:
    found = _YEARS.fullmatch(text.strip())
    if found is None:
        raise UnclearError("year", text)
    return int(found[1]), int(found[2] or found[1])


def _hundred(text: str) -> str:
    digits = text.strip()
    found = hundred_of(digits.ljust(3, "0") if digits.isdigit() else digits)
    if not found:
        raise UnclearError("class", text)
    return found
