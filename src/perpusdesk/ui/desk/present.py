"""From what a turn came to, to what the hero says and which sound is heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.circulation.turn import Outcome, Turn
from perpusdesk.services.circulation.understand import Meaning
from perpusdesk.services.results import Notice, NoticeKind, Returned
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.desk import text
from perpusdesk.ui.desk.hero import Shown, Step
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.kit.theme import Tone

_HOLDS = frozenset({NoticeKind.HOLD_READY_HERE, NoticeKind.HOLD_TRANSIT})
_COSTS = frozenset({NoticeKind.FINE, NoticeKind.SUSPENDED, NoticeKind.OVERDUE, NoticeKind.DEBT})
_SHOWN_OF_TOO_LONG = 40
_LONGEST_CARD = 32


class Doer(Protocol):
    """What the hero's buttons can do (the page)."""

    def undo(self, action: UUID | None = None) -> None:
        """Take an action back."""

    def take_back(self, copy: UUID) -> None:
        """Take a copy back although a visit is open."""

    def take_back_and_lend(self, copy: UUID) -> None:
        """Take a copy back from whoever has it and lend it to the open visit."""

    def renew(self, loan: UUID) -> None:
        """Renew a loan."""

    def ask_reason(self, turn: Turn) -> None:
        """Ask why an exception is made, then lend all the same."""

    def read_here(self, copy: UUID) -> None:
        """Count a copy as read on site."""

    def send_on(self, copy: UUID, branch: UUID) -> None:
        """Send a copy that was taken back to another branch."""

    def register(self, card: str) -> None:
        """Register a new member with this card number."""


@dataclass(frozen=True, slots=True)
class Presented:
    """What to show and what to play."""

    shown: Shown
    sound: Sound


def present(turn: Turn, doer: Doer) -> Presented | None:
    """Return what a turn looks and sounds like; ``None`` when the hero has nothing to say."""
    makers: dict[Outcome, Callable[[Turn, Doer], Presented]] = {
        Outcome.LENT: _lent,
        Outcome.RENEWED: _lent,
        Outcome.RETURNED: _returned,
        Outcome.READ: _read,
        Outcome.PAID: _paid,
        Outcome.SENT: _sent,
        Outcome.REFUSED: _refused,
        Outcome.UNKNOWN: _unknown,
        Outcome.TOO_LONG: _too_long,
    }
    maker = makers.get(turn.outcome)
    return maker(turn, doer) if maker else None


def _lent(turn: Turn, doer: Doer) -> Presented:
    assert turn.lent is not None
    done, line = turn.lent, turn.lent.value.line
    renewed = turn.outcome is Outcome.RENEWED
    state, terms, date = text.renewed(line.due) if renewed else text.lent(line.due)
    notices = tuple(text.notice(notice) for notice in done.notices)
    if turn.renewed > 1:
        notices = (text.renewed_count(turn.renewed), *notices)
    shown = Shown(
        "ok",
        "renew" if renewed else "check",
        state,
        terms,
        date,
        line.title or line.barcode,
        _under(line.author, line.call_number, line.barcode),
        notices=notices,
        steps=_undo(doer, done.action),
    )
    kinds = {notice.kind for notice in done.notices}
    return Presented(shown, Sound.FINE if kinds & _COSTS else Sound.OK)


def _returned(turn: Turn, doer: Doer) -> Presented:
    assert turn.returned is not None
    done, value = turn.returned, turn.returned.value
    state, terms = text.returned(value)
    kinds = {notice.kind for notice in done.notices}
    tone: Tone = "warn" if kinds & (_HOLDS | _COSTS) else "ok"
    first, others = _weightiest(done.notices)
    shown = Shown(
        tone,
        "hold" if kinds & _HOLDS else "return",
        state,
        terms,
        first,
        value.title or value.barcode,
        _under(value.author, value.call_number, value.barcode),
        notices=others,
        steps=(*_sending(value, doer), *_undo(doer, done.action)),
    )
    sound = Sound.HOLD if kinds & _HOLDS else Sound.FINE if kinds & _COSTS else Sound.OK
    return Presented(shown, sound)


def _sending(value: Returned, doer: Doer) -> tuple[Step, ...]:
    branch = value.transit_branch
    if branch is None:
        return ()
    verb = _("Send it to {branch}").format(branch=value.transit_to)
    return (Step(verb, lambda: doer.send_on(value.copy, branch), "F8", "exchange"),)


def _sent(turn: Turn, doer: Doer) -> Presented:
    assert turn.sent is not None
    done, line = turn.sent, turn.sent.value
    terms = _("to {branch}").format(branch=line.to_name)
    shown = Shown(
        "ok",
        "exchange",
        _("Sent"),
        terms,
        title=line.title or line.barcode,
        under=_under(line.author, line.call_number, line.barcode),
        notices=(_("Delivery note {paper}").format(paper=line.paper),),
        steps=_undo(doer, done.action),
    )
    return Presented(shown, Sound.OK)


