"""Personal data by law (UU 27/2022): purposes, bases, consents, requests and their clock.

Pure: who asks hands in the moment. Articles are those of Undang-Undang Nomor 27 Tahun 2022 tentang
Pelindungan Data Pribadi.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

HOUR: Final = timedelta(hours=1)


class Basis(StrEnum):
    """Why data may be held (article 20 paragraph 2)."""

    PUBLIC_SERVICE = "public_service"
    LEGAL_DUTY = "legal_duty"
    CONSENT = "consent"


class Purpose(StrEnum):
    """What a consent is given for; ``CHILD``: a guardian's, to the membership of a child."""

    CHILD = "child"
    PHOTO = "photo"
    WHATSAPP = "whatsapp"
    DISABILITY = "disability"


class ConsentForm(StrEnum):
    """How a consent was given (article 22: in writing or recorded)."""

    PAPER = "paper"
    SCAN = "scan"
    SPOKEN = "spoken"


class RequestKind(StrEnum):
    """What a person may ask of the library (articles 6 to 11)."""

    ACCESS = "access"
    CORRECTION = "correction"
    WITHDRAWAL = "withdrawal"
    RESTRICTION = "restriction"
    ERASURE = "erasure"
    OBJECTION = "objection"


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """Fields of one purpose and basis, as the register of processing tells them.

    ``fields`` are ``record.field``; ``consent`` is what must be agreed to where consent is the
    basis; ``special`` data is that of article 4 paragraph 2. Texts are formal Indonesian.
    """

    key: str
    name: str
    fields: tuple[str, ...]
    purpose: str
    basis: Basis
    article: str
    consent: Purpose | None = None
    special: bool = False
    kept: str = ""
    receivers: str = ""


@dataclass(frozen=True, slots=True)
class ProtectionRules:
    """The rules in force from a day on: hours to answer and to tell of a breach, field groups."""

    valid_from: date
    source: str
    request_hours: int
    breach_hours: int
    groups: tuple[FieldGroup, ...]

    def group_of(self, field: str) -> FieldGroup | None:
        """Return the group of a field (``member.phone``), if it has one."""
        return next((group for group in self.groups if field in group.fields), None)


def in_force(sets: Iterable[ProtectionRules], day: date) -> ProtectionRules:
    """Return the rules of a day: the latest that began by then, else the earliest there is."""
    known = sorted(sets, key=lambda one: one.valid_from)
    begun = [one for one in known if one.valid_from <= day]
    return begun[-1] if begun else known[0]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when something must be done; ``left`` is below zero once the moment has passed.

    ``done``: it was done, and ``left`` is what was left then.
    """

    start: datetime
    due: datetime
    left: timedelta
    done: bool = False

    @property
    def overdue(self) -> bool:
        """Whether the moment passed: before it was done, or while it still is not."""
        return self.left < timedelta(0)

    @property
    def hours(self) -> int:
        """Whole hours that are left, or that it is late by, rounded down."""
        return abs(self.left) // HOUR


def deadline(start: datetime, hours: int, now: datetime, done: datetime | None = None) -> Deadline:
    """Return the clock of a duty of so many hours (3 x 24: 72). All times are aware.

    The clock starts at the moment the library received the request, in whatever form and at
    whichever branch, or noticed the breach; an hour is an hour: nights, Sundays and holidays
    count, because the law counts hours and not working days. Done exactly at the due moment is in
    time.
    """
    due = start + hours * HOUR
    return Deadline(start, due, due - (now if done is None else done), done is not None)


_FORM_END: Final = ": "


def form_text(form: ConsentForm, where: str = "") -> str:
    """Return how a consent was given and where the paper or scan lies, as one text."""
    said = " ".join(where.split())
    return f"{form.value}{_FORM_END}{said}" if said else form.value


def form_parts(text: str) -> tuple[ConsentForm | None, str]:
    """Return form and place out of such a text; an unknown form is ``None``."""
    kind, _end, where = text.partition(_FORM_END)
    known = ConsentForm(kind) if kind in set(ConsentForm) else None
    return (known, where) if known else (None, text)


def restricts_use(restricted: date | None, today: date) -> bool:
    """Whether a member's data may only be kept (article 41); from the day itself on."""
    return restricted is not None and restricted <= today


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of a shorter month."""
    month = day.year * 12 + day.month - 1 - months
    year, place = divmod(month, 12)
    after = date(year + (place == 11), 1 if place == 11 else place + 2, 1)
    last = (after - timedelta(days=1)).day
    return date(year, place + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """How long things are kept, and whom people may write to about their data.

    ``history_months``: a returned loan stays with its member so long. ``access_months``: the log
    of who looked at whom. ``officer`` and ``contact``: the person who answers for personal data.
    """

    history_months: int = 12
    access_months: int = 24
    officer: str = ""
    contact: str = ""


MONTHS: Final = (1, 120)
"""The fewest and the most months of either setting."""


def privacy_settings(values: object) -> PrivacySettings:
    """Return the settings out of a setting's value; what does not fit is the default."""
    known = values if isinstance(values, dict) else {}
    plain = PrivacySettings()
    return PrivacySettings(
        _months(known.get("history_months"), plain.history_months),
        _months(known.get("access_months"), plain.access_months),
        *(str(known.get(name) or "")[:200] for name in ("officer", "contact")),
    )


def _months(value: object, default: int) -> int:
    fits = type(value) is int and MONTHS[0] <= value <= MONTHS[1]
    return int(str(value)) if fits else default
