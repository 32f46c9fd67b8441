"""What the tab of phones says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perpusdesk.common.i18n import _, ngettext
from perpusdesk.printing.phone_poster import Poster
from perpusdesk.services.feedback.phone_offers import (
    MESSAGES_PLACE,
    WISHES_PLACE,
    Offer,
    Offers,
    survey_place,
)
from perpusdesk.services.surveys.surveys_answer import SurveyToAnswer
from perpusdesk.ui.kit.record_list import RowWords


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a code may open: ``place`` is its address below the start.

    Its poster has ``heading`` in large letters, ``lines`` below it and ``step`` as the last one.
    """

    place: str
    name: str
    under: str
    heading: str
    lines: tuple[str, ...]
    step: str

    def poster(self, library: str, address: str) -> Poster:
        """Return what its poster says; ``address`` is that of the start."""
        url = f"{address}{self.place}"
        return Poster(library, self.heading, self.lines, url, address, self.step)


def offer_name(offer: Offer) -> str:
    """Return what a tick switches."""
    names = {
        Offer.SURVEYS: _("Surveys that run"),
        Offer.WISHES: _("Wishes for books"),
        Offer.MESSAGES: _("Suggestions and complaints"),
    }
    return names[offer]


def entries(offers: Offers, surveys: Sequence[SurveyToAnswer]) -> list[Entry]:
    """Return what phones can open now, the start with all of it first."""
    wish, say = _("Wish for a book"), _("Suggestion, complaint or praise")
    found = [_survey(one) for one in surveys] if Offer.SURVEYS in offers else []
    kinds: tuple[str, ...] = (_("Survey"),) if found else ()
    write = _("Write and send. No name is asked.")
    if Offer.WISHES in offers:
        under = _("Name a title, or support what others wish for.")
        heading = _("Which book do you miss here?")
        found.append(Entry(WISHES_PLACE, wish, under, heading, (wish,), write))
        kinds += (wish,)
    if Offer.MESSAGES in offers:
        under = _("Without name; with a number to ask for the answer.")
        found.append(Entry(MESSAGES_PLACE, say, under, say, (), write))
        kinds += (say,)
    if not found:
        return []
    everything = " · ".join(one.name for one in found)
    choose = _("Choose, write and send. No name is asked.")
    heading = _("What would you like to tell us?")
    return [Entry("", _("Start page"), everything, heading, kinds, choose), *found]


def row(entry: Entry) -> RowWords:
    """Return an entry as the list shows it."""
    return RowWords(entry.name, entry.under, tone="text")


def state(*, running: bool) -> str:
    """Say whether phones are served."""
    return _("Forms on phones are on") if running else _("Forms on phones are off")


def hint(*, running: bool, places: int, offers: Offers, open_: int) -> str:
    """Say what to do next; ``places``: networks, ``open_``: how much phones can open."""
    if not offers:
        return _("Nothing is offered. Tick what visitors may do on their phones.")
    if not open_:
        return _("No survey runs at this branch today. Begin one on the tab of surveys.")
    if not running:
        return _(
            "Visitors open a form on their phone by a QR code, over the branch's Wi-Fi, without"
            " internet. Phones reach nothing else of this computer, and nothing of them is kept."
        )
    if not places:
        return _("This computer is in no network: connect it to the Wi-Fi of the branch.")
    return _("Hang the poster up, or turn the screen to the visitor. It stays on until turned off.")


def _survey(survey: SurveyToAnswer) -> Entry:
    asked = len(survey.form.asked)
    questions = ngettext("{n} question", "{n} questions", asked).format(n=asked)
    step = _("Answer: it takes two minutes and is anonymous.")
    place, name = survey_place(survey.id), survey.name
    return Entry(place, name, questions, _("How was our service?"), (name,), step)