def _weightiest(notices: tuple[Notice, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the notice that must be read from across the desk (may be empty), and the others."""
    for notice in notices:
        if notice.kind in _HOLDS | {NoticeKind.FINE}:
            others = tuple(text.notice(other) for other in notices if other is not notice)
            return text.notice(notice), others
    return "", tuple(text.notice(notice) for notice in notices)


def _read(turn: Turn, doer: Doer) -> Presented:
    assert turn.read is not None
    done, value = turn.read, turn.read.value
    terms = text.times_today(value.times_today)
    shown = Shown(
        "ok",
        "book",
        _("Read here"),
        terms,
        title=value.title or value.barcode,
        under=value.barcode,
        steps=_undo(doer, done.action),
    )
    return Presented(shown, Sound.OK)


def _paid(turn: Turn, doer: Doer) -> Presented:
    assert turn.paid is not None
    done = turn.paid
    state, terms = text.paid(-done.value.entry.amount, done.value.balance)
    name = turn.visit.name if turn.visit else ""
    undo = _undo(doer, done.action)
    shown = Shown("ok", "money", state, terms, title=name, steps=undo, cover=False)
    return Presented(shown, Sound.OK)


def _undo(doer: Doer, action: UUID | None) -> tuple[Step, ...]:
    if action is None:
        return ()
    return (Step(_("Undo"), lambda: doer.undo(action), "Ctrl+Z", "undo"),)


def _refused(turn: Turn, doer: Doer) -> Presented:
    assert turn.refused is not None
    said = turn.said or Said("")
    brief = turn.title
    shown = Shown(
        "bad",
        "blocked",
        _state_of_refusal(turn),
        said.what,
        title=brief.title if brief else "",
        under=_under(brief.author, brief.call_number) if brief else "",
        advice=said.todo,
        notices=(text.renewed_count(turn.renewed),) if turn.renewed else (),
        also=turn.also,
        steps=_ways_out(turn, turn.refused, doer),
    )
    return Presented(shown, Sound.ATTENTION)


def _state_of_refusal(turn: Turn) -> str:
    if turn.loan:
        return _("Not renewed")
    return _("Not lent") if turn.objections and turn.visit else _("Not done")


def _ways_out(turn: Turn, refused: Refused, doer: Doer) -> tuple[Step, ...]:
    steps = []
    copy, loan = turn.copy, refused.facts.get("loan")
    if copy and refused.reason is Reason.COPY_ALREADY_YOURS:
        steps.append(Step(_("Take back"), lambda: doer.take_back(copy), "F4", "return"))
        if isinstance(loan, UUID):
            steps.append(Step(_("Renew"), lambda: doer.renew(loan), "", "renew"))
    elif copy and refused.reason is Reason.COPY_ON_LOAN:
        verb = _("Take back and lend")
        steps.append(Step(verb, lambda: doer.take_back_and_lend(copy), "F4", "return"))
    elif copy and refused.reason is Reason.COPY_NOT_FOR_LOAN:
        steps.append(Step(_("Count as read here"), lambda: doer.read_here(copy), "", "book"))
    able = turn.objections and all(no.overridable for no in turn.objections)
    if able and copy and turn.visit:
        verb = _verb_of_exception(turn)
        steps.append(Step(verb, lambda: doer.ask_reason(turn), "F8", "key", quiet=True))
    return tuple(steps)


def _verb_of_exception(turn: Turn) -> str:
    verb = _("Renew all the same") if turn.loan else _("Lend all the same")
    return verb if turn.may_override else _("{verb} (needs a right)").format(verb=verb)


def _unknown(turn: Turn, doer: Doer) -> Presented:
    steps: tuple[Step, ...] = ()
    meaning = turn.understood.meaning if turn.understood else None
    if meaning is Meaning.ISBN_UNKNOWN:
        said = Said(_("No title here has this ISBN."), _("It can be catalogued as a new title."))
    elif meaning is Meaning.CODE_UNKNOWN:
        said = Said(
            _("Neither a card nor a copy has this code."),
            _("Check the label and scan it whole, or type the name or the title."),
        )
        if not turn.visit and len(turn.text) <= _LONGEST_CARD:
            code, verb = turn.text, _("Register a member with this card")
            steps = (Step(verb, lambda: doer.register(code), "", "plus"),)
    else:
        said = Said(_("No member and no title fits."), _("Try fewer or other words."))
    return _not_found(_("Not found"), "search", said, turn.text, steps)


def _too_long(turn: Turn, _doer: Doer) -> Presented:
    said = Said(
        _("This is too long to be a code or a name."), _("Nothing was changed; scan again.")
    )
    return _not_found(_("Not understood"), "warning", said, turn.text[:_SHOWN_OF_TOO_LONG] + "…")


def _not_found(
    state: str, icon: str, said: Said, what: str, steps: tuple[Step, ...] = ()
) -> Presented:
    shown = Shown(
        "warn", icon, state, said.what, title=what, advice=said.todo, steps=steps, cover=False
    )
    return Presented(shown, Sound.ATTENTION)


def _under(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
