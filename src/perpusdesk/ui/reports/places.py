"""The branches that a report may be of, as they stand whenever a tab is opened."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.forms import Choice

Places = list[tuple[str, UUID | None]]


def places(desk: Desk, everywhere: str) -> Places:
    """Return all branches by name, and before them ``everywhere``."""
    return [(everywhere, None), *((one.name, id_) for id_, one in desk.branches.items())]


def offer_places(choice: Choice[UUID | None], found: Places) -> None:
    """Offer these branches; the one that is chosen stays, if it is offered still."""
    chosen = choice.value()
    choice.blockSignals(True)
    choice.set_options(found)
    if chosen in [id_ for _name, id_ in found]:
        choice.choose(chosen)
    choice.blockSignals(False)
