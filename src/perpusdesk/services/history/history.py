"""Who did what, where and when, newest first; searched and narrowed (right ``history``)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import HISTORY
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.history_groups import GROUPS
from perpusdesk.services.history.recent import about
from perpusdesk.services.members.find_members import find_members
from perpusdesk.services.searching.search import suggest
from perpusdesk.storage.queries import copies as copy_query
from perpusdesk.storage.queries import history as query
from perpusdesk.storage.queries.conflict_names import device_name, record_name
from perpusdesk.storage.queries.history import ActionRow
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.record_links import belongs_to
from perpusdesk.storage.queries.values import as_moment, bounds_of_day

RIGHT: Final = HISTORY
_MOST_FOUND: Final = 20
_MOST_OPS: Final = 20
_LEAST_SAID: Final = 3
"""Letters from which a text is also looked for in reasons."""


@dataclass(frozen=True, slots=True)
class HistorySearch:
    """What to show; all conditions hold at once. Days are of the branch where one looks.

    ``text`` names members, titles or copies (number or words), or is part of the reason of an
    exception; ``member``, ``title`` and ``copy``
    are one record and all that belongs to it. ``group`` is one of ``history_groups.GROUPS``,
    ``verb`` one kind of action alone.
    """

    text: str = ""
    staff: UUID | None = None
    branch: UUID | None = None
    device: UUID | None = None
    group: str = ""
    verb: str = ""
    since: date | None = None
    until: date | None = None
    overrides: bool = False
    record: str = ""
    record_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One action: what was done to what (``thing``) and whom (``person``), who, where and when.

    ``at`` is the time at the desk; ``written`` differs from it where a paper slip was entered
    later. ``in_doubt``: the device's clock ran ahead, and the library set it right.
    ``overridden`` are the reasons of refusal that somebody decided against, ``why`` what was said.
    """

    action: UUID
    verb: str
    at: datetime
    written: datetime
    staff_name: str
    branch_name: str
    device_name: str
    thing: str
    person: str
    undone: bool
    backdated: bool
    in_doubt: bool
    overridden: tuple[str, ...]
    why: str
    ops: int


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Ids of actions, newest first; ``next`` is for the page after, ``None``: there is none.

    A page may be empty and yet have a next one: then the log was looked through up to
    ``reached``.
    """

    actions: tuple[UUID, ...]
    next: bytes | None
    reached: datetime | None


_BACKDATED_MS: Final = 10 * 60 * 1000


def history(
    desk: Desk, search: HistorySearch, after: bytes | None = None, limit: int = 100
) -> HistoryPage | Refused:
    """Return the next actions; refused with ``RIGHT_MISSING``."""
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    wanted = _wanted(desk, search)
    if wanted is None:
        return HistoryPage((), None, None)
    page = query.page(desk.library, wanted, after, limit)
    reached = as_moment(page.reached_ms, desk.zone) if page.next else None
    return HistoryPage(page.actions, page.next, reached)


def history_lines(desk: Desk, actions: Sequence[UUID]) -> list[HistoryLine]:
    """Return the lines of actions, in this order (for the rows that are painted)."""
    rows = query.rows_of(desk.library, (one.bytes for one in actions))
    return [_line(desk, row) for row in rows]


def _line(desk: Desk, row: ActionRow) -> HistoryLine:
    ops = desk.library.ops_of_action(row.action) if row.ops <= _MOST_OPS else []
    thing, person = about(desk, tuple(ops))
    if not thing and not person:
        thing, person = _whose(desk, row)
    branch = desk.branches.get(row.branch) if row.branch else None
    return HistoryLine(
        action=row.action,
        verb=row.verb,
        at=as_moment(row.at, row.zone),
        written=as_moment(row.written_ms, row.zone),
        staff_name=staff_name(desk.library, row.staff),
        branch_name=branch.name if branch else "",
        device_name=device_name(desk.library, row.device),
        thing=thing,
        person=person,
        undone=row.undone,
        backdated=row.written_ms - row.at > _BACKDATED_MS,
        in_doubt=row.in_doubt,
        overridden=row.overridden,
        why=row.why,
        ops=row.ops,
    )


def _whose(desk: Desk, row: ActionRow) -> tuple[str, str]:
    """Return the title and the member that an action's record belongs to, else its own name."""
    found = {"member": "", "title": ""}
    for record, id_ in belongs_to(desk.library, row.entity_type, row.entity):
        found[record] = record_name(desk.library, record, id_)
    if any(found.values()):
        return found["title"], found["member"]
    if row.entity_type == "setting":  # it is called by a word of the program's own
        return "", ""
    return record_name(desk.library, row.entity_type, row.entity), ""


def _wanted(desk: Desk, search: HistorySearch) -> query.Wanted | None:
    """Return what to ask the log for; ``None``: nothing can be meant by the text."""
    verbs = GROUPS.get(search.group, frozenset())
    if search.verb:
        verbs = frozenset({search.verb})
    records, within, said = _records(desk, search)
    if records is not None and not records and not said:
        return None
    return query.Wanted(
        staff=search.staff,
        branch=search.branch,
        device=search.device.bytes if search.device else None,
        verbs=verbs,
        since_ms=bounds_of_day(search.since, desk.zone)[0] if search.since else None,
        until_ms=bounds_of_day(search.until, desk.zone)[1] if search.until else None,
        overrides=search.overrides,
        records=records,
        said=said,
        within=within,
    )


_Records = frozenset[bytes] | None


def _records(desk: Desk, search: HistorySearch) -> tuple[_Records, _Records, str]:
    """Return what the text names, what it must be about, and the words that a reason may have."""
    within: _Records = None
    if search.record_id is not None:
        within = query.about(desk.library, search.record, search.record_id)
    text = " ".join(search.text.split())
    if not text:
        return within, within, ""
    every = (query.about(desk.library, *one) for one in _named(desk, text))
    named = frozenset[bytes]().union(*every)
    said = text if len(text) >= _LEAST_SAID else ""
    return named if within is None else named & within, within, said


def _named(desk: Desk, text: str) -> Iterable[tuple[str, UUID]]:
    """Yield the members, copies and titles that a text may mean."""
    for copy in copy_query.owners_of_number(desk.library, text):
        yield "copy", copy
    for member in find_members(desk, text, _MOST_FOUND):
        yield "member", member.id
    for title in suggest(desk, text, _MOST_FOUND):
        yield "title", title.id
