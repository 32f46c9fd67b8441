"""The people who work here: who they are, what they may do, and how they sign in.

All of it is synced: what is changed here holds on every device that has heard of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec

from perpusdesk.domain import rights
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff import pins
from perpusdesk.services.staff.sign_in import refuse_secret
from perpusdesk.services.staff_rules import RECORD, refuse_staff_change
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.staff import Staff, every_staff, fields_of, last_seen
from perpusdesk.storage.queries.values import as_moment

ADD: Final = "add_staff"
EDIT: Final = "edit_staff"
PIN: Final = "set_pin"
NO_PIN: Final = "remove_pin"
DEACTIVATE: Final = "deactivate_staff"
REACTIVATE: Final = "reactivate_staff"
_REGAINED: Final = ("role", "rights", "branches", "active", "secret")


@dataclass(frozen=True, slots=True)
class StaffForm:
    """What is asked of a person; ``rights`` are all that the person has, ``None`` the role's.

    ``branches``: where the rights hold; none is everywhere.
    """

    name: str
    role: str = "desk"
    rights: frozenset[str] | None = None
    branches: frozenset[UUID] = frozenset()
    card: str = ""


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A person in the list.

    ``more`` and ``less``: rights beside those of the role, and those of the role taken away.
    ``signs_in``: has a PIN; ``to_change``: one that must be changed at the next sign-in.
    ``stands_in``: keeps the right to manage staff until somebody else has it.
    """

    id: UUID
    name: str
    role: str
    rights: frozenset[str]
    more: frozenset[str]
    less: frozenset[str]
    branches: frozenset[UUID]
    branch_names: tuple[str, ...]
    card: str
    active: bool
    here: bool
    signs_in: bool
    to_change: bool
    stands_in: bool
    seen: datetime | None


def staff_lines(desk: Desk) -> list[StaffLine]:
    """Return everybody who works or worked here: those who may work first, each by name."""
    seen = last_seen(desk.library)
    every = {one.id: one for one in every_staff(desk.library)} | desk.people
    lines = [_line(desk, one, seen.get(one.id)) for one in every.values()]
    return sorted(lines, key=lambda line: (not line.active, line.name.casefold(), line.id))


def find_staff(desk: Desk, text: str) -> list[StaffLine]:
    """Return who has this name, card or id."""
    wanted = text.strip().casefold()
    return [
        line
        for line in staff_lines(desk)
        if wanted and wanted in (line.name.casefold(), line.card.casefold(), str(line.id))
    ]


def add_staff(desk: Desk, form: StaffForm, secret: str = "") -> Done[UUID] | Refused:
    """Add somebody; a ``secret`` given along is to be changed at the first sign-in.

    ``NAME_MISSING``, ``STAFF_CARD_TAKEN`` name, ``PIN_WEAK`` why, and as
    ``refuse_staff_change``. Raises ``KnownError`` when the disk refuses.
    """
    person, action = desk.library.new_id(), desk.action(ADD)
    fields = {**_fields(form), "active": 1}
    if secret:
        fields["secret"] = pins.sealed(secret, to_change=True)
    action.set(RECORD, person, fields, fresh=True)
    refusal = _refuse_form(desk, form, None)
    if secret:
        refusal = refusal or refuse_secret(secret, form.name, form.card)
    return refusal or _commit(desk, action, person)


def edit_staff(desk: Desk, person: UUID, form: StaffForm, why: str = "") -> Done[UUID] | Refused:
    """Change a person; only what differs is written. Refuses as ``add_staff``."""
    found = _find(desk, person)
    if found is None:
        return Refused(Reason.STAFF_UNKNOWN)
    wanted, there = _fields(form), _fields(form_of(found))
    fields = {name: value for name, value in wanted.items() if value != there[name]}
    refusal = _refuse_form(desk, form, person)
    if refusal is not None or not fields:
        return refusal or Done(person, None, EDIT)
    action = desk.action(EDIT)
    action.set(RECORD, person, fields, why=why.strip())
    return _commit(desk, action, person)


