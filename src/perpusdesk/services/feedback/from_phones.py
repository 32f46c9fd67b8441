"""What a visitor sends from a phone: titles to buy and messages, by nobody and from nobody.

Whoever is near the library may send, so what was typed on a phone is shown to other visitors only
when somebody in the house stands by it, and no contact is ever taken: the line is not encrypted.
"""

from __future__ import annotations

from collections.abc import Collection
from secrets import choice
from typing import Final
from uuid import UUID

from perpusdesk.domain.complaints import Channel, Kind
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaints import NewComplaint, register
from perpusdesk.services.feedback.wish_lists import public_wishes
from perpusdesk.services.feedback.wishes import WishForm, vote, wish_or_vote
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.complaints import has_ticket

SOURCE: Final = "phone"
MOST_SHOWN: Final = 20
"""Wishes that a phone shows; each form can support each of them once."""
_SIGNS: Final = "23456789CDFGHJKLMNPQRTVWX"  # none that look alike, and no vowels: no words
_LENGTH: Final = 5


def send_wishes(
    desk: Desk, form: WishForm, supported: Collection[UUID] = ()
) -> Done[int] | Refused:
    """Note what one visitor wishes for, and one vote for each wish that is shown; how many.

    The title may be left out where a wish is supported. ``NOTHING_CHOSEN``; as ``wish_or_vote``,
    and then nothing was counted.
    """
    voted = [line.id for line in public_wishes(desk)[:MOST_SHOWN] if line.id in supported]
    done: Done[UUID] | Done[int] | Refused = Refused(Reason.NOTHING_CHOSEN)
    named = bool(form.title.strip())
    count = 0
    if named:
        done = wish_or_vote(desk, form, SOURCE)
        if isinstance(done, Refused):
            return done
        voted = [id_ for id_ in voted if id_ != done.value]  # typed and ticked: one voice
        count = 1
    for id_ in voted:
        done = vote(desk, id_, 1, SOURCE)
        count += not isinstance(done, Refused)
    if isinstance(done, Refused) and not count:
        return done
    assert isinstance(done, Done)
    return Done(count, done.action, done.verb, done.changes)


def send_message(desk: Desk, text: str, kind: Kind) -> Done[str] | Refused:
    """Note a message without a contact; the value is the number to ask after at the desk.

    As ``register``.
    """
    ticket = _ticket(desk)
    done = register(desk, NewComplaint(text, kind, channel=Channel.MOBILE, ticket=ticket))
    if isinstance(done, Refused):
        return done
    return Done(ticket, done.action, done.verb, done.changes)


def _ticket(desk: Desk) -> str:
    """Return a number that cannot be guessed, short enough to be said at the desk."""
    while True:
        ticket = "HP-" + "".join(choice(_SIGNS) for _sign in range(_LENGTH))
        if not has_ticket(desk.library, ticket):
            return ticket
