"""Why copies are on their way, in words."""

from __future__ import annotations

from perpusdesk.common.i18n import _
from perpusdesk.domain.moves import Why


def say_why_sent(why: str) -> str:
    """Return why a copy was sent; nothing when somebody simply sent it."""
    return {Why.HOLD.value: _("for a hold"), Why.HOME.value: _("goes home")}.get(why, "")
