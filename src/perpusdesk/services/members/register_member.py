"""Registering a member: record, photo and consent in one action."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.members_rules import register_refusals
from perpusdesk.domain.overriding import settle
from perpusdesk.services.circulation.lend import refuse_special
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.card_numbers import card_owner, note_card, propose_card
from perpusdesk.services.members.member_form import (
    MemberForm,
    as_fields,
    as_member,
    completed,
    tidy,
)
from perpusdesk.services.members.member_photo import Photo, add_photo
from perpusdesk.services.results import Done, Notice, NoticeKind

VERB = "register_member"
RIGHT = "members"


@dataclass(frozen=True, slots=True)
class Registered:
    """The new member and the card number given."""

    member: UUID
    card: str


def register_member(
    desk: Desk,
    form: MemberForm,
    *,
    photo: Photo | None = None,
    override: Override | None = None,
    same_card: bool = False,
) -> Done[Registered] | Refused:
    """Save a new member; an empty card number gets the next one of this device.

    Refused with ``NAME_MISSING``, ``MEMBER_CARD_TAKEN`` (unless ``same_card`` says that two are to
    have the number), ``GUARDIAN_CONSENT_MISSING`` (may be overridden), ``NUMBERS_USED_UP``,
    ``RIGHT_MISSING``. Raises ``KnownError`` for a photo that is no picture, or when the disk
    refuses; then nothing was saved.
    """
    refusal = refuse_right(desk, override)
    if refusal:
        return refusal
    form = completed(desk, tidy(form))
    if not form.card:
        card = propose_card(desk, form.category, form.sex)
        if isinstance(card, Refused):
            return card
        form = replace(form, card=card)
    member = desk.library.new_id()
    settled = settled_form(desk, member, form, override, same_card)
    if isinstance(settled, Refused):
        return settled
    action = desk.action(VERB)
    why = override.reason if override and settled else ""
    fields = {**as_fields(form), "photo_consent": photo.consent if photo else None}
    action.set("member", member, fields, fresh=True, overridden=settled, why=why)
    if photo is not None:
        add_photo(action, member, photo)
    written = desk.commit(action)
    note_card(desk, form.card, form.category, form.sex)
    notices = overridden_notices(settled)
    changes = frozenset({"member", "photo"} if photo else {"member"})
    return Done(Registered(member, form.card), written.action, VERB, changes, notices)


def refuse_right(desk: Desk, override: Override | None = None) -> Refused | None:
    """Refuse who may not look after members, or may not override."""
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    return refuse_special(desk, override, None)


def settled_form(
    desk: Desk, member: UUID, form: MemberForm, override: Override | None, same_card: bool
) -> frozenset[Reason] | Refused:
    """Return what was overridden, or the refusal that keeps the form from being saved."""
    owner = None if same_card else card_owner(desk, form.card, besides=member)
    found = register_refusals(as_member(desk, member, form), desk.today(), desk.house, owner)
    return settle(found, override)


def overridden_notices(settled: frozenset[Reason]) -> tuple[Notice, ...]:
    """Return the notice that something was overridden, if it was."""
    return (Notice(NoticeKind.OVERRIDDEN, {"of": tuple(sorted(settled))}),) if settled else ()
