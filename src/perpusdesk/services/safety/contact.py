"""A device that opens only for who had contact with the library's server not too long ago.

An administrator sets it for vans: after N days without an exchange the library stays closed to the
eyes until the server was asked (which knows whether the device was shut out), or the recovery code
was entered. It is a fence for who finds a running computer, not a lock: that is the encryption.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from perpusdesk.protocol.recovery_code import BadCode, public_of, read_code
from perpusdesk.storage.exchange_log import latest_exchanges
from perpusdesk.storage.library import RECOVERY_SETTING, Library
from perpusdesk.storage.queries.values import as_moment

DAY_MS: Final = 86_400_000
SINCE: Final = "contact_since"
"""Local value: counted from then on where no exchange was later; Unix ms."""
_WAYS: Final = ("http", "hub")
_ENTRIES: Final = 500


@dataclass(frozen=True, slots=True)
class ContactDue:
    """The server has to be asked first: ``days`` since the last contact, ``limit`` is the rule."""

    days: int
    limit: int
    last: datetime | None


def contact_due(library: Library, zone: int = 420) -> ContactDue | None:
    """Return that this device has to contact its server before it opens, ``None`` when not.

    Goes by the latest moment that the library has seen, so a clock that was set back gains nothing.
    """
    limit = library.value("select contact_days from device where id = ?", library.device)
    if not limit or limit < 1:
        return None
    now, last = library.latest_ms(), last_contact(library)
    since = max(last or 0, int(library.local(SINCE) or 0))
    if not since:
        if library.writable:
            library.put_local(SINCE, now)
        return None
    days = (now - since) // DAY_MS
    if days < limit:
        return None
    return ContactDue(days, int(limit), as_moment(last, zone) if last else None)


def last_contact(library: Library) -> int | None:
    """Return when this device last exchanged with a server to the end; Unix ms."""
    latest = latest_exchanges(library, _ENTRIES)
    return next((one.at_ms for one in latest if one.done and one.way in _WAYS), None)


def pardon(library: Library, text: str) -> bool | BadCode:
    """Open for another term by the library's recovery code; ``False`` for another one."""
    seed = read_code(text)
    if isinstance(seed, BadCode):
        return seed
    query = "select value from setting where name = ? and deleted = 0"
    known = str(library.value(query, RECOVERY_SETTING) or "").strip('"')
    if not known or public_of(seed).hex() != known:
        return False
    library.put_local(SINCE, library.latest_ms())
    return True
