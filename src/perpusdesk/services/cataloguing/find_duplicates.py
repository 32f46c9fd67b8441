"""Going through the whole catalogue for titles that may be one."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Final
from uuid import UUID

from perpusdesk.domain.same_title import Facts, Why, same_title, title_key
from perpusdesk.services.cataloguing.title_duplicates import facts_in
from perpusdesk.services.desk import Desk
from perpusdesk.storage.key_groups import KeyGroups
from perpusdesk.storage.queries import title_edit as find

_PART: Final = 1_000
_LARGEST: Final = 60
"""Of more titles with one name than this, only neighbours are compared."""

_RANK: Final = {why: place for place, why in enumerate(Why)}


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Titles that may be one, the fullest used first: it has the most copies."""

    titles: tuple[UUID, ...]
    why: Why
    sure: bool


def find_duplicates(
    desk: Desk,
    *,
    progress: Callable[[int, int], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> list[DuplicateGroup]:
    """Return groups of probable duplicates, the surest first; each title is in one group.

    Reads the whole catalogue on its own connection, in bounded memory; ``progress`` hears (done,
    of); ``stop`` is asked now and then, and what was found until then is returned.
    """
    found: list[DuplicateGroup] = []
    seen: set[UUID] = set()
    halt = stop or (lambda: False)
    with desk.beside() as quiet, contextlib.closing(KeyGroups()) as keys:
        _collect(quiet, keys, progress, halt)
        for rids in keys.shared():
            if halt():
                break
            for group in _groups(quiet, rids):
                fresh = tuple(title for title in group.titles if title not in seen)
                if len(fresh) > 1:
                    seen.update(fresh)
                    found.append(DuplicateGroup(fresh, group.why, group.sure))
    return sorted(found, key=lambda one: (not one.sure, _RANK[one.why]))


def _collect(
    desk: Desk,
    keys: KeyGroups,
    progress: Callable[[int, int], object] | None,
    halt: Callable[[], bool],
) -> None:
    of, done, last = find.count_titles(desk.library), 0, 0
    while not halt():
        part = find.every_likeness(desk.library, last, _PART)
        if not part:
            return
        for rid, one in part:
            for key in _keys(facts_in(one)):
                keys.add(key, rid)
        last, done = part[-1][0], done + len(part)
        if progress:
            progress(done, of)


def _keys(facts: Facts) -> Iterator[str]:
    for isbn in facts.isbn.split():
        yield f"i|{isbn}"
    if facts.issn:
        yield f"s|{facts.issn}"
    title = title_key(facts.title)
    if title:
        yield f"t|{title}"
    if title and facts.subtitle:
        yield f"t|{title_key(facts.title, facts.subtitle)}"


def _groups(desk: Desk, rids: list[int]) -> Iterator[DuplicateGroup]:
    """Put the titles that share a key together where they may be one."""
    rows = find.likenesses(desk.library, rids)
    ones = sorted(rows.values(), key=lambda one: (one.author, one.year, one.id))
    pairs = combinations(ones, 2) if len(ones) <= _LARGEST else pairwise(ones)
    facts = {one.id: facts_in(one) for one in ones}
    groups: dict[UUID, tuple[set[UUID], Why, bool]] = {}
    for one, other in pairs:
        verdict = same_title(facts[one.id], facts[other.id])
        if verdict:
            why, sure = verdict
            mine, my_why, my_sure = groups.get(one.id, ({one.id}, why, sure))
            yours, _, your_sure = groups.get(other.id, ({other.id}, why, sure))
            joined = (mine | yours, min(why, my_why, key=_rank), sure and my_sure and your_sure)
            groups.update(dict.fromkeys(joined[0], joined))
    copies = {one.id: one.copies for one in ones}
    for members, why, sure in {id(group[0]): group for group in groups.values()}.values():
        yield DuplicateGroup(tuple(sorted(members, key=lambda t: -copies[t])), why, sure)


def _rank(why: Why) -> int:
    return _RANK[why]
