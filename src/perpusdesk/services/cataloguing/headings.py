"""The library's list of headings: names and subjects, edited one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.headings import Heading, heading_key
from perpusdesk.domain.merge.sets import SEPARATOR
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.exchange.short_form import tidy
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import headings as find

__all__ = [
    "Heading",
    "SavedHeading",
    "heading_fields",
    "heading_ids",
    "heading_lines",
    "remove_heading",
    "save_heading",
]

SAVE: Final = "save_heading"
REMOVE: Final = "remove_heading"
_CHANGES: Final = frozenset({"heading"})


@dataclass(frozen=True, slots=True)
class SavedHeading:
    """A saved heading; ``former`` is what it was called before, when that changed."""

    id: UUID
    heading: Heading
    former: str = ""


def heading_ids(desk: Desk, kind: str = "", text: str = "") -> list[UUID]:
    """Return the headings of a kind in which, or in a variant of which, a text stands."""
    return find.heading_ids(desk.library, kind, text.strip())


def heading_lines(desk: Desk, ids: list[UUID]) -> list[tuple[UUID, Heading]]:
    """Return these headings; those that are gone are left out."""
    found = ((id_, find.heading_by_id(desk.library, id_)) for id_ in ids)
    return [(id_, heading) for id_, heading in found if heading]


@needs(CATALOGUE)
def save_heading(
    desk: Desk, heading: Heading, id_: UUID | None = None
) -> Done[SavedHeading] | Refused:
    """Save a heading (``id_``: in the place of that one).

    ``NAME_MISSING``, ``HEADING_KNOWN`` heading, id (another one of that kind is called so).
    Nothing changed: nothing is written. A former name becomes a variant.
    """
    new = _tidied(heading)
    if not new.heading:
        return Refused(Reason.NAME_MISSING)
    same = heading_key(new.kind, new.heading)
    for other in find.heading_ids(desk.library, new.kind, new.heading):
        there = find.heading_by_id(desk.library, other)
        if other != id_ and there and heading_key(there.kind, there.heading) == same:
            return Refused(Reason.HEADING_KNOWN, {"heading": there.heading, "id": other})
    before = find.heading_by_id(desk.library, id_) if id_ else None
    former = before.heading if before and before.heading != new.heading else ""
    if former and former not in new.variants:
        new = _tidied(new, former)
    fields = heading_fields(new)
    old = heading_fields(before) if before else {}
    changed = {name: value for name, value in fields.items() if value != (old.get(name) or "")}
    saved = SavedHeading(id_ or desk.library.new_id(), new, former)
    if not changed:
        return Done(saved, None, SAVE)
    action = desk.action(SAVE)
    action.set("heading", saved.id, changed, fresh=id_ is None)
    return Done(saved, desk.commit(action).action, SAVE, _CHANGES)


@needs(CATALOGUE)
def remove_heading(desk: Desk, id_: UUID) -> Done[UUID]:
    """Take a heading out of the list; titles keep what they say."""
    action = desk.action(REMOVE)
    action.delete("heading", id_)
    return Done(id_, desk.commit(action).action, REMOVE, _CHANGES)


def heading_fields(heading: Heading) -> dict[str, Any]:
    """Return the fields of its record."""
    return {
        "kind": heading.kind,
        "heading": heading.heading,
        "display": heading.display,
        "variants": SEPARATOR.join(heading.variants),
        "broader": SEPARATOR.join(heading.broader),
        "related": SEPARATOR.join(heading.related),
        "scheme": heading.scheme,
        "note": heading.note,
    }


def _tidied(heading: Heading, former: str = "") -> Heading:
    def texts(values: tuple[str, ...]) -> tuple[str, ...]:
        cleaned = (tidy(value).replace(";", ",") for value in values)
        return tuple(dict.fromkeys(text for text in cleaned if text))

    name = tidy(heading.heading).replace(";", ",")
    variants = texts((*heading.variants, former) if former else heading.variants)
    return Heading(
        kind=heading.kind,
        heading=name,
        display=tidy(heading.display),
        variants=tuple(text for text in variants if text != name),
        broader=texts(heading.broader),
        related=texts(heading.related),
        scheme=heading.scheme.strip(),
        note=heading.note.strip(),
    )
