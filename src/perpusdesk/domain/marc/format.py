"""What a field of the MARC 21 bibliographic format may have: indicators, codes, how often."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_ANY: Final = "?"
BLANK: Final = "#"


@dataclass(frozen=True, slots=True)
class TagRule:
    """One tag. Indicators and codes that are ``None`` may be anything."""

    repeatable: bool
    first: str | None = None
    second: str | None = None
    codes: Mapping[str, bool] | None = None
    """Each subfield code with whether it may be repeated."""

    def allows(self, place: int, mark: str) -> bool:
        """Whether an indicator (0 or 1) may have this value."""
        valid = (self.first, self.second)[place]
        return valid is None or mark in valid


Format = Mapping[str, TagRule]


def read_rule(line: str) -> TagRule:
    """Read one line of the table: ``R #01 # a b* 6 8*``. Raises ``ValueError``."""
    often, *rest = line.split()
    if often not in ("R", "N"):
        raise ValueError(line)
    if not rest:
        return TagRule(often == "R", "", "", {})
    first, second, *codes = rest if len(rest) > 2 else (*rest, _ANY)
    known = {code[0]: code.endswith("*") for code in codes}
    return TagRule(often == "R", _marks(first), _marks(second), None if _ANY in known else known)


def _marks(text: str) -> str | None:
    return None if text == _ANY else text.replace(BLANK, " ")
