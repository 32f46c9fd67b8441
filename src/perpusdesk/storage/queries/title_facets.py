"""How titles spread over kinds, branches, languages, years, classes and shelves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.title_lists import how_many
from perpusdesk.storage.queries.title_narrow import ON_SHELF, Narrowing, lines
from perpusdesk.storage.queries.values import sure_id

_ALL_BRANCHES: Final = (
    "select branch, count(*) from (select distinct title, branch from copy"
    " where deleted = 0 and branch is not null) group by branch"
)


@dataclass(frozen=True, slots=True)
class Facets:
    """How many titles have each value, the commonest first (decades and classes in their order).

    ``branches`` are ids in hex; ``classes`` the hundreds of DDC (``800``), or ``2X0`` for Islam;
    ``years`` the decades (``1990``). What a record does not say is not counted. Each part counts
    what one would see with its own narrowing taken away and all others kept; ``everything`` what
    one would see without any.
    """

    total: int
    everything: int
    materials: dict[str, int]
    branches: dict[str, int]
    languages: dict[str, int]
    years: dict[str, int]
    classes: dict[str, int]
    available: int


NO_FACETS: Final = Facets(0, 0, {}, {}, {}, {}, {}, 0)


@dataclass(frozen=True, slots=True)
class _Group:
    material: str
    language: str
    decade: str
    hundred: str
    titles: int


def facets(library: Library, match: str, narrowing: Narrowing) -> Facets:
    """Count the titles that match (without an expression: all) by what they may be narrowed to."""
    open_ = replace(narrowing, material="", language="", hundred="")
    within = _groups(library, match, open_)
    any_year = within
    if narrowing.years:
        any_year = _groups(library, match, replace(open_, years=None))

    def counted(
        groups: list[_Group], value: Callable[[_Group], str], narrowed: Narrowing
    ) -> Counter[str]:
        counts: Counter[str] = Counter()
        for group in groups:
            if value(group) and _lets(narrowed, group):
                counts[value(group)] += group.titles
        return counts

    materials = counted(within, lambda g: g.material, replace(narrowing, material=""))
    languages = counted(within, lambda g: g.language, replace(narrowing, language=""))
    classes = counted(within, lambda g: g.hundred, replace(narrowing, hundred=""))
    years = counted(any_year, lambda g: g.decade, narrowing)
    total = sum(group.titles for group in within if _lets(narrowing, group))
    return Facets(
        total=total,
        everything=how_many(library, match) if narrowing else total,
        materials=dict(materials.most_common()),
        branches=_branches(library, match, replace(narrowing, branch=None)),
        languages=dict(languages.most_common()),
        years=dict(sorted(years.items(), reverse=True)),
        classes=dict(sorted(classes.items())),
        available=how_many(library, match, replace(narrowing, available=True)),
    )


def _groups(library: Library, match: str, narrowing: Narrowing) -> list[_Group]:
    found, values = lines(match, narrowing)
    counted = f"select l.facet, count(*) as titles {found} group by l.facet"
    rows = library.rows(
        "select f.material, f.language, f.decade, f.hundred, g.titles"
        f" from ({counted}) g join title_facet f on f.number = g.facet",
        *values,
    )
    return [_Group(*row) for row in rows]


def _lets(narrowing: Narrowing, group: _Group) -> bool:
    """Whether what a facet says passes; years and copies were sifted by the database."""
    return (
        narrowing.material in ("", group.material)
        and narrowing.language in ("", group.language)
        and narrowing.hundred in ("", group.hundred)
    )


def _branches(library: Library, match: str, narrowing: Narrowing) -> dict[str, int]:
    if not match and not narrowing:
        rows = library.rows(_ALL_BRANCHES)
    else:
        also = "cross join copy c on c.title = l.id"
        found, values = lines(match, replace(narrowing, available=False), also)
        shelf = f" and {ON_SHELF}" if narrowing.available else ""
        query = (
            f"select c.branch, count(distinct l.rid) {found} and c.deleted = 0"
            f" and c.branch is not null{shelf} group by c.branch"
        )
        rows = library.rows(query, *values)
    counts = Counter({sure_id(branch).hex: titles for branch, titles in rows})
    return dict(counts.most_common())
