"""Words about what visitors say and ask, that several screens and papers say."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.domain.complaints import Channel, Kind, State
from perpusdesk.domain.improvements import Source, Stage
from perpusdesk.domain.wishes import WishState


def kind_name(kind: Kind) -> str:
    """Return what a message is."""
    names = {
        Kind.COMPLAINT: _("Complaint"),
        Kind.SUGGESTION: _("Suggestion"),
        Kind.PRAISE: _("Praise"),
    }
    return names[kind]


def channel_name(channel: Channel) -> str:
    """Return how a message came."""
    names = {
        Channel.DESK: _("At the desk"),
        Channel.BOX: _("Suggestion box"),
        Channel.PHONE: _("Telephone"),
        Channel.WHATSAPP: "WhatsApp",
        Channel.LAPOR: "SP4N-LAPOR!",
        Channel.KIOSK: _("Kiosk"),
        Channel.MOBILE: _("Visitor's phone"),
    }
    return names[channel]


def state_name(state: State) -> str:
    """Return how far a message is."""
    names = {
        State.NEW: _("New"),
        State.WORK: _("In work"),
        State.ANSWERED: _("Answered"),
        State.CLOSED: _("Case closed"),
    }
    return names[state]


def stage_name(stage: Stage) -> str:
    """Return how far an action on the board is."""
    names = {
        Stage.PLANNED: _("Planned"),
        Stage.DOING: _("Being done"),
        Stage.CHECKING: _("Being checked"),
        Stage.DONE: _("Done"),
        Stage.DROPPED: _("Given up"),
    }
    return names[stage]


def source_name(source: str) -> str:
    """Return where a finding comes from; a source that is not known here reads as it is."""
    names: dict[str, str] = {
        Source.SURVEY: _("Survey"),
        Source.COMPLAINT: _("Message of a visitor"),
        Source.FIGURE: _("Figure"),
        Source.WISH: _("Wish"),
        Source.HAND: _("Seen by staff"),
    }
    return names.get(source, source)


def wish_state_name(state: WishState) -> str:
    """Return how far a wish is."""
    names = {
        WishState.WISHED: _("Wished for"),
        WishState.CHOSEN: _("Chosen"),
        WishState.ORDERED: _("Ordered"),
        WishState.ARRIVED: _("Arrived"),
        WishState.REFUSED: _("Not bought"),
    }
    return names[state]


def wish_source_name(source: str) -> str:
    """Return where a wish was made."""
    names = {
        "desk": _("At the desk"),
        "kiosk": _("Kiosk"),
        "phone": _("Visitor's phone"),
        "search": _("Search without result"),
    }
    return names.get(source, source)
