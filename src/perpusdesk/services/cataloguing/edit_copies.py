"""Changing one copy or many: only what differs is written, with what the form had seen of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Access
from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.cataloguing.add_copies import number_refusal
from perpusdesk.services.cataloguing.copy_numbers import Number
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done, Notice, NoticeKind
from perpusdesk.storage.drafts import plain
from perpusdesk.storage.queries import copies as query
from perpusdesk.storage.queries import transfers
from perpusdesk.storage.queries.values import as_day


@dataclass(frozen=True, slots=True)
class CopyForm:
    """What can be changed of a copy; its condition has its own way (``conditions``)."""

    barcode: str = ""
    inventory: str = ""
    branch: UUID | None = None
    kind: UUID | None = None
    access: Access = Access.LOAN
    location: str = ""
    source: str = ""
    supplier: str = ""
    price: int = 0
    received: date | None = None
    call_number: str = ""
    volume: str = ""
    rfid: str = ""
    note: str = ""


FIELDS: Final = tuple(one.name for one in fields(CopyForm))
OF_ONE: Final = frozenset({"barcode", "inventory", "rfid"})
"""Fields that no two copies have in common."""


@dataclass(frozen=True, slots=True)
class OpenCopy:
    """A form as it was opened: the copy, what it showed, and how old each field was then."""

    copy: UUID
    form: CopyForm
    base: Mapping[str, Stamp] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EditedCopies:
    """Which copies were changed, in which fields; ``meanwhile``: others had changed these."""

    copies: tuple[UUID, ...]
    fields: tuple[str, ...]
    meanwhile: tuple[str, ...] = ()


def open_copy(desk: Desk, copy: UUID) -> OpenCopy | Refused:
    """Open a copy's record for editing. ``COPY_UNKNOWN``."""
    values = query.fields_of(desk.library, copy)
    if values is None:
        return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
    return OpenCopy(copy, _form(values), desk.library.clocks_of("copy", copy))


@needs(CATALOGUE)
def edit_copy(
    desk: Desk, opened: OpenCopy, form: CopyForm, *, same_number: bool = False
) -> Done[EditedCopies] | Refused:
    """Save what differs between the form as it was opened and as it is now.

    When somebody changed one of these fields since, this edit still counts, both values are kept
    in the history, and a notice ``EDITED_MEANWHILE`` names the fields. Refused as ``edit_copies``.
    """
    before, after = asdict(opened.form), asdict(form)
    changes = {name: value for name, value in after.items() if value != before[name]}
    return _edit(desk, {opened.copy: opened.base}, changes, same_number=same_number)


@needs(CATALOGUE)
def edit_copies(
    desk: Desk, copies: Sequence[UUID], changes: Mapping[str, Any], *, same_number: bool = False
) -> Done[EditedCopies] | Refused:
    """Set fields of several copies, as one action; a copy that has these values stays as it is.

    Nothing changed: ``action`` is ``None``. ``NOTHING_CHOSEN``; ``COPY_UNKNOWN`` copy;
    ``COPY_BARCODE_TAKEN`` and ``COPY_INVENTORY_TAKEN`` number, title, branch, copy unless
    ``same_number``; ``COPY_IN_TRANSIT`` barcode, branch when the branch of a copy on its way
    shall change; ``BRANCH_UNKNOWN``. Raises ``ValueError`` for a field that copies do not share.
    """
    if not set(changes) <= set(FIELDS) or (len(copies) > 1 and OF_ONE & set(changes)):
        raise ValueError(f"not for {len(copies)} copies: {sorted(changes)}")
    if not copies:
        return Refused(Reason.NOTHING_CHOSEN)
    bases = {copy: desk.library.clocks_of("copy", copy) for copy in copies}
    return _edit(desk, bases, changes, same_number=same_number)


def _edit(
    desk: Desk,
    bases: Mapping[UUID, Mapping[str, Stamp]],
    changes: Mapping[str, Any],
    *,
    same_number: bool,
) -> Done[EditedCopies] | Refused:
    wanted = {name: _tidy(value) for name, value in changes.items()}
    verb = "edit_copy" if len(bases) == 1 else "edit_copies"
    action = desk.action(verb)
    changed: dict[UUID, dict[str, Any]] = {}
    meanwhile: set[str] = set()
    for copy, base in bases.items():
        values = query.fields_of(desk.library, copy)
        if values is None:
            return Refused(Reason.COPY_UNKNOWN, {"copy": copy})
        now = asdict(_form(values))
        mine = {name: value for name, value in wanted.items() if _plain(now[name]) != _plain(value)}
        refusal = _refusal(desk, copy, values, mine, same_number=same_number)
        if refusal is not None:
            return refusal
        if mine:
            clocks = desk.library.clocks_of("copy", copy)
            meanwhile |= {name for name in mine if clocks.get(name) != base.get(name)}
            action.set("copy", copy, {n: _stored(n, v) for n, v in mine.items()}, base=base)
            changed[copy] = mine
    names = tuple(sorted({name for mine in changed.values() for name in mine}))
    value = EditedCopies(tuple(changed), names, tuple(sorted(meanwhile)))
    if not changed:
        return Done(value, None, verb)
    written = desk.commit(action)
    notices = (Notice(NoticeKind.EDITED_MEANWHILE, {"fields": value.meanwhile}),)
    told = notices if meanwhile else ()
    return Done(value, written.action, verb, frozenset({"copy"}), told)


def _refusal(
    desk: Desk,
    copy: UUID,
    values: Mapping[str, Any],
    mine: Mapping[str, Any],
    *,
    same_number: bool,
) -> Refused | None:
    if mine.get("branch", desk.branch) not in desk.branches:
        return Refused(Reason.BRANCH_UNKNOWN, {"branch": mine["branch"]})
    way = transfers.open_of_copy(desk.library, copy) if "branch" in mine else None
    if way is not None:
        facts = {"barcode": values["barcode"] or "", "branch": way.to_branch}
        return Refused(Reason.COPY_IN_TRANSIT, facts)
    if same_number:
        return None
    for which in Number:
        number = str(mine.get(which.value, ""))
        refusal = number_refusal(desk, which, (number,), frozenset({copy}))
        if refusal is not None:
            return refusal
    return None


def _form(values: Mapping[str, Any]) -> CopyForm:
    known: dict[str, Any] = {name: values[name] for name in FIELDS if values[name] is not None}
    known["received"] = as_day(values["received"])
    known["access"] = Access(values["access"] or Access.LOAN)
    return CopyForm(**known)


def _tidy(value: Any) -> Any:
    is_text = isinstance(value, str) and not isinstance(value, Access)
    return " ".join(value.split()) if is_text else value


def _plain(value: Any) -> Any:
    return plain(value) or None


def _stored(name: str, value: Any) -> Any:
    return value or None if name == "price" else value
