"""How far a cut of the history is in effect in this file."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from perpusdesk.domain.merge.personal import CUT_TYPES
from perpusdesk.domain.merge.privacy import Cuts
from perpusdesk.storage.meta import Meta
from perpusdesk.storage.sql import Sql

CUTS: Final = "cuts"
FORMER_CUTS: Final = "cuts_before"
REACHED: Final = "cuts_reached"
PROGRESS: Final = (CUTS, FORMER_CUTS, REACHED)


class Progress(NamedTuple):
    """As in ``domain.merge.privacy.Privacy``."""

    cuts: Cuts
    former: Cuts
    reached: tuple[int, bytes]


def read_progress(database: Sql) -> Progress:
    """Return how far the rows of this file have come."""
    meta = Meta(database)
    place, entity = meta.get(REACHED, (len(CUT_TYPES), b""))
    return Progress(_cuts(meta, CUTS), _cuts(meta, FORMER_CUTS), (place, bytes(entity)))


def begin(database: Sql, former: Cuts, cuts: Cuts) -> None:
    """Note that a new cut is being put into effect."""
    meta = Meta(database)
    for name, one in ((FORMER_CUTS, former), (CUTS, cuts)):
        meta.put(name, [one.before, sorted(one.own.items())])


def note_reached(database: Sql, reached: tuple[int, bytes]) -> None:
    """Note up to which record that was done."""
    Meta(database).put(REACHED, reached)


def _cuts(meta: Meta, name: str) -> Cuts:
    value: Any = meta.get(name, None)
    return Cuts() if value is None else Cuts(value[0], {bytes(one): at for one, at in value[1]})
