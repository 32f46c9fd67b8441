"""What visitors may do on their phones, where phones are served: surveys, wishes, messages.

It holds for the whole library, so that a hub that nobody sits at offers the same as a desk.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting

SETTING: Final = "phone_offers"
VERB: Final = "set_phone_offers"

SURVEY_PLACE: Final = "s"
WISHES_PLACE: Final = "usul"
MESSAGES_PLACE: Final = "pesan"
"""Addresses below the start of the pages; they stand in codes on walls, so they never change."""


class Offer(StrEnum):
    """One thing to do on a phone."""

    SURVEYS = "surveys"
    WISHES = "wishes"
    MESSAGES = "messages"


Offers = frozenset[Offer]
USUAL: Final[Offers] = frozenset({Offer.SURVEYS})
"""Until somebody says otherwise: a survey that runs is meant to be answered, the rest is off."""


def offers_of(desk: Desk) -> Offers:
    """Return what is offered; what cannot be read is as usual."""
    kept = desk.settings.get(SETTING)
    if not isinstance(kept, Mapping):
        return USUAL
    return frozenset(one for one in Offer if kept.get(one.value, one in USUAL) is True)


def survey_place(survey: UUID) -> str:
    """Return the address of a survey, below the start of the pages."""
    return f"{SURVEY_PLACE}/{survey}"


@needs(COMPLAINTS)
def set_phone_offers(desk: Desk, wanted: Collection[Offer]) -> Done[Offers] | Refused:
    """Offer these and nothing else. ``RIGHT_MISSING``: of those who answer what comes of it."""
    offers = frozenset(wanted)
    if offers == offers_of(desk):
        return Done(offers, None, VERB)
    action = desk.action(VERB)
    put_setting(action, SETTING, {one.value: one in offers for one in Offer})
    return Done(offers, desk.commit(action).action, VERB, frozenset({"setting"}))
