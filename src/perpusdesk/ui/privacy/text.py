"""What the part about personal data says: in the words of the law (UU 27/2022)."""

from __future__ import annotations

from datetime import date

from perpusdesk.common.formats import date_and_time, long_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.data_protection import Basis, FieldGroup, RequestKind
from perpusdesk.services.looks import How
from perpusdesk.services.privacy.access_log import AccessLine
from perpusdesk.services.privacy.breaches import BreachLine
from perpusdesk.services.privacy.data_requests import Outcome, RequestLine
from perpusdesk.services.wording.privacy import clock_words, kind_name
from perpusdesk.ui.kit.record_list import RowWords


def outcome_name(outcome: Outcome | None) -> str:
    """Return how a request ended."""
    names = {
        Outcome.DONE: _("Fulfilled"),
        Outcome.PARTLY: _("Fulfilled in part"),
        Outcome.REFUSED: _("Not fulfilled"),
    }
    return names[outcome] if outcome else ""


def how_name(how: str) -> str:
    """Return in which way data was seen."""
    names: dict[str, str] = {
        How.VISIT: _("served at the desk"),
        How.RECORD: _("record opened"),
        How.SEARCH: _("record opened from a search"),
        How.PRINT: _("paper printed"),
        How.EXPORT: _("taken out as a file"),
        How.COPY: _("copy of the data made"),
        How.IDENTITY: _("identity number seen"),
    }
    return names.get(how, how)


def request_row(line: RequestLine) -> RowWords:
    """Return a request: who and what; its clock, or how it ended."""
    title = f"{line.name or _('Erased')}  ·  {kind_name(line.kind)}"
    came = _("received {moment}").format(moment=date_and_time(line.received))
    under = "  ·  ".join(part for part in (line.card, came, line.note.replace("\n", " ")) if part)
    if line.done is not None:
        state = outcome_name(line.outcome)
        return RowWords(title, under, state, date_and_time(line.done), "check", faded=True)
    words, tone = clock_words(line.clock)
    due = _("until {date}").format(date=date_and_time(line.clock.due))
    return RowWords(title, under, words, due, "warning" if tone == "bad" else "clock", tone)


def access_row(line: AccessLine) -> RowWords:
    """Return a look: who looked at whom, how and when."""
    whom = line.member_name or _("Erased")
    who = line.staff_name or _("Nobody signed in")
    return RowWords(whom, line.card, who, f"{how_name(line.how)}  ·  {date_and_time(line.at)}")


def breach_row(line: BreachLine) -> RowWords:
    """Return a breach: what and when; its clock, or when people were told."""
    title = line.form.what.split("\n")[0] or _("Breach of personal data")
    noticed = _("noticed {moment}").format(moment=date_and_time(line.form.noticed))
    if line.form.told is not None:
        told = date_and_time(line.form.told)
        return RowWords(title, noticed, _("Notice given"), told, "check", faded=True)
    words, tone = clock_words(line.clock)
    due = _("until {date}").format(date=date_and_time(line.clock.due))
    return RowWords(title, noticed, words, due, "warning" if tone == "bad" else "clock", tone)


def group_row(group: FieldGroup) -> RowWords:
    """Return a group of fields: what for, on which basis, how long."""
    names = {
        Basis.PUBLIC_SERVICE: _("Public service"),
        Basis.LEGAL_DUTY: _("Legal duty"),
        Basis.CONSENT: _("Consent"),
    }
    return RowWords(group.name, group.purpose, names[group.basis], group.article)


def waiting_words(open_: int, overdue: int) -> str:
    """Return how many requests wait, and how many are late."""
    if not open_:
        return _("No request is open.")
    words = ngettext("{n} request is open", "{n} requests are open", open_).format(n=open_)
    if not overdue:
        return words + "."
    late = ngettext("{n} is late", "{n} are late", overdue).format(n=overdue)
    return f"{words}, {late}."


def step_name(kind: RequestKind | None) -> str:
    """Return the verb of the step that fulfils a request."""
    names = {
        RequestKind.ACCESS: _("Make the copy"),
        RequestKind.CORRECTION: _("Correct the record"),
        RequestKind.WITHDRAWAL: _("Withdraw the consents"),
        RequestKind.RESTRICTION: _("Restrict use"),
        RequestKind.ERASURE: _("Erase the data"),
    }
    return names[kind] if kind in names else _("Note the answer")


def settings_source(since: date, source: str) -> str:
    """Return by which law, and since when."""
    return _("In force since {date}. {source}").format(date=long_date(since), source=source)
