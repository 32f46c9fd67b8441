"""From what a turn came to, to what the hero says and which sound is heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.results import NoticeKind
from perpusdesk.services.turn import Outcome, Turn
from perpusdesk.services.wording.refusals import Said
from perpusdesk.ui.desk import text
from perpusdesk.ui.desk.hero import Shown, Step
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.kit.theme import Tone

_HOLDS = frozenset({NoticeKind.HOLD_READY_HERE, NoticeKind.HOLD_TRANSIT})
_COSTS = frozenset({NoticeKind.FINE, NoticeKind.SUSPENDED, NoticeKind.OVERDUE, NoticeKind.DEBT})


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
        Outcome.REFUSED: _refused,
        Outcome.UNKNOWN: _unknown,
        Outcome.TOO_LONG: _too_long,
    }
    maker = makers.get(turn.outcome)
    return maker(turn, doer) if maker else None


def _lent(turn: Turn, doer: Doer) -> Presented:
    assert turn.lent is not None
    done, line = turn.lent, turn.lent.value.line
    say = text.renewed if turn.outcome is Outcome.RENEWED else text.lent
    state, terms = say(line.due)
    kinds = {notice.kind for notice in done.notices}
    notices = tuple(text.notice(notice) for notice in done.notices)
    if turn.renewed > 1:
        notices = (text.renewed_count(turn.renewed), *notices)
    shown = Shown(
        "ok",
        "renew" if turn.outcome is Outcome.RENEWED else "check",
        state,
        terms,
        line.title or line.barcode,
        _under(line.author, line.call_number, line.barcode),
        notices,
        (Step(_("Undo"), lambda: doer.undo(done.action), "Ctrl+Z", "undo"),),
    )
    return Presented(shown, Sound.FINE if kinds & _COSTS else Sound.OK)


def _returned(turn: Turn, doer: Doer) -> Presented:
    assert turn.returned is not None
    done, value = turn.returned, turn.returned.value
    state, terms = text.returned(value)
    kinds = {notice.kind for notice in done.notices}
    tone: Tone = "warn" if kinds & (_HOLDS | _COSTS) else "ok"
    undo = Step(_("Undo"), lambda: doer.undo(done.action), "Ctrl+Z", "undo")
    shown = Shown(
        tone,
        "hold" if kinds & _HOLDS else "return",
        state,
        terms,
        value.title or value.barcode,
        _under(value.author, value.call_number, value.barcode),
        tuple(text.notice(notice) for notice in done.notices),
        (undo,) if done.action else (),
    )
    sound = Sound.HOLD if kinds & _HOLDS else Sound.FINE if kinds & _COSTS else Sound.OK
    return Presented(shown, sound)


def _read(turn: Turn, doer: Doer) -> Presented:
    assert turn.read is not None
    done, value = turn.read, turn.read.value
    undo = Step(_("Undo"), lambda: doer.undo(done.action), "Ctrl+Z", "undo")
    terms = text.times_today(value.times_today)
    shown = Shown("ok", "book", _("Read here"), terms, value.title, value.barcode, (), (undo,))
    return Presented(shown, Sound.OK)


def _paid(turn: Turn, doer: Doer) -> Presented:
    assert turn.paid is not None
    done = turn.paid
    undo = Step(_("Undo"), lambda: doer.undo(done.action), "Ctrl+Z", "undo")
    state, terms = text.paid(-done.value.entry.amount, done.value.balance)
    return Presented(Shown("ok", "money", state, terms, steps=(undo,)), Sound.OK)


def _refused(turn: Turn, doer: Doer) -> Presented:
    assert turn.refused is not None
    said = turn.said or Said("")
    brief = turn.title
    renewed = text.renewed_count(turn.renewed) if turn.renewed else ""
    shown = Shown(
        "bad",
        "blocked",
        _("Not lent") if turn.objections and turn.visit else _("Not done"),
        f"{said.what}\n{said.todo}".strip(),
        brief.title if brief else "",
        _under(brief.author, brief.call_number) if brief else "",
        tuple(text_ for text_ in (renewed, *turn.also) if text_),
        _ways_out(turn, turn.refused, doer),
    )
    return Presented(shown, Sound.ATTENTION)


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
        verb = (
            _("Lend all the same") if turn.may_override else _("Lend all the same (needs a right)")
        )
        steps.append(Step(verb, lambda: doer.ask_reason(turn), "F8", "key", quiet=True))
    return tuple(steps)


def _unknown(turn: Turn, _doer: Doer) -> Presented:
    meaning = turn.understood.meaning if turn.understood else None
    if meaning == "isbn_unknown":
        terms = _("No title here has this ISBN. It can be catalogued as a new title.")
    elif meaning == "code_unknown":
        terms = _("Neither a card nor a copy has this code. Check the label, or type the name.")
    else:
        terms = _("No member and no title fits. Try fewer or other words.")
    shown = Shown("warn", "search", _("Not found"), terms, "", "", (turn.text,))
    return Presented(shown, Sound.ATTENTION)


def _too_long(turn: Turn, _doer: Doer) -> Presented:
    terms = _("This is too long to be a code or a name. Nothing was changed; scan again.")
    return Presented(Shown("warn", "warning", _("Not understood"), terms), Sound.ATTENTION)


def _under(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
