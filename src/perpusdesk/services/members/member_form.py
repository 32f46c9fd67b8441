"""A member's fields as the form holds them, and how they become a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from unicodedata import normalize
from uuid import UUID

from perpusdesk.domain.members import Member
from perpusdesk.domain.phone import search_key
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.circulation import member_by_id


@dataclass(frozen=True, slots=True)
class MemberForm:
    """What staff enter; texts as typed, empty where nothing is known.

    An empty ``card`` asks for the next number. ``branch`` defaults to the desk's own,
    ``registered`` to today, ``expires`` to the end of the category's membership period.
    ``sex`` is ``L``, ``P`` or empty. ``guardian_consent`` is the day the guardian signed.
    """

    name: str = ""
    card: str = ""
    category: UUID | None = None
    branch: UUID | None = None
    registered: date | None = None
    expires: date | None = None
    birth_date: date | None = None
    sex: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    institution: str = ""
    guardian_name: str = ""
    guardian_relation: str = ""
    guardian_phone: str = ""
    guardian_consent: date | None = None
    note: str = ""


def form_of(values: Mapping[str, Any]) -> MemberForm:
    """Return the form that shows these fields of a record."""
    return MemberForm(**{field.name: values[field.name] for field in fields(MemberForm)})


def tidy(form: MemberForm) -> MemberForm:
    """Return the form with blanks at the ends and doubled blanks in the name and card gone.

    Letters and their marks are put together (NFC), so that each name has one spelling.
    """
    values: dict[str, Any] = {
        name: normalize("NFC", value).strip() if isinstance(value, str) else value
        for name, value in asdict(form).items()
    }
    for name in ("name", "card"):
        values[name] = " ".join(values[name].split())
    return MemberForm(**values)


def completed(desk: Desk, form: MemberForm) -> MemberForm:
    """Return a new member's form with what follows from the desk, the day and the category."""
    registered = form.registered or desk.today()
    category = desk.categories.get(form.category) if form.category else None
    days = category.days if category else 365
    return replace(
        form,
        branch=form.branch or desk.branch,
        registered=registered,
        expires=form.expires
        or registered + timedelta(days=min(days, (date.max - registered).days)),
    )


def as_fields(form: MemberForm) -> dict[str, Any]:
    """Return the form as fields of a record, with the key that phones are found by."""
    return {**asdict(form), "phone_key": search_key(form.phone)}


def as_member(desk: Desk, id_: UUID, form: MemberForm) -> Member:
    """Return the member that the rules would see if this form were saved."""
    known = member_by_id(desk.library, id_)
    return Member(
        id=id_,
        card=form.card,
        name=form.name,
        category=form.category,
        branch=form.branch,
        expires=form.expires,
        birth_date=form.birth_date,
        guardian_name=form.guardian_name,
        guardian_consent=form.guardian_consent,
        blocks=known.blocks if known else (),
    )
