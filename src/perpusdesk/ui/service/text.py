"""What these tabs say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TypeAlias

from perpusdesk.common.formats import date_and_time, number, short_date
from perpusdesk.common.i18n import _, language, ngettext
from perpusdesk.domain.complaints import WAITING, Kind, ResponseTimes
from perpusdesk.domain.complaints import State as MessageState
from perpusdesk.domain.improvements import OPEN, Stage
from perpusdesk.domain.references import Quick
from perpusdesk.domain.wishes import WishState
from perpusdesk.services.cataloguing.title_duplicates import Duplicate
from perpusdesk.services.feedback.complaint_lists import ComplaintLine
from perpusdesk.services.feedback.improvements import ImprovementLine
from perpusdesk.services.feedback.reference_log import ReferenceLine
from perpusdesk.services.feedback.wish_lists import WishLine
from perpusdesk.services.searching.search_misses import Miss
from perpusdesk.services.wording.service import (
    kind_name,
    source_name,
    stage_name,
    state_name,
    wish_source_name,
    wish_state_name,
)
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone

Period: TypeAlias = tuple[date | None, date | None]

_WISH_ICONS = {
    WishState.WISHED: "hold",
    WishState.CHOSEN: "check",
    WishState.ORDERED: "clock",
    WishState.ARRIVED: "book",
    WishState.REFUSED: "close",
}
_STAGE_ICONS = {
    Stage.PLANNED: "calendar",
    Stage.DOING: "clock",
    Stage.CHECKING: "search",
    Stage.DONE: "check",
    Stage.DROPPED: "close",
}


def joined(*parts: str) -> str:
    """Return what is known, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


def periods(today: date) -> list[tuple[str, Period]]:
    """Return what time can be chosen, the whole first."""
    month, year = today.replace(day=1), date(today.year, 1, 1)
    before = (month - timedelta(days=1)).replace(day=1)
    last_year = date(today.year - 1, 1, 1)
    return [
        (_("All the time"), (None, None)),
        (_("This month"), (month, None)),
        (_("Last month"), (before, month - timedelta(days=1))),
        (_("This year"), (year, None)),
        (_("Last year"), (last_year, year - timedelta(days=1))),
    ]


def offer(choice: Choice[Period], options: list[tuple[str, Period]], place: int = 0) -> None:
    """Fill a choice once, the option at a place chosen; nobody is told."""
    if choice.count():
        return
    choice.blockSignals(True)
    choice.set_options(options)
    choice.setCurrentIndex(place)
    choice.blockSignals(False)


# --- messages ----------------------------------------------------------------------------------


def message_row(line: ComplaintLine) -> RowWords:
    """Return a message: what it says; its kind and place; how far it is, or how late."""
    came = short_date(line.received.date())
    under = joined(kind_name(line.kind), line.category, line.branch_name, came)
    state, tone, icon = message_state(line)
    due = ""
    if line.state in WAITING and line.row.due:
        due = _("until {date}").format(date=short_date(line.row.due))
    elif line.answered:
        due = short_date(line.answered.date())
    over = line.state is MessageState.CLOSED
    return RowWords(one_line(line.row.text), under, state, due, icon, tone, faded=over)


def message_state(line: ComplaintLine) -> tuple[str, Tone, str]:
    """Return how far a message is, with tone and icon."""
    if line.overdue:
        return _("Late"), "bad", "warning"
    if line.state in WAITING:
        return state_name(line.state), "warn" if line.row.due else "muted", "clock"
    return state_name(line.state), "ok", "check"


def message_over(line: ComplaintLine) -> str:
    """Return what stands above a message."""
    state, _tone, _icon = message_state(line)
    return joined(kind_name(line.kind), state)


def messages_count(lines: Sequence[ComplaintLine]) -> tuple[str, str]:
    """Return how many messages there are, and how many wait too long; nothing where none is."""
    if not lines:
        return "", ""
    waiting = sum(line.state in WAITING for line in lines)
    late = sum(line.overdue for line in lines)
    words = ngettext("{n} message", "{n} messages", len(lines)).format(n=number(len(lines)))
    if waiting:
        open_ = ngettext("{n} waits for an answer", "{n} wait for an answer", waiting)
        words = f"{words}, {open_.format(n=number(waiting))}"
    return words, late_words(late)


def late_words(count: int) -> str:
    """Return how many are late, or nothing."""
    return ngettext("{n} is late", "{n} are late", count).format(n=number(count)) if count else ""


def times(found: ResponseTimes) -> str:
    """Return how fast answers were; nothing where there was none."""
    if found.median_hours is None or found.mean_hours is None:
        return ""
    words = _("Answered after {median} in the middle, {mean} on average").format(
        median=span(found.median_hours), mean=span(found.mean_hours)
    )
    if not found.dued:
        return words + "."
    share = _("{n} of {all} in time").format(n=number(found.in_time), all=number(found.dued))
    return f"{words}; {share}."


def span(hours: Fraction) -> str:
    """Return hours below two days, else days with one decimal place, rounded half up."""
    if hours < 48:
        whole = int(rounded(hours, 0))
        return ngettext("{n} hour", "{n} hours", whole).format(n=whole)
    return _("{n} days").format(n=decimal(hours / 24))


def decimal(value: Fraction, places: int = 1) -> str:
    """Return a number with decimal places as it is written here, rounded half up."""
    text = str(rounded(value, places))
    return text if language() == "en" else text.replace(".", ",")


