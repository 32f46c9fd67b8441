"""Wishes on a phone: a title to propose, and the titles that others wish for to support."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.phone.sheet import Kept, Sent, Wrong
from perpusdesk.phone.typed import first_of, too_long
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.from_phones import MOST_SHOWN, send_wishes
from perpusdesk.services.feedback.phone_offers import WISHES_PLACE, Offer, offers_of
from perpusdesk.services.feedback.wish_lists import public_wishes
from perpusdesk.services.feedback.wishes import WishForm
from perpusdesk.services.wording.refusals import say_refusal

LONGEST: Final = {"title": 200, "author": 100, "why": 300}


class WishSheet:
    """Titles and votes are shown, never who wished or why."""

    path, page, thanks = WISHES_PLACE, "wishes.html", "wishes_thanks.html"

    def read(self, desk: Desk) -> Mapping[str, Any] | None:
        """Return the wishes that can be supported, and how long texts may be."""
        if Offer.WISHES not in offers_of(desk):
            return None
        return {"wishes": public_wishes(desk)[:MOST_SHOWN], "longest": LONGEST}

    def keep(self, desk: Desk, told: Mapping[str, Any], sent: Sent) -> Kept | Wrong:
        """Note the wish, and count what was supported."""
        wrong = too_long(sent, LONGEST)
        if wrong:
            return wrong
        title, author, why = (first_of(sent, name) for name in LONGEST)
        if not title and (author or why):
            return {"title": _("Enter the title.")}
        supported = set()
        for text in sent.get("vote", ()):
            with suppress(ValueError):
                supported.add(UUID(text))
        done = send_wishes(desk, WishForm(title, author, note=why), supported)
        return _wrong(desk, done) if isinstance(done, Refused) else Kept()


def votes(count: int) -> str:
    """Return how many voices a wish has."""
    return ngettext("{n} vote", "{n} votes", count).format(n=number(count))


def _wrong(desk: Desk, refused: Refused) -> Wrong:
    if refused.reason is Reason.NOTHING_CHOSEN:
        return {"title": _("Enter a title, or tick one that others wish for.")}
    said = say_refusal(refused, desk).what
    if refused.reason is Reason.WISH_OWNED:
        return {"title": f"{said} {_('Ask at the desk where it stands.')}"}
    return {"": said}
