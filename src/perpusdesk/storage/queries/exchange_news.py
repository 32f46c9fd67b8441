"""What waits to be sent and what came, by what was done: for people, from the log and packages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from perpusdesk.domain.merge.lanes import LANES
from perpusdesk.storage.library import Library


@dataclass(frozen=True, slots=True)
class Passing:
    """So many actions of one verb, the oldest and the newest done at (Unix ms)."""

    verb: str
    actions: int
    oldest_ms: int
    newest_ms: int


_Run = tuple[int, int, int]
"""A stream's number, first and last seq."""

_OPEN_END = 1 << 62


def own_waiting(library: Library, peer: bytes) -> list[Passing]:
    """Return this device's actions that a peer is not known to have, the most frequent first."""
    sent = library.exchange.peer(peer).sent
    own = "select number from stream where device = ?"
    runs: list[_Run] = []
    for lane in LANES:
        runs += library.rows(
            f"select stream, first_seq, last_seq from package where lane = ? and arrival > ?"
            f" and stream in ({own})",
            lane,
            sent.get(lane, 0),
            library.device,
        )
    sealed = library.rows(
        "select s.number, coalesce((select max(p.last_seq) from package p where p.stream = s.number"
        "), 0) from stream s where s.device = ?",
        library.device,
    )
    runs += [(number, upto + 1, _OPEN_END) for number, upto in sealed]
    return _by_verb(library, runs)


def came_since(library: Library, seen: Mapping[int, int]) -> list[Passing]:
    """Return what others did that arrived here after a place of each lane."""
    runs: list[_Run] = []
    for lane in LANES:
        runs += library.rows(
            "select stream, first_seq, last_seq from package where lane = ? and arrival > ?"
            " and source is not null",
            lane,
            seen.get(lane, 0),
        )
    return _by_verb(library, runs)


def arrivals(library: Library) -> dict[int, int]:
    """Return the last place of each lane."""
    return {lane: arrival for lane, (arrival, _) in library.exchange.cursor().heads.items()}


def _by_verb(library: Library, runs: Iterable[_Run]) -> list[Passing]:
    found: dict[str, Passing] = {}
    query = (
        "select verb, count(distinct action), min(at), max(at) from op"
        " where stream = ? and seq between ? and ? group by verb"
    )
    for run in runs:
        for verb, *told in library.rows(query, *run):
            one = Passing(verb, *(int(value) for value in told))
            found[verb] = _together(one, found.get(verb))
    return sorted(found.values(), key=lambda one: (-one.actions, one.verb))


def _together(one: Passing, other: Passing | None) -> Passing:
    if other is None:
        return one
    oldest, newest = min(one.oldest_ms, other.oldest_ms), max(one.newest_ms, other.newest_ms)
    return Passing(one.verb, one.actions + other.actions, oldest, newest)
