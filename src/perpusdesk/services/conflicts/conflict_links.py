"""The records that a conflict is about, for whoever wants to look at them before answering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from perpusdesk.domain.conflicts.conflict import Conflict, Side
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.names import member_name, title_brief
from perpusdesk.storage.queries.record_links import belongs_to


@dataclass(frozen=True, slots=True)
class Link:
    """A member or a title (``record``) by what it is called."""

    record: str
    id: UUID
    label: str


@dataclass(frozen=True, slots=True)
class Links:
    """What all sides are about, and what each is about besides."""

    common: tuple[Link, ...]
    sides: tuple[tuple[Link, ...], ...]


def links_of(desk: Desk, conflict: Conflict) -> Links:
    """Return the members and titles that a conflict and its sides name.

    A copy is shown with its title; what is not known here has no link.
    """
    whole = Side(conflict.sides[0].stamp, "", UUID(int=0), 0, conflict.facts)
    every = [tuple(dict.fromkeys(_named(desk, side))) for side in (whole, *conflict.sides)]
    asked, *sides = every
    shared = set(sides[0]).intersection(*sides[1:]) if len(sides) > 1 else set[Link]()
    common = tuple(dict.fromkeys((*asked, *(one for one in sides[0] if one in shared))))
    rest = (tuple(link for link in one if link not in common) for one in sides)
    return Links(common, tuple(rest))


def names_of(desk: Desk, records: Iterable[tuple[str, UUID]]) -> list[str]:
    """Return what the members and titles are called that records are about."""
    every = [one for record, id_ in records for one in belongs_to(desk.library, record, id_)]
    return [label for record, id_ in dict.fromkeys(every) if (label := _label(desk, record, id_))]


def _named(desk: Desk, side: Side) -> Iterator[Link]:
    """Yield the members and titles that a side names."""
    entity = side.facts.get("entity")
    pairs = [(side.entity_type, side.entity), (str(side.facts.get("record", "")), entity)]
    pairs += [(name, side.facts.get(name)) for name in ("member", "title", "copy")]
    for record, id_ in pairs:
        if isinstance(id_, UUID):
            for kind, found in belongs_to(desk.library, record, id_):
                label = _label(desk, kind, found)
                if label:
                    yield Link(kind, found, label)


def _label(desk: Desk, record: str, id_: UUID) -> str:
    if record == "member":
        return member_name(desk.library, id_)
    return title_brief(desk.library, id_).title
