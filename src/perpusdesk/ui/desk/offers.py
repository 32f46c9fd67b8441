"""From what a text may mean, to the candidates that are offered."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from perpusdesk.common.formats import weekday_date
from perpusdesk.common.i18n import _
from perpusdesk.services.circulation.turn import Turn
from perpusdesk.services.circulation.understand import Meaning
from perpusdesk.storage.queries.lookup import CopyHit, MemberHit, TitleHit
from perpusdesk.ui.desk import text
from perpusdesk.ui.desk.choices import Choice, Offer


class Chooser(Protocol):
    """What choosing a candidate can do (the page)."""

    def open_member(self, member: UUID) -> None:
        """Open a member's visit."""

    def take_copy(self, copy: UUID) -> None:
        """Lend a copy, or take it back, as a scan of it would."""

    def show_copies(self, title: UUID) -> None:
        """Offer the copies of a title."""


def offer_of(turn: Turn, chooser: Chooser) -> Offer:
    """Return what is offered after a turn that asks to choose."""
    found = turn.understood
    assert found is not None
    if found.meaning is Meaning.BOTH:
        heading = _("A card and a copy have the same number. Which one is it?")
    elif found.meaning is Meaning.COPIES:
        heading = _("Which copy of “{title}”?").format(title=found.text)
    else:
        heading = _("Found for “{text}”").format(text=found.text)
    choices = (
        *(_member(hit, chooser) for hit in found.members),
        *(_title(hit, chooser) for hit in found.titles),
        *(_copy(hit, chooser) for hit in found.copies),
    )
    return Offer(heading, choices, _("There is no copy of it yet."))


def _member(hit: MemberHit, chooser: Chooser) -> Choice:
    return Choice("person", hit.name, hit.card, _("Open"), lambda: chooser.open_member(hit.id))


def _title(hit: TitleHit, chooser: Chooser) -> Choice:
    under = text.title_under(hit)
    return Choice("book", hit.title, under, _("Copies"), lambda: chooser.show_copies(hit.id))


def _copy(hit: CopyHit, chooser: Chooser) -> Choice:
    state = (
        _("on loan, due {date}").format(date=weekday_date(hit.due))
        if hit.due
        else _("on the shelf")
    )
    under = "  ·  ".join(filter(None, (hit.barcode, hit.inventory, hit.call_number, state)))
    name = hit.title or hit.barcode
    return Choice("book", name, under, _("Choose"), lambda: chooser.take_copy(hit.id))
