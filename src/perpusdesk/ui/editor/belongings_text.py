"""The words of what belongs to a title: its files and links, its issues and subscriptions."""

from __future__ import annotations

from datetime import date
from typing import Final

from perpusdesk.common.formats import long_date, number, rupiah, short_date
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.services.cataloguing.attachments import Attachment
from perpusdesk.services.serials.issues import ReceivedIssue, name_of
from perpusdesk.services.serials.subscriptions import SubscriptionRow
from perpusdesk.storage.queries.serials import IssueRow
from perpusdesk.ui.editor.text import joined, numbers_from
from perpusdesk.ui.kit.record_list import RowWords

_ACCESS: Final = {
    "everyone": N_("for everyone"),
    "in_library": N_("in the library only"),
    "staff": N_("for staff only"),
}
_FREQUENCIES: Final = {
    "daily": N_("daily"),
    "weekly": N_("weekly"),
    "biweekly": N_("every two weeks"),
    "semimonthly": N_("twice a month"),
    "monthly": N_("monthly"),
    "bimonthly": N_("every two months"),
    "quarterly": N_("every three months"),
    "three_a_year": N_("three times a year"),
    "half_yearly": N_("every half year"),
    "yearly": N_("yearly"),
    "irregular": N_("irregular"),
}
_KILO: Final = 1_000


def access_name(access: str) -> str:
    """Return who may read a file."""
    return _(_ACCESS.get(access, access))


def file_row(one: Attachment) -> RowWords:
    """Return a file or link."""
    under = joined(one.link or one.media, size(one.size), one.licence, one.note)
    if not one.link and not one.here:
        return RowWords(
            one.name, under, _("on another device"), access_name(one.access), "info", "muted"
        )
    return RowWords(one.name, under, access_name(one.access), "", "lock", "muted")


def size(count: int) -> str:
    """Return the size of a file in kB or MB."""
    if not count:
        return ""
    if count < _KILO * _KILO:
        return f"{number(max(1, round(count / _KILO)))} kB"
    return f"{number(round(count / _KILO / _KILO))} MB"


def frequency_name(code: str) -> str:
    """Return how often a serial comes."""
    return _(_FREQUENCIES.get(code, code))


def subscription_row(one: SubscriptionRow) -> RowWords:
    """Return a subscription."""
    first = long_date(one.first_day) if one.first_day else "…"
    last = long_date(one.last_day) if one.last_day else "…"
    copies = ngettext("{n} copy", "{n} copies", one.copies).format(n=one.copies)
    under = joined(one.supplier, copies, rupiah(one.price) if one.price else "", one.note)
    return RowWords(f"{first} – {last}", under, frequency_name(one.frequency), "", "renew", "muted")


def issue_row(one: IssueRow, today: date) -> RowWords:
    """Return an issue: here, expected, or late."""
    copies = ngettext("{n} copy", "{n} copies", one.copies).format(n=one.copies)
    name = name_of(one)
    if one.received:
        came = _("came {date}").format(date=short_date(one.received))
        return RowWords(name, one.note, came, copies, "check", "ok")
    if one.expected and one.expected < today:
        since = _("expected {date}").format(date=short_date(one.expected))
        return RowWords(name, one.note, _("has not come"), since, "warning", "warn")
    when = _("expected {date}").format(date=short_date(one.expected)) if one.expected else ""
    return RowWords(name, one.note, when, "", "clock", "muted")


def expected(count: int) -> str:
    """Return how many issues are expected now."""
    return ngettext("{n} issue is expected", "{n} issues are expected", count).format(n=count)


def received(value: ReceivedIssue) -> str:
    """Return that an issue came, and the numbers of its copies."""
    numbers = numbers_from(value.barcodes) if value.barcodes else ""
    return joined(_("Received: {issue}").format(issue=value.name), numbers)
