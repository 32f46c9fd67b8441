"""The desk of a kiosk: nobody is signed in there, so it may only do what any visitor may."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries.values import as_ms

UNATTENDED: Final = frozenset(
    {"count_visit", "read_on_site", "answer_survey", "register_complaint", "add_wish", "vote_wish"}
)
"""What a visitor does without staff: being counted, answering, complaining, wishing."""


class KioskDesk(Desk):
    """Writes without a person, also where people sign in; has no rights and no other verbs."""

    def action(self, verb: str, at: datetime | None = None) -> Action:
        """Begin an action of nobody. Raises ``KnownError(NOT_SIGNED_IN)`` for any other verb."""
        if verb not in UNATTENDED:
            raise KnownError(Fault.NOT_SIGNED_IN)
        return Action(verb, None, self.branch, self.zone, None if at is None else as_ms(at))

    @property
    def attended(self) -> bool:
        """Whatever is begun here needs nobody."""
        return True

    def saw(self, member: UUID, how: How) -> None:
        """Take no note: only the member stands here, and nobody of the staff."""

    def may(self, right: str) -> bool:
        """Nobody has no rights."""
        return False