def rounded(value: Fraction, places: int) -> Decimal:
    """Return a number with so many decimal places, rounded half up."""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def taken(line: ComplaintLine) -> str:
    """Return when a message was answered, and after how long."""
    if line.answered is None:
        return ""
    hours = max(0, int((line.answered - line.received).total_seconds()))
    after = span(Fraction(hours, 3600))
    return _("{moment}, after {span}").format(moment=date_and_time(line.answered), span=after)


def due_words(line: ComplaintLine) -> str:
    """Return until when a message is to be answered."""
    if line.row.due is None:
        return _("need not be answered") if line.kind is Kind.PRAISE else ""
    late = f" ({_('late')})" if line.overdue else ""
    return short_date(line.row.due) + late


# --- the board ---------------------------------------------------------------------------------


def action_row(line: ImprovementLine) -> RowWords:
    """Return an action: what is done about which finding; how far it is, or how late."""
    row = line.row
    title = one_line(row.action or row.finding)
    under = joined(
        one_line(row.finding) if row.action else source_name(row.source),
        row.owner_name or _("nobody yet"),
    )
    due = _("until {date}").format(date=short_date(row.due)) if row.due else ""
    if line.overdue:
        return RowWords(
            title, under, joined(stage_name(line.stage), _("late")), due, "warning", "bad"
        )
    if row.done:
        due = short_date(row.done)
    over = line.stage not in OPEN
    tone: Tone = "ok" if line.stage is Stage.DONE else "muted"
    if row.priority and not over:
        tone = "warn"
    icon = _STAGE_ICONS[line.stage]
    return RowWords(title, under, stage_name(line.stage), due, icon, tone, faded=over)


def board_count(lines: Sequence[ImprovementLine]) -> tuple[str, str]:
    """Return how many actions there are by stage, and how many are late."""
    told = []
    for stage in Stage:
        count = sum(line.stage is stage for line in lines)
        if count:
            told.append(f"{stage_name(stage)} {number(count)}")
    return joined(*told), late_words(sum(line.overdue for line in lines))


def move_name(stage: Stage) -> str:
    """Return the verb that moves an action to a stage."""
    names = {
        Stage.PLANNED: _("Plan again"),
        Stage.DOING: _("Begin"),
        Stage.CHECKING: _("Check the effect"),
        Stage.DONE: _("It is done"),
        Stage.DROPPED: _("Do not go on"),
    }
    return names[stage]


# --- wishes ------------------------------------------------------------------------------------


def wish_row(line: WishLine) -> RowWords:
    """Return a wish: what; by whom and where; how many want it and how far it is."""
    row = line.row
    under = joined(row.author, row.year, wish_source_name(row.source), line.branch_name)
    wanted = votes(row.votes)
    if row.holds:
        held = ngettext("{n} hold", "{n} holds", row.holds).format(n=number(row.holds))
        wanted = joined(wanted, held)
    tone: Tone = "ok" if line.state is WishState.ARRIVED else "muted"
    over = line.state in (WishState.ARRIVED, WishState.REFUSED)
    icon = _WISH_ICONS[line.state]
    return RowWords(row.title, under, wish_state_name(line.state), wanted, icon, tone, faded=over)


def votes(count: int) -> str:
    """Return how many voices a wish has."""
    return ngettext("{n} vote", "{n} votes", count).format(n=number(count))


def wishes_count(lines: Sequence[WishLine]) -> str:
    """Return how many wishes there are, and how many voices."""
    words = ngettext("{n} wish", "{n} wishes", len(lines)).format(n=number(len(lines)))
    return joined(words, votes(sum(line.row.votes for line in lines)))


def vain(count: int) -> str:
    """Return how many searches found nothing and are no wish yet."""
    return ngettext("{n} search without result", "{n} searches without result", count).format(
        n=number(count)
    )


def owned(one: Duplicate) -> str:
    """Return a title of the catalogue that may be what is wished for."""
    copies = ngettext("{n} copy", "{n} copies", one.copies).format(n=number(one.copies))
    return joined(one.title, one.author, one.year, copies)


def miss_row(miss: Miss) -> RowWords:
    """Return a search in vain: its words, how often, when last."""
    times_ = ngettext("{n} time", "{n} times", miss.times).format(n=number(miss.times))
    last = _("last on {date}").format(date=short_date(miss.last))
    return RowWords(miss.text, last, times_)


# --- questions ---------------------------------------------------------------------------------


def question_row(line: ReferenceLine) -> RowWords:
    """Return a question: its topic or kind; when and what helped; how long, answered or not."""
    row = line.row
    title = one_line(row.topic) or line.kind
    under = joined(line.kind if row.topic else "", date_and_time(row.at), line.source)
    if row.answered:
        return RowWords(title, under, minutes(row.minutes), _("answered"), "check", "muted")
    return RowWords(title, under, _("not answered"), minutes(row.minutes), "help", "warn")


def minutes(count: int) -> str:
    """Return how long it took; the longest that is offered stands for anything longer."""
    if count >= 30:
        return _("30 minutes or more")
    return ngettext("{n} minute", "{n} minutes", count).format(n=count)


def questions_count(count: int) -> str:
    """Return how many questions there are."""
    return ngettext("{n} question", "{n} questions", count).format(n=number(count))


def minutes_short(count: int) -> str:
    """Return a number of minutes for a button."""
    return _("{n}+ min").format(n=count) if count >= 30 else _("{n} min").format(n=count)


def quick_said(quick: Quick, kind: str, tool: str) -> str:
    """Return what a quick line says, or what it still needs."""
    if not quick.kind:
        return _("Choose the kind by its figure.")
    answered = _("answered") if quick.answered else _("not answered")
    return joined(kind, minutes_short(quick.minutes), tool, quick.topic, answered)
