"""The people who work here, and how they stand."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final
from uuid import UUID

import msgspec

from perpusdesk.domain import rights
from perpusdesk.domain.merge.ops import DELETE, SET, Op, Stamp
from perpusdesk.domain.rights import Account
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import sure_id

_LOG: Final = logging.getLogger(__name__)
_FIELDS: Final = ("name", "role", "rights", "branches", "active", "secret", "card")
_RUNS_LOOKED_AT: Final = 400
_OPS_LOOKED_AT: Final = 200


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who works or worked here; ``secret`` is never shown.

    ``stands_in``: other devices took the last person's right to manage staff away at one time,
    and this one keeps it until somebody else has it (``people``).
    """

    id: UUID
    name: str
    role: str
    account: Account
    card: str = ""
    secret: str = ""
    stands_in: bool = False


def every_staff(library: Library) -> list[Staff]:
    """Return everybody who works or worked here, by name."""
    rows = library.rows(
        f"select id, {', '.join(_FIELDS)} from staff where deleted = 0 order by name, id"
    )
    return [staff_of(sure_id(row[0]), dict(zip(_FIELDS, row[1:], strict=True))) for row in rows]


def people(library: Library) -> list[Staff]:
    """Return who may work, by name.

    Two devices that do not know of each other can take the right to manage staff from the last two
    who have it. Who did so last had lost it by then, in the order that holds on every device: that
    last step does not count until another person has the right. So nobody is locked out.
    """
    every = every_staff(library)
    found = [one for one in every if one.account.active]
    if rights.has_keeper(one.account for one in found):
        return found
    kept = _last_keeper(library, pins=rights.in_use(one.account for one in found))
    if kept is None:
        return found
    return sorted(
        [one for one in found if one.id != kept.id] + [kept], key=lambda one: (one.name, one.id)
    )


def staff_of(id_: UUID, fields: Mapping[str, Any]) -> Staff:
    """Return the person that the fields of a record tell of."""
    account = Account(
        id_,
        fields.get("role") or "desk",
        frozenset(one for one in _listed(fields.get("rights")) if isinstance(one, str)),
        frozenset(sure_id(one) for one in _listed(fields.get("branches")) if one),
        fields.get("active") == 1,
        bool(fields.get("secret")),
    )
    name, card = fields.get("name") or "", fields.get("card") or ""
    return Staff(id_, name, account.role, account, card, fields.get("secret") or "")


def fields_of(staff: Staff | None) -> dict[str, Any]:
    """Return the fields of a person's record (of nobody: none)."""
    if staff is None:
        return {}
    account = staff.account
    return {
        "name": staff.name,
        "role": staff.role,
        "rights": msgspec.msgpack.encode(sorted(account.changes)),
        "branches": msgspec.msgpack.encode(sorted(one.bytes for one in account.branches)),
        "active": int(account.active),
        "secret": staff.secret,
        "card": staff.card,
    }


def last_seen(library: Library) -> dict[UUID, int]:
    """Return when each person last did something (Unix ms), of what is known from lately."""
    found: dict[UUID, int] = {}
    runs = library.rows("select number from stream order by number desc limit ?", _RUNS_LOOKED_AT)
    for (number,) in runs:
        rows = library.rows(
            "select staff, max(at) from (select staff, at from op where stream = ?"
            " order by seq desc limit ?) o where staff is not null group by staff",
            number,
            _OPS_LOOKED_AT,
        )
        for staff, at in rows:
            who = sure_id(staff)
            found[who] = max(found.get(who, 0), at)
    return found


def _last_keeper(library: Library, *, pins: bool) -> Staff | None:
    """Return who lost the right to manage staff last, as this person was before.

    The PIN is the present one, if there is one.
    """
    lost: list[tuple[Stamp, Staff]] = []
    secrets: dict[UUID, str] = {}
    for (id_,) in library.rows("select id from staff"):
        for op, before, after in _changes(library, sure_id(id_)):
            secrets[after.id] = after.secret
            kept = rights.keeps_house(before.account, pins=pins)
            if kept and not rights.keeps_house(after.account, pins=pins):
                lost.append((op.stamp, before))
    if not lost:
        return None
    last = max(lost, key=lambda one: one[0])[1]
    return replace(last, secret=secrets[last.id] or last.secret, stands_in=True)


def _changes(library: Library, id_: UUID) -> Iterator[tuple[Op, Staff, Staff]]:
    """Yield each change of a person with how it was before and after."""
    fields: dict[str, Any] = {}
    before = staff_of(id_, fields)
    for op in library.ops_of(id_):
        if op.entity_type != "staff":
            continue
        if op.kind == SET:
            fields |= op.payload["fields"]
        elif op.kind == DELETE:
            fields["active"] = 0
        after = staff_of(id_, fields)
        yield op, before, after
        before = after


def _listed(packed: Any) -> list[Any]:
    """Return a packed list; an unreadable one is empty, for a person is more than one field."""
    try:
        return msgspec.msgpack.decode(bytes(packed), type=list) if packed else []
    except msgspec.DecodeError as error:
        _LOG.warning("passed over: %s", error)
        return []
