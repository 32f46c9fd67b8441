"""What a member (or the guardian of a child) agreed to, in which form, and until when.

For a photo and for the membership of a child the day in the member's record decides, because the
rules at every desk read it; the consent record beside it says who gave it and where the proof
lies, and counts as proof only of that day. For all else the consent record decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.data_protection import (
    Basis,
    ConsentForm,
    Purpose,
    form_parts,
    form_text,
)
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.members_rules import is_minor
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_photo import photo_id
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import consents as query
from perpusdesk.storage.queries.consents import ConsentRow
from perpusdesk.storage.queries.member_records import fields_of, photo_of

GIVE: Final = "give_consent"
WITHDRAW: Final = "withdraw_consent"
RIGHT: Final = "members"
DAY_FIELDS: Final = {Purpose.PHOTO: "photo_consent", Purpose.CHILD: "guardian_consent"}
"""The purposes whose day stands in the member's record."""


@dataclass(frozen=True, slots=True)
class Given:
    """A consent as staff enter it; ``given_by`` is the guardian's name, empty for the member."""

    purpose: Purpose
    given: date
    form: ConsentForm = ConsentForm.PAPER
    where: str = ""
    given_by: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """How things stand with one purpose; ``form`` is ``None`` when no proof is on record.

    ``given`` and ``withdrawn`` are ``None`` when it never was.
    """

    purpose: Purpose
    in_force: bool
    given: date | None = None
    form: ConsentForm | None = None
    where: str = ""
    given_by: str = ""
    relation: str = ""
    withdrawn: date | None = None


def consents(desk: Desk, member: UUID) -> tuple[ConsentLine, ...]:
    """Return how things stand with each purpose, that of children only where it may matter."""
    values = fields_of(desk.library, member)
    if values is None:
        return ()
    rows = query.consents_of(desk.library, member)
    lines = (_line(purpose, values, rows) for purpose in Purpose)
    child = is_minor(values["birth_date"], desk.today(), desk.house)
    return tuple(line for line in lines if line.purpose is not Purpose.CHILD or child or line.given)


def may_use(desk: Desk, member: UUID, purpose: Purpose) -> bool:
    """Whether the member agreed to a purpose and did not take it back."""
    field = DAY_FIELDS.get(purpose)
    if field is None:
        return query.has_consent(desk.library, member, purpose)
    values = fields_of(desk.library, member)
    return values is not None and values[field] is not None


def give(desk: Desk, member: UUID, consent: Given) -> Done[UUID] | Refused:
    """Record a consent.

    ``RIGHT_MISSING``, ``MEMBER_UNKNOWN``, ``DATE_IN_FUTURE`` date; ``GUARDIAN_MISSING``: a
    child's consent is the guardian's, with name and relation (article 25).
    """
    values = fields_of(desk.library, member)
    refusal = _refuse(desk, member, values) or _refuse_given(desk, values or {}, consent)
    if refusal:
        return refusal
    action, record = desk.action(GIVE), desk.library.new_id()
    action.set("consent", record, {"member": member, **_fields(consent)}, fresh=True)
    if fields := _member_fields(consent):
        action.set("member", member, fields)
    written = desk.commit(action)
    return Done(record, written.action, GIVE, frozenset({"consent", "member"}))


def withdraw(desk: Desk, member: UUID, purpose: Purpose) -> Done[Purpose] | Refused:
    """Take a consent back: from today on it does not count, and what rested on it goes.

    A photo is removed; a child may not borrow until a guardian agrees anew; nothing is sent to
    WhatsApp any more. Refused as ``give``; nothing in force: ``action`` is ``None``.
    """
    values = fields_of(desk.library, member)
    refusal = _refuse(desk, member, values)
    if refusal:
        return refusal
    action = desk.action(WITHDRAW)
    for row in query.consents_of(desk.library, member):
        if row.purpose == purpose and row.withdrawn is None:
            action.set("consent", row.id, {"withdrawn": desk.today()})
    field = DAY_FIELDS.get(purpose)
    if field and values and values[field]:
        action.set("member", member, {field: None})
    if purpose is Purpose.PHOTO and photo_of(desk.library, member) is not None:
        action.set("photo", photo_id(member), {"image": None})
    if not action.drafts:
        return Done(purpose, None, WITHDRAW)
    written = desk.commit(action)
    return Done(purpose, written.action, WITHDRAW, frozenset({"consent", "member", "photo"}))


def _line(purpose: Purpose, values: dict[str, Any], rows: Sequence[ConsentRow]) -> ConsentLine:
    mine = [row for row in rows if row.purpose == purpose]
    field = DAY_FIELDS.get(purpose)
    if field and values[field]:
        day = values[field]
        proof = next((row for row in mine if row.given == day and row.withdrawn is None), None)
        by = values["guardian_name"] if purpose is Purpose.CHILD else ""
        of = values["guardian_relation"] if purpose is Purpose.CHILD else ""
        if proof is None:
            return ConsentLine(purpose, True, day, given_by=by, relation=of)
        return _told(purpose, proof, in_force=True)
    standing = [row for row in mine if row.withdrawn is None and row.given]
    if standing and field is None:
        return _told(purpose, standing[0], in_force=True)
    return _told(purpose, mine[0], in_force=False) if mine else ConsentLine(purpose, False)


def _told(purpose: Purpose, row: ConsentRow, *, in_force: bool) -> ConsentLine:
    form, where = form_parts(row.form)
    return ConsentLine(
        purpose, in_force, row.given, form, where, row.given_by, row.relation, row.withdrawn
    )


def _fields(consent: Given) -> dict[str, Any]:
    return {
        "purpose": consent.purpose.value,
        "basis": Basis.CONSENT.value,
        "given": consent.given,
        "form": form_text(consent.form, consent.where),
        "given_by": consent.given_by.strip(),
        "relation": consent.relation.strip(),
    }


def _member_fields(consent: Given) -> dict[str, Any]:
    if consent.purpose is Purpose.PHOTO:
        return {"photo_consent": consent.given}
    if consent.purpose is Purpose.CHILD:
        return {
            "guardian_consent": consent.given,
            "guardian_name": consent.given_by.strip(),
            "guardian_relation": consent.relation.strip(),
        }
    return {}


def _refuse(desk: Desk, member: UUID, values: dict[str, Any] | None) -> Refused | None:
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    return Refused(Reason.MEMBER_UNKNOWN, {"member": member}) if values is None else None


def _refuse_given(desk: Desk, values: dict[str, Any], consent: Given) -> Refused | None:
    today = desk.today()
    if consent.given > today:
        return Refused(Reason.DATE_IN_FUTURE, {"date": consent.given})
    child = is_minor(values["birth_date"], today, desk.house)
    by_guardian = consent.given_by.strip() and consent.relation.strip()
    if (child or consent.purpose is Purpose.CHILD) and not by_guardian:
        return Refused(Reason.GUARDIAN_MISSING)
    return None
