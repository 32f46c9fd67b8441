"""What stands on the stickers of copies and on the cards of members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from perpusdesk.domain.class_colours import DEFAULT_COLOURS, band_colour
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import RULES
from perpusdesk.printing.cards import CardData
from perpusdesk.printing.labels import LabelData
from perpusdesk.services.circulation.papers import card_paper
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import library_name, put_setting
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries import labels as query

COLOURS_SETTING: Final = "class_colours"
"""A map of a main class's digit to its colour; what it lacks is as the program has it."""


def label_papers(desk: Desk, barcodes: Iterable[str]) -> tuple[LabelData, ...] | Refused:
    """Return the stickers of these copies, in order. ``COPY_UNKNOWN`` barcode."""
    copies = []
    for barcode in barcodes:
        found = find.copies_by_code(desk.library, barcode)
        if not found:
            return Refused(Reason.COPY_UNKNOWN, {"barcode": barcode})
        copies.append(found[0].id)
    return label_data(desk, copies)


def label_data(desk: Desk, copies: Sequence[UUID]) -> tuple[LabelData, ...]:
    """Return the stickers of these copies, in order; what is gone has an empty one."""
    facts = query.copy_facts(desk.library, dict.fromkeys(copies))
    name, colours = library_name(desk), class_colours(desk)
    made = {
        id_: LabelData(
            one.number,
            call_number_lines(one.call_number),
            one.title,
            name,
            band_colour(one.call_number, one.classification, colours),
        )
        for id_, one in facts.items()
    }
    return tuple(made.get(id_, LabelData("", ())) for id_ in copies)


def card_data(desk: Desk, members: Sequence[UUID]) -> tuple[CardData, ...]:
    """Return the cards of these members, in order; who is gone is left out."""
    papers = (card_paper(desk, member) for member in members)
    return tuple(paper for paper in papers if not isinstance(paper, Refused))


def class_colours(desk: Desk) -> Mapping[str, str]:
    """Return the colour of each main class."""
    own = desk.settings.get(COLOURS_SETTING, {})
    usable = own if isinstance(own, dict) else {}
    return {**DEFAULT_COLOURS, **{str(key): str(value) for key, value in usable.items()}}


@needs(RULES)
def set_class_colours(desk: Desk, colours: Mapping[str, str]) -> Done[Mapping[str, str]]:
    """Give main classes (by digit) their colours, ``""`` for none, on every device.

    ``RIGHT_MISSING``.
    """
    own = {digit: colour for digit, colour in colours.items() if digit in DEFAULT_COLOURS}
    action = desk.action("set_class_colours")
    put_setting(action, COLOURS_SETTING, own)
    written = desk.commit(action)
    return Done(own, written.action, "set_class_colours", frozenset({"setting"}))


@needs(RULES)
def reset_class_colours(desk: Desk) -> Done[Mapping[str, str]] | Refused:
    """Give all classes the program's colours again. ``RIGHT_MISSING``."""
    return set_class_colours(desk, DEFAULT_COLOURS)


def call_number_lines(call_number: str) -> tuple[str, ...]:
    """Return a call number as it stands on the spine: class, heading letters, title letter.

    The class itself may hold spaces (``899.221 3``).
    """
    return tuple(part for part in call_number.rsplit(" ", 2) if part)
