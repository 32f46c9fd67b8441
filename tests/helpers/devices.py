"""Several devices of one library: files that hold the same ops and exchange them as they like."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from helpers.blank import blank
from helpers.library import SmallLibrary
from perpusdesk.domain.merge.ops import Op
from perpusdesk.services.desk import Desk
from perpusdesk.storage.library import Library, Sources


def another_device(small: SmallLibrary, folder: Path, name: str) -> Desk:
    """Return a desk of a new device that knows all that the library knows by now."""
    sources = Sources(small.time.wall_ms, small.time.uptime_ms, Sources().random)
    library = blank(folder, sources=sources, library=small.library.id)
    library.ingest(small.library.all_ops())
    desk = Desk(library, small.branches["pusat"], small.staff["desk"])
    action = desk.action("set_up")
    fields = {"name": name, "branch": desk.branch, "number": 2}
    action.set("device", UUID(bytes=library.device), fields)
    desk.commit(action)
    return desk


def exchange(*desks: Desk) -> None:
    """Let every device learn what the others know."""
    known = [list(desk.library.all_ops()) for desk in desks]
    for desk in desks:
        for ops in known:
            desk.library.ingest(ops)


def told_in(order: Iterable[int], ops: list[Op], to: Library) -> None:
    """Tell a device ops one by one in this order."""
    for place in order:
        to.ingest([ops[place]])
