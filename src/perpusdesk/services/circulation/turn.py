"""One turn at the desk: somebody scanned or typed something; what came of it, and what is next.

The whole turn runs on the database's thread and is committed when it answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.services.circulation import visit as visits
from perpusdesk.services.circulation.day import Chores, Day, chores, day_at
from perpusdesk.services.circulation.kits import add_to_kit, open_kit
from perpusdesk.services.circulation.lend import lend, lend_objections
from perpusdesk.services.circulation.modes import DESK_MODE, Mode, ModeKind
from perpusdesk.services.circulation.money import Booked, take_payment
from perpusdesk.services.circulation.read_on_site import ReadHere, read_on_site
from perpusdesk.services.circulation.renew import renew, renew_all, renew_objections
from perpusdesk.services.circulation.send_copies import send_copy
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.circulation.understand import Meaning, Understood, understand
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.recent import RecentLine, about, recent_actions
from perpusdesk.services.members.member_card import MemberCard, member_card
from perpusdesk.services.results import Done, Lent, Returned
from perpusdesk.services.undo import Undone, undo
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import lookup
from perpusdesk.storage.queries.member_records import KitLine
from perpusdesk.storage.queries.names import TitleBrief, title_brief
from perpusdesk.storage.queries.transfers import TransferLine


class Outcome(StrEnum):
    """What a turn came to."""

    NOTHING = "nothing"
    VISIT_OPENED = "visit_opened"
    LENT = "lent"
    RETURNED = "returned"
    RENEWED = "renewed"
    READ = "read"
    PAID = "paid"
    SENT = "sent"
    UNDONE = "undone"
    REFUSED = "refused"
    CHOOSE = "choose"
    COMMAND = "command"
    UNKNOWN = "unknown"
    TOO_LONG = "too_long"


WRITES: Final = frozenset(
    {
        Outcome.VISIT_OPENED,
        Outcome.LENT,
        Outcome.RETURNED,
        Outcome.RENEWED,
        Outcome.READ,
        Outcome.PAID,
        Outcome.SENT,
        Outcome.UNDONE,
    }
)
"""The outcomes of which something was saved."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one scan or key.

    ``text`` is what was typed, or what an undone action was about. ``objections`` are all reasons
    against a refused loan or renewal (of ``loan``); ``title`` and ``copy`` say what it was about,
    also when it was refused; ``said`` is the refusal in words, ``also`` the other objections;
    ``visit`` is the open visit afterwards, else ``day`` and ``recent`` tell how the desk stands.
    ``chores`` is there only after ``look`` and ``close_turn``: it takes longer than a scan should.
    """

    outcome: Outcome
    text: str = ""
    lent: Done[Lent] | None = None
    returned: Done[Returned] | None = None
    undone: Done[Undone] | None = None
    renewed: int = 0
    read: Done[ReadHere] | None = None
    paid: Done[Booked] | None = None
    sent: Done[TransferLine] | None = None
    refused: Refused | None = None
    objections: tuple[Refused, ...] = ()
    copy: UUID | None = None
    loan: UUID | None = None
    title: TitleBrief | None = None
    understood: Understood | None = None
    said: Said | None = None
    also: tuple[str, ...] = ()
    may_override: bool = False
    visit: MemberCard | None = None
    day: Day | None = None
    recent: tuple[RecentLine, ...] = ()
    chores: Chores | None = None


def take_turn(desk: Desk, text: str, *, scanned: bool = False, mode: Mode = DESK_MODE) -> Turn:
    """Do what a scan or a typed text asks for.

    A member's card opens the visit. A copy is lent while a visit is open and taken back when none
    is; a ``mode`` may give it another meaning. Everything else gives candidates to choose from.
    """
    understood = understand(desk, text, scanned=scanned)
    meaning = understood.meaning
    if meaning is Meaning.MEMBER and understood.member:
        return open_member(desk, understood.member)
    if meaning is Meaning.COPY and understood.copy:
        return take_copy(desk, understood.copy, mode=mode)
    if meaning is Meaning.BOTH and understood.copy and _means_copy(desk, mode):
        return take_copy(desk, understood.copy, mode=mode)
    outcome = {
        Meaning.EMPTY: Outcome.NOTHING,
        Meaning.TOO_LONG: Outcome.TOO_LONG,
        Meaning.COMMAND: Outcome.COMMAND,
        Meaning.ISBN_UNKNOWN: Outcome.UNKNOWN,
        Meaning.CODE_UNKNOWN: Outcome.UNKNOWN,
        Meaning.NOTHING: Outcome.UNKNOWN,
    }.get(meaning, Outcome.CHOOSE)
    return _after(desk, Turn(outcome, understood.text, understood=understood))


def open_member(desk: Desk, member: UUID) -> Turn:
    """Open (or go on with) a member's visit."""
    visits.open_visit(desk, member)
    return _after(desk, Turn(Outcome.VISIT_OPENED))


