"""How a search's titles spread over kinds, branches, languages, years, classes and shelves."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id

_FOUND: Final = "(select rowid from title_words where title_words match ?)"
_BRANCHES: Final = (
    "select c.branch, count(distinct c.title) from title t join copy c on c.title = t.id"
    f" where t.rid in {_FOUND} and c.deleted = 0 and c.branch is not null group by c.branch"
)
_AVAILABLE: Final = (
    "select count(distinct c.title) from title t join copy c on c.title = t.id"
    f" where t.rid in {_FOUND} and c.deleted = 0 and coalesce(c.\"condition\", 'good') = 'good'"
    ' and not exists (select 1 from loan l where l.copy = c.id and l."end" = 0)'
    " and not exists (select 1 from hold h where h.copy = c.id and h.state = 'ready')"
)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many of the titles found have each value, the commonest first.

    ``branches`` are ids in hex; ``classes`` the hundreds of DDC (``800``), or ``2X0`` for Islam;
    ``years`` the decades (``1990``). What a record does not say is not counted.
    """

    materials: dict[str, int]
    branches: dict[str, int]
    languages: dict[str, int]
    years: dict[str, int]
    classes: dict[str, int]
    available: int


def facets(library: Library, match: str) -> Facets:
    """Count the titles that match by what one may narrow a search to."""
    if not match:
        return Facets({}, {}, {}, {}, {}, 0)
    counts: list[Counter[str]] = [Counter() for _ in range(4)]
    rows = library.rows(
        f"select material, language, year, classification from title where rid in {_FOUND}", match
    )
    for material, language, year, classification in rows:
        values = (material, language, _decade(year or ""), _class(classification or ""))
        for count, value in zip(counts, values, strict=True):
            if value:
                count[value] += 1
    materials, languages, years, classes = (dict(count.most_common()) for count in counts)
    branches = Counter({sure_id(i).hex: n for i, n in library.rows(_BRANCHES, match)})
    available = int(library.value(_AVAILABLE, match) or 0)
    return Facets(materials, dict(branches.most_common()), languages, years, classes, available)


def _decade(year: str) -> str:
    return f"{year[:3]}0" if len(year) == 4 and year.isdigit() else ""


def _class(classification: str) -> str:
    text = classification.strip().upper()
    if text.startswith("2X"):
        return "2X0"
    return f"{text[0]}00" if text[:3].isdigit() and len(text) >= 3 else ""
