"""A suggestion, a complaint or praise on a phone: without a contact, with a number to ask after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from perpusdesk.common.i18n import _
from perpusdesk.domain.complaints import Kind
from perpusdesk.domain.decisions import Refused
from perpusdesk.phone.sheet import Kept, Sent, Wrong
from perpusdesk.phone.typed import first_of, too_long
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.from_phones import send_message
from perpusdesk.services.feedback.phone_offers import MESSAGES_PLACE, Offer, offers_of
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.services.wording.service import kind_name

LONGEST: Final = {"text": 1_000}
_KINDS: Final = (Kind.SUGGESTION, Kind.COMPLAINT, Kind.PRAISE)


class MessageSheet:
    """What the kiosk asks; who wants an answer gets it at the desk, by the number."""

    path, page, thanks = MESSAGES_PLACE, "message.html", "message_thanks.html"

    def read(self, desk: Desk) -> Mapping[str, Any] | None:
        """Return the sorts of messages, and how long one may be."""
        if Offer.MESSAGES not in offers_of(desk):
            return None
        return {"kinds": [(kind.value, kind_name(kind)) for kind in _KINDS], "longest": LONGEST}

    def keep(self, desk: Desk, told: Mapping[str, Any], sent: Sent) -> Kept | Wrong:
        """Note the message."""
        wrong = too_long(sent, LONGEST)
        text, kind = first_of(sent, "text"), first_of(sent, "kind")
        if kind not in set(_KINDS):
            wrong["kind"] = _("Choose what your message is.")
        if not text:
            wrong["text"] = _("Write your message.")
        if wrong:
            return wrong
        done = send_message(desk, text, Kind(kind))
        if isinstance(done, Refused):
            return {"text": say_refusal(done, desk).what}
        return Kept(done.value)