def take_copy(
    desk: Desk, copy: UUID, *, mode: Mode = DESK_MODE, override: Override | None = None
) -> Turn:
    """Do with a copy what the mode says: by default lend it to the open visit, or take it back."""
    visit = visits.current_visit(desk)
    if mode.kind is ModeKind.READING:
        return _read(desk, copy, visit.member if visit else None, override)
    if mode.kind is ModeKind.KIT and mode.kit is not None:
        return _lent(desk, copy, add_to_kit(desk, mode.kit, copy, override=override))
    if visit is None or mode.kind is ModeKind.RETURNING:
        return _take_back(desk, copy, mode.at)
    done = lend(desk, visit.member, copy, override=override, at=mode.at)
    return _lent(desk, copy, done, visit.member)


def copies_of(desk: Desk, title: UUID) -> Turn:
    """Offer the copies of a title to choose from."""
    brief = title_brief(desk.library, title)
    copies = lookup.copies_of_title(desk.library, title)
    understood = Understood(Meaning.COPIES, brief.title, copies=copies)
    return _after(desk, Turn(Outcome.CHOOSE, brief.title, understood=understood, title=brief))


def pay(desk: Desk, member: UUID, amount: int) -> Turn:
    """Record a payment."""
    done = take_payment(desk, member, amount)
    if isinstance(done, Refused):
        return _after(desk, Turn(Outcome.REFUSED, refused=done))
    return _after(desk, Turn(Outcome.PAID, paid=done))


def send_on(desk: Desk, copy: UUID, to: UUID) -> Turn:
    """Send a copy that was just taken back to where it belongs, or where it is waited for."""
    done = send_copy(desk, copy, to)
    if isinstance(done, Refused):
        turn = Turn(Outcome.REFUSED, refused=done, objections=(done,))
    else:
        turn = Turn(Outcome.SENT, sent=done)
    return _after(desk, replace(turn, copy=copy, title=_title(desk, copy)))


def begin_kit(desk: Desk, member: UUID, name: str) -> Done[KitLine] | Refused:
    """Begin a block loan for the open visit; scans go into it while the mode lasts."""
    return open_kit(desk, member, name)


def renew_loan(desk: Desk, loan: UUID, override: Override | None = None) -> Turn:
    """Renew one loan."""
    return _after(desk, _renewed(desk, loan, renew(desk, loan, override=override)))


def _renewed(desk: Desk, loan: UUID, done: Done[Lent] | Refused) -> Turn:
    known = find.loan_by_id(desk.library, loan)
    copy = known.copy if known else None
    if isinstance(done, Refused):
        objections = _all_of(done, renew_objections(desk, loan))
        turn = Turn(Outcome.REFUSED, refused=done, objections=objections)
    else:
        turn = Turn(Outcome.RENEWED, lent=done, renewed=1)
    return replace(turn, copy=copy, loan=loan, title=_title(desk, copy))


def renew_everything(desk: Desk, member: UUID) -> Turn:
    """Renew all loans of a member; the turn shows the last renewal, or the first refusal."""
    loans = find.open_loans_of_member(desk.library, member)
    answers = zip(loans, renew_all(desk, member), strict=True)
    turns = [_renewed(desk, loan.id, done) for loan, done in answers]
    refused = [turn for turn in turns if turn.refused]
    shown = (refused[:1] or turns[-1:] or [Turn(Outcome.NOTHING)])[0]
    return _after(desk, replace(shown, renewed=len(turns) - len(refused)))


