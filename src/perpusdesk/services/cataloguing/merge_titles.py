"""Merging titles that are one: copies, holds and all that is theirs go to the one kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.marc.record import to_bytes
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.merge.sets import MARC
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.cataloguing.save_title import beside_of, changes_of, settled_record
from perpusdesk.services.cataloguing.title_columns import columns_of
from perpusdesk.services.cataloguing.title_cover import cover_id, cover_of
from perpusdesk.services.cataloguing.title_form import (
    SHORT,
    OpenTitle,
    TitleForm,
    open_form,
    set_short,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import title_history as find

VERB: Final = "merge_titles"
_UNITED: Final = ("isbn", "subjects", "other_authors", "other_bodies", "variant_titles", "tags")
_FILLED: Final = tuple(name for name in SHORT if name not in (*_UNITED, "author_kind"))
_STAYS: Final = {"merged_into": None, "removed_why": None}
"""Written to the kept title, so that another device's removal or merge of it gives way: each of
these writes but one of the two."""

_MOVED: Final = ("copy", "attachment", "subscription", "issue")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the titles differ: its value in each that has one."""

    field: str
    values: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would come to: the record that is kept, and how much moves to it."""

    kept: OpenTitle
    form: TitleForm
    differences: tuple[Difference, ...]
    copies: int
    holds: int


@dataclass(frozen=True, slots=True)
class MergedTitles:
    """The title that is kept, those that went into it, and what moved."""

    title: UUID
    others: tuple[UUID, ...]
    copies: int
    holds: int


def merge_preview(
    desk: Desk, kept: UUID, others: Sequence[UUID], choices: Mapping[str, UUID] | None = None
) -> MergePreview | Refused:
    """Return what ``merge_titles`` would do. ``NOTHING_CHOSEN``, ``TITLE_UNKNOWN``.

    The kept title's values stay; what it does not say is filled from the others; numbers,
    subjects, further names and tags are united; ``choices`` (short field to title) say otherwise.
    """
    away = [one for one in dict.fromkeys(others) if one != kept]
    if not away:
        return Refused(Reason.NOTHING_CHOSEN)
    opened: dict[UUID, OpenTitle] = {}
    for title in (kept, *away):
        found = open_form(desk, title)
        if isinstance(found, Refused):
            return found
        opened[title] = found
    form = _chosen(_united(opened[kept].form, [opened[one].form for one in away]), opened, choices)
    return MergePreview(
        kept=opened[kept],
        form=form,
        differences=_differences(opened),
        copies=sum(len(find.ids_with_title(desk.library, "copy", one)) for one in away),
        holds=sum(len(find.live_holds(desk.library, one)) for one in away),
    )


@needs(CATALOGUE)
def merge_titles(
    desk: Desk, kept: UUID, others: Sequence[UUID], choices: Mapping[str, UUID] | None = None
) -> Done[MergedTitles] | Refused:
    """Merge titles into one, as one action; loans stay with their copies.

    The others go out of sight and say where they went; a copy that another device still adds to
    one of them is shown with the kept title. Of two holds of one member on titles that become one,
    the later is cancelled. Refused as ``merge_preview``; ``RECORD_TOO_LONG``.
    """
    action = desk.action(VERB)
    merged = put_merge(desk, action, kept, others, choices)
    if isinstance(merged, Refused):
        return merged
    written = desk.commit(action)
    changes = frozenset({draft.entity_type for draft in action.drafts})
    return Done(merged, written.action, VERB, changes)


def put_merge(
    desk: Desk,
    action: Action,
    kept: UUID,
    others: Sequence[UUID],
    choices: Mapping[str, UUID] | None = None,
) -> MergedTitles | Refused:
    """Put a merge into an action. Refused as ``merge_titles``."""
    preview = merge_preview(desk, kept, others, choices)
    if isinstance(preview, Refused):
        return preview
    changed = _kept_changes(preview)
    if isinstance(changed, Refused):
        return changed
    away = [one for one in dict.fromkeys(others) if one != kept]
    action.set("title", kept, {**changed, **_STAYS}, base=preview.kept.base)
    for title in away:
        _move(desk, action, title, kept)
    _move_cover(desk, action, kept, away)
    holds = _move_holds(desk, action, kept, away)
    for title in away:
        action.set("title", title, {"merged_into": kept})
        action.delete("title", title)
    return MergedTitles(kept, tuple(away), preview.copies, holds)


# -- the record ---------------------------------------------------------------------------------


def _united(form: TitleForm, others: list[TitleForm]) -> TitleForm:
    for other in others:
        for name in _FILLED:
            if not form.text(name) and other.text(name):
                form = set_short(form, name, other.values[name])
        if not form.text("author"):
            form = set_short(form, "author_kind", other.values["author_kind"])
        for name in _UNITED:
            mine, more = form.values[name], other.values[name]
            every = tuple(dict.fromkeys((*mine, *more)))
            if every != tuple(mine):
                form = set_short(form, name, every)
    return form


def _chosen(
    form: TitleForm, opened: Mapping[UUID, OpenTitle], choices: Mapping[str, UUID] | None
) -> TitleForm:
    for name, title in (choices or {}).items():
        if title in opened and name in SHORT:
            form = set_short(form, name, opened[title].form.values[name])
    return form


def _differences(opened: Mapping[UUID, OpenTitle]) -> tuple[Difference, ...]:
    found = []
    for name in SHORT:
        values = {id_: one.form.text(name) for id_, one in opened.items()}
        if len(set(values.values())) > 1:
            said = {id_: text for id_, text in values.items() if text}
            found.append(Difference(name, said))
    return tuple(found)


def _kept_changes(preview: MergePreview) -> dict[str, Any] | Refused:
    record = settled_record(preview.form)
    marc = to_bytes(record)
    if marc is None:
        return Refused(Reason.RECORD_TOO_LONG)
    fields = {**columns_of(record), **beside_of(preview.form), MARC: marc}
    return changes_of(preview.kept, fields)


# -- what belongs to the titles -----------------------------------------------------------------


def _move(desk: Desk, action: Action, title: UUID, kept: UUID) -> None:
    for table in _MOVED:
        for id_ in find.ids_with_title(desk.library, table, title):
            action.set(table, id_, {"title": kept})


def _move_cover(desk: Desk, action: Action, kept: UUID, away: list[UUID]) -> None:
    if cover_of(desk, kept) is not None:
        return
    image = next((found for title in away if (found := cover_of(desk, title))), None)
    if image is not None:
        action.set("cover", cover_id(kept), {"title": kept, "image": image})


def _move_holds(desk: Desk, action: Action, kept: UUID, away: list[UUID]) -> int:
    """Move the holds; a member's second one on what becomes one title is cancelled."""
    waiting = {member for _, member in find.live_holds(desk.library, kept)}
    moved = 0
    for title in away:
        for hold, member in find.live_holds(desk.library, title):
            if member in waiting:
                action.event(hold_events.CANCELLED, "hold", hold)
                continue
            waiting.add(member)
            action.event(hold_events.MOVED, "hold", hold, title=kept)
            moved += 1
    return moved
