"""The events that a row of a loan, a hold or a fact tells of, for where their ops are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from perpusdesk.domain.merge import facts, holds, judgement, loans, transfers

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    """One event; ``first`` is the one that the record begins with."""

    kind: str
    payload: dict[str, Any]
    at: int
    zone: int
    first: bool = False


def lost_events(entity_type: str, row: Row, known: Row | None) -> Iterator[Event]:
    """Yield the events that ``row`` tells of and ``known`` (``None``: no record yet) does not.

    Facts that were taken back yield nothing.
    """
    if entity_type in _TOLD:
        yield from _TOLD[entity_type](row, known)


def _loan(row: Row, known: Row | None) -> Iterator[Event]:
    if row["end"] == loans.ENDED_VOIDED:
        return
    lent, zone = row["lent_at"], row["lent_zone"]
    if known is None:
        yield _first(loans.OPENED, row, ("copy", "member", "due", "rule", "kit"), lent, zone)
    elif known["member"] != row["member"] and row["member"]:
        yield Event(loans.MOVED, {"member": row["member"]}, lent, zone)
    if row["renewals"] > (known["renewals"] if known else 0):
        yield Event(loans.RENEWED, {"due": row["due"]}, lent, zone)
    if row["claimed"] and not (known and known["claimed"]):
        yield Event(loans.CLAIMED, {}, lent, zone)
    if row["end"] and not (known and known["end"] == row["end"]):
        kind = loans.RETURNED if row["end"] == loans.ENDED_RETURNED else loans.LOST
        ended, zone = row["ended_at"] or lent, row["ended_zone"] or zone
        yield Event(kind, {"days_late": row["days_late"]}, ended, zone)


def _hold(row: Row, known: Row | None) -> Iterator[Event]:
    placed, zone = row["placed_at"], row["placed_zone"]
    if known is None:
        names = ("title", "member", "pickup", "copy", "expires")
        yield _first(holds.PLACED, row, names, placed, zone)
    elif (known["title"], known["member"]) != (row["title"], row["member"]):
        yield Event(holds.MOVED, _some(row, ("title", "member")), placed, zone)
    if known is not None and known["state"] == row["state"]:
        return
    if row["state"] == "ready":
        payload = {"copy": row["copy"], "until": row["pickup_until"]}
        yield Event(holds.READY, _without_none(payload), placed, zone)
    ends = {"filled": holds.FILLED, "cancelled": holds.CANCELLED, "expired": holds.EXPIRED}
    if row["state"] in ends:
        yield Event(ends[row["state"]], {}, placed, zone)


def _transfer(row: Row, known: Row | None) -> Iterator[Event]:
    sent, zone = row["sent_at"], row["sent_zone"]
    if known is None:
        payload = {**_some(row, ("copy", "why", "paper")), "to": row["to_branch"]}
        yield Event(transfers.SENT, _without_none(payload), sent, zone, first=True)
    ends = {"received": transfers.RECEIVED, "cancelled": transfers.CANCELLED}
    if row["state"] in ends and not (known and known["state"] == row["state"]):
        ended, zone = row["ended_at"] or sent, row["ended_zone"] or zone
        yield Event(ends[row["state"]], {}, ended, zone)


def _fact(kind: str, *names: str) -> Callable[[Row, Row | None], Iterator[Event]]:
    def told(row: Row, known: Row | None) -> Iterator[Event]:
        if known is None and not row["voided"]:
            yield _first(kind, row, names, row["at"], row["zone"])
        elif known is not None and kind == facts.ENTRY and known["member"] != row["member"]:
            moved = {"member": row["member"]}
            yield Event(facts.ENTRY_MOVED, moved, row["at"], row["zone"])

    return told


def _clock_cap(row: Row, known: Row | None) -> Iterator[Event]:
    if known is None and not row["voided"]:
        names = {"first": "first_seq", "last": "last_seq", "clock": "cap"}
        payload = {**_some(row, ("device", "incarnation"))}
        payload |= {name: row[column] for name, column in names.items()}
        yield Event(judgement.CAPPED, payload, row["clock"] >> 16, 0, first=True)


def _first(kind: str, row: Row, names: tuple[str, ...], at: int, zone: int) -> Event:
    return Event(kind, _some(row, names), at, zone, first=True)


def _some(row: Row, names: tuple[str, ...]) -> dict[str, Any]:
    return _without_none({name: row[name] for name in names})


def _without_none(payload: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in payload.items() if value is not None}


_TOLD: Final[Mapping[str, Callable[[Row, Row | None], Iterator[Event]]]] = {
    "loan": _loan,
    "hold": _hold,
    "transfer": _transfer,
    "money": _fact(facts.ENTRY, "member", "amount", "kind", "loan", "note"),
    "reading": _fact(facts.READ, "copy", "title", "member"),
    "stock_scan": _fact(facts.COUNTED, "stock_count", "copy", "code", "place", "condition"),
    "visit": _fact(
        facts.VISITED,
        "member",
        "people",
        "sex",
        "age",
        "occupation",
        "education",
        "purpose",
        "institution",
        "room",
        "party",
        "category",
    ),
    "survey_version": _fact(facts.PUBLISHED, "draft", "name", "kind", "number", "definition"),
    "answer": _fact(facts.ANSWERED, "survey", "version", "answers", "channel", "service"),
    "reference": _fact(facts.ASKED, "kind", "topic", "minutes", "source", "answered", "channel"),
    "wish_vote": _fact(facts.VOTED, "wish", "people", "channel"),
    "service_use": _fact(facts.USED, "what", "people", "title", "note"),
    "month_close": _fact(facts.MONTH_CLOSED, "month", "figures"),
    "sighting": _fact(facts.HANDED_BACK, "copy"),
    "erasure": _fact(facts.ERASED, "member", "reason"),
    "history_cut": _fact(facts.HISTORY_CUT, "before"),
    "clock_cap": _clock_cap,
}
