"""How this device counts: whether it checks the order of the shelf and restores what it finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import stock_counts as query

_LOCAL = "stock_option/"


@dataclass(frozen=True, slots=True)
class CountOptions:
    """What a scan does besides counting.

    ``order``: tell a copy that stands out of order. ``restore``: what is recorded as lost or
    missing is good again by the scan alone.
    """

    order: bool = False
    restore: bool = False


def count_options(desk: Desk) -> CountOptions:
    """Return how this device counts."""
    names = [field.name for field in fields(CountOptions)]
    return CountOptions(**{name: bool(desk.library.local(_LOCAL + name)) for name in names})


def keep_options(desk: Desk, options: CountOptions) -> CountOptions:
    """Count like this from now on, on this device; return it."""
    for name, on in asdict(options).items():
        if bool(desk.library.local(_LOCAL + name)) != on:
            desk.library.put_local(_LOCAL + name, int(on))
    return options


@dataclass(frozen=True, slots=True)
class CountChoices:
    """What a new count can be narrowed to: names with what they stand for."""

    locations: tuple[str, ...]
    kinds: tuple[tuple[UUID, str], ...]


def count_choices(desk: Desk) -> CountChoices:
    """Return the locations of this branch's copies, and the kinds of collection."""
    kinds = tuple((kind.id, kind.name) for kind in desk.kinds.values())
    return CountChoices(tuple(query.locations(desk.library, desk.branch)), kinds)