def take_back_turn(desk: Desk, action: UUID | None = None) -> Turn:
    """Undo an action (default: the last one that stands)."""
    done = undo(desk, action)
    if isinstance(done, Refused):
        return _after(desk, Turn(Outcome.REFUSED, refused=done))
    thing, person = about(desk, tuple(desk.library.ops_of_action(done.value.action)))
    return _after(desk, Turn(Outcome.UNDONE, thing or person, undone=done))


def close_turn(desk: Desk) -> Turn:
    """End the visit and show the day."""
    visits.close_visit(desk)
    return look(desk)


def look(desk: Desk) -> Turn:
    """Return how the desk stands without doing anything (at start, after an exchange)."""
    turn = _after(desk, Turn(Outcome.NOTHING))
    return turn if turn.visit else replace(turn, chores=chores(desk))


def _means_copy(desk: Desk, mode: Mode) -> bool:
    return mode.kind is not ModeKind.DESK or visits.current_visit(desk) is not None


def _lent(desk: Desk, copy: UUID, done: Done[Lent] | Refused, member: UUID | None = None) -> Turn:
    if isinstance(done, Refused):
        objections = lend_objections(desk, member, copy) if member else ()
        turn = Turn(Outcome.REFUSED, refused=done, objections=_all_of(done, objections))
    else:
        turn = Turn(Outcome.LENT, lent=done)
    return _after(desk, replace(turn, copy=copy, title=_title(desk, copy)))


def _take_back(desk: Desk, copy: UUID, at: datetime | None) -> Turn:
    done = take_back(desk, copy, at=at)
    if isinstance(done, Refused):
        turn = Turn(Outcome.REFUSED, refused=done, objections=(done,))
    else:
        turn = Turn(Outcome.RETURNED, returned=done)
    return _after(desk, replace(turn, copy=copy, title=_title(desk, copy)))


def _read(desk: Desk, copy: UUID, member: UUID | None, override: Override | None) -> Turn:
    done = read_on_site(desk, copy, member=member, override=override)
    if isinstance(done, Refused):
        turn = Turn(Outcome.REFUSED, refused=done, objections=(done,))
    else:
        turn = Turn(Outcome.READ, read=done)
    return _after(desk, replace(turn, copy=copy, title=_title(desk, copy)))


def _all_of(refused: Refused, objections: tuple[Refused, ...]) -> tuple[Refused, ...]:
    """Return the objections, the refusal itself among them: it may stand beside the rules.

    A right that the person lacks is no objection of the rules: whoever has it may decide.
    """
    named = refused.reason in {no.reason for no in objections}
    if named or (objections and refused.reason is Reason.RIGHT_MISSING):
        return objections
    return (refused, *objections)


def _title(desk: Desk, copy: UUID | None) -> TitleBrief | None:
    found = find.copy_by_id(desk.library, copy) if copy else None
    return title_brief(desk.library, found.title) if found else None


def _after(desk: Desk, turn: Turn) -> Turn:
    """Add how the desk stands: the open visit, or the day when there is none."""
    visit = visits.current_visit(desk)
    card = member_card(desk, visit.member) if visit else None
    if visit and card is None:
        visits.close_visit(desk)
    if turn.refused:
        others = [no for no in turn.objections if no != turn.refused and turn.refused.overridable]
        turn = replace(
            turn,
            said=say_refusal(turn.refused, desk),
            also=tuple(say_refusal(no, desk).what for no in others),
            may_override=desk.may("override"),
        )
    if card:
        return replace(turn, visit=card)
    return replace(turn, day=day_at(desk), recent=tuple(recent_actions(desk)))


def override_all(objections: tuple[Refused, ...], reason: str) -> Override | None:
    """Return the override that covers all objections, or ``None`` when one of them stands."""
    if not objections or not all(refusal.overridable for refusal in objections):
        return None
    return Override(reason, frozenset(refusal.reason for refusal in objections))