def set_pin(
    desk: Desk, person: UUID, secret: str, *, to_change: bool = True
) -> Done[UUID] | Refused:
    """Give a person a PIN or password, which ends the former one at once.

    ``to_change``: the person has to choose another one at the next sign-in, as is right where
    somebody else chose it. One's own is changed by ``sign_in.change_own`` where there is one.
    ``PIN_OWN``, ``PIN_WEAK`` why, ``ADMINISTRATOR_FIRST``, and as ``refuse_staff_change``.
    """
    found = _find(desk, person)
    if found is None:
        return Refused(Reason.STAFF_UNKNOWN)
    own = person == desk.staff
    if own and found.secret:
        return Refused(Reason.PIN_OWN)
    refusal = refuse_secret(secret, found.name, found.card)
    if refusal is not None:
        return refusal
    action = desk.action(PIN)
    kept = pins.sealed(secret, to_change=to_change and not own)
    action.set(RECORD, person, {"secret": kept})
    return _commit(desk, action, person)


def remove_pin(desk: Desk, person: UUID) -> Done[UUID] | Refused:
    """Take a person's PIN away; without one nobody comes in where others sign in."""
    return _set(desk, person, desk.action(NO_PIN), {"secret": ""})


def deactivate(desk: Desk, person: UUID, why: str = "") -> Done[UUID] | Refused:
    """Close a person's account: on every device that hears of it, this person can do nothing."""
    return _set(desk, person, desk.action(DEACTIVATE), {"active": 0}, why)


def reactivate(desk: Desk, person: UUID, why: str = "") -> Done[UUID] | Refused:
    """Open a closed account again, with the rights and the PIN that it had.

    Whoever stands in for managing staff gets all back that this person had before.
    """
    found = desk.people.get(person)
    fields: dict[str, object] = {"active": 1}
    if found is not None and found.stands_in:
        had = fields_of(found)
        fields = {name: had[name] for name in _REGAINED}
    return _set(desk, person, desk.action(REACTIVATE), fields, why)


def form_of(person: Staff) -> StaffForm:
    """Return the form that makes a person what he is."""
    account = person.account
    held = rights.rights_of(account.role, account.changes)
    return StaffForm(person.name, person.role, held, account.branches, person.card)


def _fields(form: StaffForm) -> dict[str, object]:
    changes = frozenset[str]()
    if form.rights is not None:
        changes = rights.changes_for(form.role, form.rights)
    return {
        "name": " ".join(form.name.split()),
        "role": form.role,
        "rights": msgspec.msgpack.encode(sorted(changes)),
        "branches": msgspec.msgpack.encode(sorted(one.bytes for one in form.branches)),
        "card": form.card.strip(),
    }


def _refuse_form(desk: Desk, form: StaffForm, person: UUID | None) -> Refused | None:
    if not form.name.strip():
        return Refused(Reason.NAME_MISSING)
    card = form.card.strip()
    if not card:
        return None
    for one in every_staff(desk.library):
        if one.id != person and one.account.active and one.card.casefold() == card.casefold():
            return Refused(Reason.STAFF_CARD_TAKEN, {"name": one.name})
    if find.members_by_card(desk.library, card) or find.copies_by_code(desk.library, card):
        return Refused(Reason.STAFF_CARD_TAKEN, {"name": card})
    return None


def _set(
    desk: Desk, person: UUID, action: Action, fields: dict[str, object], why: str = ""
) -> Done[UUID] | Refused:
    if _find(desk, person) is None:
        return Refused(Reason.STAFF_UNKNOWN)
    action.set(RECORD, person, fields, why=why.strip())
    return _commit(desk, action, person)


def _commit(desk: Desk, action: Action, person: UUID) -> Done[UUID] | Refused:
    refusal = refuse_staff_change(desk, action)
    if refusal is not None:
        return refusal
    written = desk.commit(action)
    return Done(person, written.action, action.verb, frozenset({RECORD}))


def _find(desk: Desk, person: UUID) -> Staff | None:
    return desk.people.get(person) or desk.former_people.get(person)


def _line(desk: Desk, one: Staff, seen: int | None) -> StaffLine:
    account = one.account
    held = rights.rights_of(account.role, account.changes)
    usual = rights.ROLE_RIGHTS.get(account.role, frozenset())
    names = [desk.branches[id_].name for id_ in account.branches if id_ in desk.branches]
    return StaffLine(
        one.id,
        one.name,
        one.role,
        held,
        held - usual,
        usual - held,
        account.branches,
        tuple(sorted(names)),
        one.card,
        account.active,
        one.id == desk.staff,
        account.signs_in,
        pins.must_change(one.secret),
        one.stands_in,
        None if seen is None else as_moment(seen, desk.zone),
    )
