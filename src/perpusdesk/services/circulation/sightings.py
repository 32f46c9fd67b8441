"""A copy handed back where no loan of it is known: noted, for that may come with an exchange.

The van lends without a connection, the book is handed back at the main desk, and only then do the
two exchange. Without this note the loan would stay open and nobody would be asked about it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from perpusdesk.domain.merge.facts import HANDED_BACK
from perpusdesk.services.desk import Desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import sightings as query
from perpusdesk.storage.queries.devices import has_other_devices
from perpusdesk.storage.queries.values import as_ms

VERB: Final = "note_handed_back"
"""As ``storage.queries.actions.NOTED``."""

LATELY_MS: Final = 10 * 60_000
"""Who scans a copy once more within this time says nothing new."""


def note_handed_back(
    desk: Desk, copy: UUID, at: datetime | None, along: Action | None = None
) -> bool:
    """Note that a copy without a loan was handed back; return whether that is noted.

    It goes into the action ``along`` if that writes anything, else it is one of its own. Only
    where a loan may still come: no device alone needs it, nor what was taken back just now.
    Raises ``KnownError`` when the disk refuses.
    """
    when = as_ms(at or desk.now())
    library = desk.library
    if not has_other_devices(library) or query.ended_lately(library, copy, when, LATELY_MS):
        return False
    if query.seen_lately(library, copy, when, LATELY_MS):
        return True
    action = along if along is not None and along.drafts else desk.action(VERB, at)
    action.event(HANDED_BACK, "sighting", library.new_id(), fresh=True, copy=copy)
    if action is not along:
        desk.commit(action)
    return True
