"""Words about personal data that several screens say."""

from __future__ import annotations

from typing import Final, Literal

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.data_protection import ConsentForm, Deadline, Purpose, RequestKind

_SOON: Final = 24
"""Hours from which on an open request is pressing."""
Pressing = Literal["muted", "warn", "bad"]


def kind_name(kind: RequestKind | None) -> str:
    """Return what is asked for."""
    names = {
        RequestKind.ACCESS: _("Copy of the data"),
        RequestKind.CORRECTION: _("Correction"),
        RequestKind.WITHDRAWAL: _("Withdrawal of consent"),
        RequestKind.RESTRICTION: _("Restriction"),
        RequestKind.ERASURE: _("Erasure"),
        RequestKind.OBJECTION: _("Objection"),
    }
    return names[kind] if kind else _("Other request")


def purpose_name(purpose: Purpose) -> str:
    """Return what a consent is given for."""
    names = {
        Purpose.CHILD: _("Membership of a child"),
        Purpose.PHOTO: _("Photo"),
        Purpose.WHATSAPP: _("Messages by WhatsApp"),
        Purpose.DISABILITY: _("Special needs"),
    }
    return names[purpose]


def form_name(form: ConsentForm | None) -> str:
    """Return how a consent was given; nothing when no proof is on record."""
    names = {
        ConsentForm.PAPER: _("paper form"),
        ConsentForm.SCAN: _("form as a scan"),
        ConsentForm.SPOKEN: _("spoken at the desk"),
    }
    return names[form] if form else ""


def clock_words(clock: Deadline) -> tuple[str, Pressing]:
    """Return what is left of the 3 x 24 hours, and how pressing that is."""
    if clock.overdue:
        late = ngettext("{n} hour late", "{n} hours late", clock.hours).format(n=clock.hours)
        return late if clock.hours else _("late"), "bad"
    if not clock.hours:
        return _("less than an hour left"), "warn"
    left = ngettext("{n} hour left", "{n} hours left", clock.hours).format(n=clock.hours)
    return left, "warn" if clock.hours < _SOON else "muted"
