"""The library's recovery code: drawn, put on a sheet, and used where a key is lost.

The code itself is never kept: only its public half is, as a setting of the whole library, for which
every device seals its own key (``storage.vault``).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from secrets import choice, token_bytes
from typing import TYPE_CHECKING, Final

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import STAFF
from perpusdesk.protocol.recovery_code import (
    SEED_BYTES,
    BadCode,
    new_code,
    private_of,
    public_of,
    read_code,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import library_name, open_desk, put_setting
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import RECOVERY_SETTING, Library
from perpusdesk.storage.vault import recover

if TYPE_CHECKING:
    from perpusdesk.printing.recovery_sheet import SheetData

VERB: Final = "recovery_code"
RIGHT: Final = STAFF
SINCE_SETTING: Final = "recovery_since"
_CHANGES: Final = frozenset({"setting"})


def draw_code() -> str:
    """Return a new recovery code; nothing of it is kept here."""
    return new_code(token_bytes(SEED_BYTES))


def group_to_ask(code: str) -> int:
    """Return which group of a new code (from 1) to ask back, to see that the sheet is at hand."""
    return choice(range(2, len(code.split("-")) + 1))


def is_group(code: str, place: int, typed: str) -> bool:
    """Whether a typed group is the one at its place (from 1)."""
    wanted = code.split("-")[place - 1]
    meant = typed.strip().upper().translate(str.maketrans("OIL", "011"))
    return meant == wanted


def may_use_code(desk: Desk) -> Refused | None:
    """Return why the person at the desk may not make a new code, ``None`` when they may."""
    return None if desk.may(RIGHT) else Refused(Reason.RIGHT_MISSING, {"right": RIGHT})


def use_code(desk: Desk, code: str) -> Done[str] | Refused:
    """Make a new code the library's: from now on it opens every device, and the old one none.

    ``RIGHT_MISSING``, ``RECOVERY_CODE_WRONG``. Devices follow as soon as they exchange.
    """
    if refused := may_use_code(desk):
        return refused
    seed = read_code(code)
    if isinstance(seed, BadCode):
        return Refused(Reason.RECOVERY_CODE_WRONG, {})
    action = desk.action(VERB)
    put_setting(action, RECOVERY_SETTING, public_of(seed).hex())
    put_setting(action, SINCE_SETTING, desk.today().isoformat())
    done = desk.commit(action)
    desk.library.keep_recoverable()
    return Done(code, done.action, VERB, _CHANGES)


def sheet_of(desk: Desk, code: str) -> SheetData:
    """Return what the sheet of a code says."""
    from perpusdesk.printing.recovery_sheet import SheetData  # slow to import

    return SheetData(library_name(desk), code, desk.today())


def recovery_since(desk: Desk) -> date | None:
    """Return since when there is a recovery code, ``None`` when there is none."""
    if not desk.settings.get(RECOVERY_SETTING):
        return None
    try:
        return date.fromisoformat(str(desk.settings.get(SINCE_SETTING, "")))
    except ValueError:
        return date.min


def unlock(folder: Path, text: str) -> BadCode | bool:
    """Bring the key of a data folder back by the library's recovery code.

    ``False``: it is a code, but of another library or an older sheet. Raises ``KnownError`` when
    the disk refuses. The folder itself is not changed.
    """
    seed = read_code(text)
    if isinstance(seed, BadCode):
        return seed
    return recover(folder, system_key_store(folder), private_of(seed))


def give_recovery(library: Library, code: str) -> None:
    """Give a library that was just made the code whose sheet was printed before.

    Raises ``ValueError`` for what is no code.
    """
    done = use_code(open_desk(library), code)
    if isinstance(done, Refused):
        raise ValueError(done.reason)
