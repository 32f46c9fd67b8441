"""Writing only those fields of a record that are other ones than before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action


class Row(Protocol):
    """A record as it is kept: its fields by name."""

    @property
    def id(self) -> UUID:
        """Which one it is."""


def write_changed(
    desk: Desk, action: Action, entity_type: str, there: Row, wanted: Mapping[str, Any]
) -> Done[UUID]:
    """Set what is wanted otherwise than it is; where nothing is, nothing is written."""
    changed = {name: value for name, value in wanted.items() if value != getattr(there, name)}
    if not changed:
        return Done(there.id, None, action.verb)
    action.set(entity_type, there.id, changed)
    written = desk.commit(action)
    return Done(there.id, written.action, action.verb, frozenset({entity_type}))
