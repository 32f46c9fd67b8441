"""What a list of titles is narrowed to, as a condition on their lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

ON_SHELF: Final = (
    "coalesce(c.\"condition\", 'good') = 'good'"
    ' and not exists (select 1 from loan o where o.copy = c.id and o."end" = 0)'
    " and not exists (select 1 from hold h where h.copy = c.id and h.state = 'ready')"
    " and not exists (select 1 from transfer x where x.copy = c.id and x.state = 'on_the_way')"
)
"""Of a copy ``c``: it can be lent right away."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What titles must have besides the words; all that is set counts together.

    ``hundred`` is a main class of DDC (``800``) or ``2X0``; ``years`` the first and the last one;
    ``branch`` wants a copy there, ``available`` one on the shelf (with both: on the shelf there).
    """

    material: str = ""
    branch: UUID | None = None
    language: str = ""
    years: tuple[int, int] | None = None
    hundred: str = ""
    available: bool = False

    def __bool__(self) -> bool:
        return self != EVERYTHING


EVERYTHING: Final = Narrowing()


def condition(narrowing: Narrowing) -> tuple[str, list[Any]]:
    """Return SQL that a line ``l`` must fulfil, and its values; ``1`` for no narrowing."""
    parts: list[str] = []
    values: list[Any] = []
    named = {
        "material": narrowing.material,
        "language": narrowing.language,
        "hundred": narrowing.hundred,
    }
    kept = {name: value for name, value in named.items() if value}
    if kept:
        wanted = " and ".join(f"{name} = ?" for name in kept)
        parts.append(f"l.facet in (select number from title_facet where {wanted})")
        values += kept.values()
    if narrowing.years:
        parts.append("l.year between ? and ?")
        values += narrowing.years
    if narrowing.branch or narrowing.available:
        part, more = _copy(narrowing)
        parts.append(part)
        values += more
    return " and ".join(parts) or "1", values


def _copy(narrowing: Narrowing) -> tuple[str, list[Any]]:
    wanted = ["c.title = l.id", "c.deleted = 0"]
    values = []
    if narrowing.branch:
        wanted.append("c.branch = ?")
        values.append(narrowing.branch.bytes)
    if narrowing.available:
        wanted.append(ON_SHELF)
    return f"exists (select 1 from copy c where {' and '.join(wanted)})", values


def lines(match: str, narrowing: Narrowing, also: str = "") -> tuple[str, list[Any]]:
    """Return ``from ... where ...`` of all lines that match and are let through, with its values.

    ``match`` is an expression for the search index; without one all titles are meant. ``also`` is
    joined to the lines ``l``.
    """
    sieve, values = condition(narrowing)
    if not match:
        return f"from title_line l {also} where {sieve}", values
    joined = "from title_words cross join title_line l on l.rid = title_words.rowid"
    return f"{joined} {also} where title_words match ? and {sieve}", [match, *values]
