"""What the screen shows, read beside the desk's work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from perpusdesk.services.circulation.departure import Aboard, aboard
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.devices import DeviceLine, list_devices
from perpusdesk.storage.data_use import data_use
from perpusdesk.storage.exchange_log import ExchangeEntry, latest_exchanges
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.exchange_news import Passing, arrivals, came_since, own_waiting
from perpusdesk.syncing.membership import membership
from perpusdesk.syncing.status import Standing, standing

_SEEN: Final = "exchange/seen"
_HISTORY: Final = 200


@dataclass(frozen=True, slots=True)
class View:
    """Everything on the screen; ``today`` and ``month`` are bytes."""

    standing: Standing
    waiting: tuple[Passing, ...]
    came: tuple[Passing, ...]
    history: tuple[ExchangeEntry, ...]
    devices: tuple[DeviceLine, ...]
    aboard: Aboard
    branch: str
    van: bool
    today: int
    month: int


def read_view(desk: Desk) -> View:
    """Return it; on a side thread, with a connection of its own."""
    with desk.beside() as quiet:
        library, now = quiet.library, standing(quiet.library)
        last, known = now.last, membership(library)
        peer = last.peer if last and last.peer else known.server if known else b""
        today, month = data_use(library, quiet.today())
        branch = quiet.branches.get(quiet.branch)
        return View(
            standing=now,
            waiting=tuple(own_waiting(library, peer)) if now.enrolled else (),
            came=tuple(came_since(library, _seen(library)[1])),
            history=tuple(latest_exchanges(library, _HISTORY)),
            devices=tuple(list_devices(quiet)),
            aboard=aboard(quiet),
            branch=branch.name if branch else "",
            van=now.van or (branch is not None and branch.kind == "van"),
            today=today,
            month=month,
        )


def begin_day(desk: Desk) -> None:
    """On a new day, count what comes from here on; on the thread that uses the library."""
    library, today = desk.library, desk.today().isoformat()
    if _seen(library)[0] != today:
        library.put_local(_SEEN, msgspec.msgpack.encode((today, arrivals(library))))


def _seen(library: Library) -> tuple[str, dict[int, int]]:
    kept = library.local(_SEEN)
    if kept is None:
        return "", {}
    return msgspec.msgpack.decode(bytes(kept), type=tuple[str, dict[int, int]])
