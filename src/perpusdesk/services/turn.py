"""One turn at the desk: somebody scanned or typed something; what came of it, and what is next.

The whole turn runs on the database's thread and is committed when it answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from perpusdesk.domain.decisions import Override, Refused
from perpusdesk.services import visit as visits
from perpusdesk.services.day import Day, day_at
from perpusdesk.services.desk import Desk
from perpusdesk.services.lend import lend, lend_objections
from perpusdesk.services.member_card import MemberCard, member_card
from perpusdesk.services.recent import RecentLine, recent_actions
from perpusdesk.services.renew import renew, renew_all
from perpusdesk.services.results import Done, Lent, Returned
from perpusdesk.services.take_back import take_back
from perpusdesk.services.understand import Meaning, Understood, understand
from perpusdesk.services.undo import Undone, undo
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.names import TitleBrief, title_brief


class Outcome(StrEnum):
    """What a turn came to."""

    NOTHING = "nothing"
    VISIT_OPENED = "visit_opened"
    LENT = "lent"
    RETURNED = "returned"
    RENEWED = "renewed"
    UNDONE = "undone"
    REFUSED = "refused"
    CHOOSE = "choose"
    COMMAND = "command"
    UNKNOWN = "unknown"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to one scan or key.

    ``objections`` are all reasons against a refused loan; ``title`` and ``copy`` say what it was
    about, also when it was refused; ``said`` is the refusal in words, ``also`` the other
    objections; ``visit`` is the open visit afterwards, else ``day`` and ``recent`` tell how the
    desk stands.
    """

    outcome: Outcome
    text: str = ""
    lent: Done[Lent] | None = None
    returned: Done[Returned] | None = None
    undone: Done[Undone] | None = None
    renewed: int = 0
    refused: Refused | None = None
    objections: tuple[Refused, ...] = ()
    copy: UUID | None = None
    title: TitleBrief | None = None
    understood: Understood | None = None
    said: Said | None = None
    also: tuple[str, ...] = ()
    may_override: bool = False
    visit: MemberCard | None = None
    day: Day | None = None
    recent: tuple[RecentLine, ...] = ()


def take_turn(desk: Desk, text: str, *, scanned: bool = False, returning: bool = False) -> Turn:
    """Do what a scan or a typed text asks for.

    A member's card opens the visit. A copy is lent while a visit is open, taken back when none is
    (or with ``returning``, whatever is open). Everything else gives candidates to choose from.
    """
    understood = understand(desk, text, scanned=scanned)
    meaning = understood.meaning
    if meaning is Meaning.MEMBER and understood.member:
        return open_member(desk, understood.member)
    if meaning is Meaning.COPY and understood.copy:
        return take_copy(desk, understood.copy, returning=returning)
    if meaning is Meaning.BOTH and understood.copy and _means_copy(desk, returning):
        return take_copy(desk, understood.copy, returning=returning)
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
    desk: Desk, copy: UUID, *, returning: bool = False, override: Override | None = None
) -> Turn:
    """Lend a copy to the open visit, or take it back when none is open (or when ``returning``)."""
    visit = visits.current_visit(desk)
    if visit is None or returning:
        return _take_back(desk, copy)
    return _lend(desk, visit.member, copy, override)


def renew_loan(desk: Desk, loan: UUID, override: Override | None = None) -> Turn:
    """Renew one loan."""
    done = renew(desk, loan, override=override)
    known = find.loan_by_id(desk.library, loan)
    copy = known.copy if known else None
    if isinstance(done, Refused):
        turn = Turn(Outcome.REFUSED, refused=done, copy=copy, title=_title(desk, copy))
    else:
        turn = Turn(Outcome.RENEWED, lent=done, copy=copy, title=_title(desk, copy))
    return _after(desk, turn)


def renew_everything(desk: Desk, member: UUID) -> Turn:
    """Renew all loans of a member; the turn shows the last renewal, or the first refusal."""
    answers = renew_all(desk, member)
    refusals = tuple(answer for answer in answers if isinstance(answer, Refused))
    renewed = [answer for answer in answers if not isinstance(answer, Refused)]
    if refusals:
        turn = Turn(Outcome.REFUSED, refused=refusals[0], renewed=len(renewed))
    elif renewed:
        turn = Turn(Outcome.RENEWED, lent=renewed[-1], renewed=len(renewed))
    else:
        turn = Turn(Outcome.NOTHING)
    return _after(desk, turn)


def take_back_turn(desk: Desk, action: UUID | None = None) -> Turn:
    """Undo an action (default: the last one that stands)."""
    done = undo(desk, action)
    if isinstance(done, Refused):
        return _after(desk, Turn(Outcome.REFUSED, refused=done))
    return _after(desk, Turn(Outcome.UNDONE, undone=done))


def close_turn(desk: Desk) -> Turn:
    """End the visit and show the day."""
    visits.close_visit(desk)
    return _after(desk, Turn(Outcome.NOTHING))


def look(desk: Desk) -> Turn:
    """Return how the desk stands without doing anything (at start, after an exchange)."""
    return _after(desk, Turn(Outcome.NOTHING))


def _means_copy(desk: Desk, returning: bool) -> bool:
    return returning or visits.current_visit(desk) is not None


def _lend(desk: Desk, member: UUID, copy: UUID, override: Override | None) -> Turn:
    done = lend(desk, member, copy, override=override)
    if isinstance(done, Refused):
        objections = lend_objections(desk, member, copy)
        turn = Turn(Outcome.REFUSED, refused=done, objections=objections or (done,))
    else:
        turn = Turn(Outcome.LENT, lent=done)
    return _after(desk, replace(turn, copy=copy, title=_title(desk, copy)))


def _take_back(desk: Desk, copy: UUID) -> Turn:
    done = take_back(desk, copy)
    if isinstance(done, Refused):
        turn = Turn(Outcome.REFUSED, refused=done, objections=(done,))
    else:
        turn = Turn(Outcome.RETURNED, returned=done)
    return _after(desk, replace(turn, copy=copy, title=_title(desk, copy)))


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
        turn = replace(
            turn,
            said=say_refusal(turn.refused, desk),
            also=tuple(say_refusal(no, desk).what for no in turn.objections if no != turn.refused),
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
