"""Dates, times and money as people write them, in the language in use, without the system's locale.

Indonesian: ``Senin, 7 Desember 2026`` · ``07-12-2026`` · ``14.05`` · ``Rp2.500``.
English: ``Monday, 7 December 2026`` · ``7 Dec 2026`` · ``14:05`` · ``Rp2,500``.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from perpusdesk.common.i18n import _, language, ngettext

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_MONTHS: Final = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_WEEKDAYS: Final = {
    "id": ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}


def month_name(month: int, code: str | None = None) -> str:
    """Return the name of the month (1 to 12), in the language ``code`` if one is named."""
    return _MONTHS[code or language()][month - 1]


def weekday_name(day: date) -> str:
    """Return the name of the day of the week of ``day``."""
    return _WEEKDAYS[language()][day.weekday()]


def long_date(day: date, code: str | None = None) -> str:
    """Return ``7 Desember 2026``, in the language ``code`` if one is named."""
    return f"{day.day} {month_name(day.month, code)} {day.year}"


def weekday_date(day: date) -> str:
    """Return ``Senin, 7 Desember 2026``."""
    return f"{weekday_name(day)}, {long_date(day)}"


def short_date(day: date) -> str:
    """Return ``07-12-2026`` (Indonesian) or ``7 Dec 2026`` (English); at most 11 characters."""
    if language() == "en":
        return f"{day.day} {month_name(day.month)[:3]} {day.year}"
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def clock_time(moment: datetime | time, code: str | None = None) -> str:
    """Return the hour and minute as they stand in ``moment`` (no zone is applied)."""
    separator = ":" if (code or language()) == "en" else "."
    return f"{moment.hour:02d}{separator}{moment.minute:02d}"


def date_and_time(moment: datetime) -> str:
    """Return the short date and the clock time: ``07-12-2026 14.05``."""
    return f"{short_date(moment)} {clock_time(moment)}"


def number(value: int) -> str:
    """Return a whole number with its thousands apart: ``250.000``."""
    text = f"{value:,}"
    return text if language() == "en" else text.replace(",", ".")


def rupiah(amount: int) -> str:
    """Return whole rupiah as ``Rp2.500``; a negative amount is ``-Rp2.500``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{number(abs(amount))}"


def time_ago(seconds: int) -> str:
    """Return how long ago something was, in the largest unit that fits."""
    if seconds < _MINUTE:
        return _("just now")
    if seconds < _HOUR:
        minutes = seconds // _MINUTE
        return ngettext("{n} minute ago", "{n} minutes ago", minutes).format(n=minutes)
    if seconds < _DAY:
        hours = seconds // _HOUR
        return ngettext("{n} hour ago", "{n} hours ago", hours).format(n=hours)
    days = seconds // _DAY
    return ngettext("{n} day ago", "{n} days ago", days).format(n=number(days))
