"""Editing a member: only what was changed is written, with what the form had seen of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.merge.ops import Stamp
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_form import MemberForm, as_fields, form_of, tidy
from perpusdesk.services.members.register_member import (
    overridden_notices,
    refuse_right,
    settled_form,
)
from perpusdesk.services.results import Done, Notice, NoticeKind
from perpusdesk.storage.queries.member_records import fields_of

VERB = "edit_member"


@dataclass(frozen=True, slots=True)
class OpenForm:
    """A form as it was opened: the member, what it showed, and how old each field was then."""

    member: UUID
    form: MemberForm
    base: Mapping[str, Stamp]


@dataclass(frozen=True, slots=True)
class Edited:
    """Which fields were written, and which of them somebody else had changed meanwhile."""

    member: UUID
    fields: tuple[str, ...]
    meanwhile: tuple[str, ...] = ()


def open_form(desk: Desk, member: UUID) -> OpenForm | Refused:
    """Open a member's record for editing."""
    values = fields_of(desk.library, member)
    if values is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    return OpenForm(member, form_of(values), desk.library.clocks_of("member", member))


def edit_member(
    desk: Desk,
    opened: OpenForm,
    form: MemberForm,
    *,
    override: Override | None = None,
    same_card: bool = False,
) -> Done[Edited] | Refused:
    """Save what differs between the form as it was opened and as it is now.

    When somebody changed one of these fields since, this edit still counts, both values are kept
    in the history, and a notice ``EDITED_MEANWHILE`` names the fields. Refused as registering is;
    ``MEMBER_UNKNOWN``. Nothing changed: nothing is written and ``action`` is ``None``.
    """
    refusal = refuse_right(desk, override)
    if refusal:
        return refusal
    if fields_of(desk.library, opened.member) is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": opened.member})
    form = tidy(form)
    changed = _changed(opened.form, form)
    if not changed:
        return Done(Edited(opened.member, ()), None, VERB)
    settled = _settled(desk, opened, form, set(changed), override=override, same_card=same_card)
    if isinstance(settled, Refused):
        return settled
    now = desk.library.clocks_of("member", opened.member)
    meanwhile = tuple(name for name in changed if now.get(name) != opened.base.get(name))
    action = desk.action(VERB)
    why = override.reason if override and settled else ""
    action.set("member", opened.member, changed, base=opened.base, overridden=settled, why=why)
    written = desk.commit(action)
    notices = overridden_notices(settled)
    if meanwhile:
        notices += (Notice(NoticeKind.EDITED_MEANWHILE, {"fields": meanwhile}),)
    edited = Edited(opened.member, tuple(changed), meanwhile)
    return Done(edited, written.action, VERB, frozenset({"member"}), notices)


def _changed(before: MemberForm, after: MemberForm) -> dict[str, object]:
    old, new = as_fields(before), as_fields(after)
    return {name: value for name, value in new.items() if value != old[name]}


def _settled(
    desk: Desk,
    opened: OpenForm,
    form: MemberForm,
    changed: set[str],
    *,
    override: Override | None,
    same_card: bool,
) -> frozenset[Reason] | Refused:
    """Ask the rules, but not about a card number or a consent that this edit leaves as it was."""
    settled = settled_form(desk, opened.member, form, override, same_card or "card" not in changed)
    about_age = {"birth_date", "guardian_consent", "guardian_name"}
    if (
        isinstance(settled, Refused)
        and settled.reason is Reason.GUARDIAN_CONSENT_MISSING
        and not about_age & changed
    ):
        return frozenset()
    return settled
