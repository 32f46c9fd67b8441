"""Which catalogues this library asks for records: those the program knows, or a list of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.exchange.copy_servers import CopyServer, read_servers, shipped_servers
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting

SETTING: Final = "copy_servers"
RIGHT: Final = "rules"
VERB: Final = "set_copy_servers"


def copy_servers(desk: Desk) -> tuple[CopyServer, ...]:
    """Return the catalogues to ask, in order; a list that cannot be read counts as none set."""
    kept = desk.settings.get(SETTING)
    if not isinstance(kept, list):
        return shipped_servers()
    try:
        return read_servers(kept)
    except KnownError:
        return shipped_servers()


def set_copy_servers(
    desk: Desk, servers: Sequence[CopyServer]
) -> Done[tuple[CopyServer, ...]] | Refused:
    """Make this the library's list; it holds on all its devices. ``RIGHT_MISSING``."""
    if not desk.may(RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": RIGHT})
    action = desk.action(VERB)
    put_setting(action, SETTING, msgspec.to_builtins(list(servers)))
    written = desk.commit(action)
    return Done(tuple(servers), written.action, VERB, frozenset({"setting"}))
