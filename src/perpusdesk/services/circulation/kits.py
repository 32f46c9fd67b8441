"""Block loans: a school takes a box of copies, filled scan by scan, all due on one day."""

from __future__ import annotations

from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.circulation_requests import KitCopy, KitRequest
from perpusdesk.domain.circulation_types import KitTerms
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.domain.due import due_date
from perpusdesk.domain.holds import own_hold, set_aside_for
from perpusdesk.domain.items import Copy
from perpusdesk.domain.kits import decide_kit
from perpusdesk.domain.members import Member
from perpusdesk.domain.merge import holds as hold_events
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.services.circulation.lend import refuse_special
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.register_member import overridden_notices
from perpusdesk.services.results import Done, Lent
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import member_records as records
from perpusdesk.storage.queries.loans import LoanLine, line_of, lines_of_kit
from perpusdesk.storage.queries.member_records import KitLine

OPEN: Final = "open_kit"
ADD: Final = "add_to_kit"


def open_kit(
    desk: Desk,
    member: UUID,
    name: str,
    *,
    due: date | None = None,
    days: int | None = None,
    note: str = "",
) -> Done[KitLine] | Refused:
    """Begin a block loan for a member (a school, a group), to be filled by ``add_to_kit``.

    ``due`` or ``days`` is what was agreed; without either the first copy's rule decides. A date is
    moved to the next open day. ``NAME_MISSING``, ``MEMBER_UNKNOWN``, ``AMOUNT_INVALID`` amount,
    ``DATE_TOO_OLD`` day, earliest.
    """
    found = find.member_by_id(desk.library, member)
    refusal = _open_refusal(desk, found, name, due, days)
    if found is None or refusal:
        return refusal or Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    day = desk.calendar().next_open(due) if due else None
    if day is None and days is not None:
        ends = found.expires if desk.house.expiry_caps_due else None
        day = due_date(desk.today(), days, desk.calendar(), ends)
    action, kit = desk.action(OPEN), desk.library.new_id()
    fields = {"member": member, "name": name.strip(), "due": day, "note": note.strip()}
    action.set("kit", kit, fields, fresh=True)
    written = desk.commit(action)
    line = records.kit_line(desk.library, kit)
    assert line is not None
    return Done(line, written.action, OPEN, frozenset({"kit"}))


def add_to_kit(
    desk: Desk, kit: UUID, copy: UUID, *, override: Override | None = None
) -> Done[Lent] | Refused:
    """Lend one more copy in a kit and commit it; ``left`` is what the kit may still hold.

    Refused as lending is, but for the member's own limit; ``LIMIT_REACHED`` is the kit's.
    ``LOAN_UNKNOWN`` kit: there is no such kit. Copies come back by ``take_back``, each by itself.
    """
    refusal = refuse_special(desk, override, None)
    line = records.kit_line(desk.library, kit)
    if refusal or line is None:
        return refusal or Refused(Reason.LOAN_UNKNOWN, {"kit": kit})
    found = find.copy_by_id(desk.library, copy)
    member = find.member_by_id(desk.library, line.member)
    if found is None or member is None:
        reason = Reason.COPY_UNKNOWN if found is None else Reason.MEMBER_UNKNOWN
        return Refused(reason, {"copy": copy, "member": line.member})
    request = _request(desk, line, member, found, override)
    terms = decide_kit(request)
    if isinstance(terms, Refused):
        return terms
    action, loan = desk.action(ADD), desk.library.new_id()
    if line.due is None:
        action.set("kit", kit, {"due": terms.due})
    _open_loan(action, loan, kit, request, terms)
    written = desk.commit(action)
    lent = line_of(desk.library, loan, desk.today())
    assert lent is not None
    changes = frozenset(draft.entity_type for draft in action.drafts)
    notices = overridden_notices(terms.overridden)
    return Done(Lent(lent, terms.left), written.action, ADD, changes, notices)


def kit_loans(desk: Desk, kit: UUID) -> list[LoanLine]:
    """Return the loans of a kit, those still out first."""
    return lines_of_kit(desk.library, kit, desk.today())


def kits_of_member(desk: Desk, member: UUID) -> list[KitLine]:
    """Return a member's kits, the latest first."""
    return records.kits_of(desk.library, member)


def _open_refusal(
    desk: Desk, member: Member | None, name: str, due: date | None, days: int | None
) -> Refused | None:
    if member is None:
        return None
    if not name.strip():
        return Refused(Reason.NAME_MISSING)
    if days is not None and days <= 0:
        return Refused(Reason.AMOUNT_INVALID, {"amount": days})
    if due is not None and due < desk.today():
        return Refused(Reason.DATE_TOO_OLD, {"day": due, "earliest": desk.today()})
    return None


def _request(
    desk: Desk, kit: KitLine, member: Member, copy: Copy, override: Override | None
) -> KitRequest:
    library = desk.library
    holds = find.live_holds_of_title(library, copy.title)
    category = desk.categories.get(member.category) if member.category else None
    asked = KitCopy(
        copy,
        find.open_loan_of_copy(library, copy.id),
        holds,
        find.free_copies(library, copy.title, copy.id) if holds else 0,
    )
    return KitRequest(
        member=member,
        copies=(asked,),
        rules=desk.rules,
        calendar=desk.calendar(),
        at=desk.now(),
        branch=desk.branch,
        house=desk.house,
        open_loans=find.open_loans_of_member(library, member.id),
        debt=find.debt_of(library, member.id),
        already=kit.still_out,
        due=kit.due,
        limit=category.kit_limit if category and category.kit_limit else None,
        override=override,
    )


def _open_loan(action: Action, loan: UUID, kit: UUID, request: KitRequest, terms: KitTerms) -> None:
    asked, (_, rule) = request.copies[0], terms.lines[0]
    action.event(
        loan_events.OPENED,
        "loan",
        loan,
        fresh=True,
        copy=asked.copy.id,
        member=request.member.id,
        due=terms.due,
        rule=rule.id,
        rule_version=rule.version,
        kit=kit,
        overridden=sorted(terms.overridden) or None,
        why=request.override.reason if request.override and terms.overridden else None,
    )
    day = request.at.date()
    own = own_hold(asked.copy, request.member.id, asked.holds, day)
    kept = set_aside_for(asked.copy, asked.holds, day)
    if own is not None:
        action.event(hold_events.FILLED, "hold", own.id, loan=loan)
    elif kept is not None:
        action.event(hold_events.RELEASED, "hold", kept.id)
