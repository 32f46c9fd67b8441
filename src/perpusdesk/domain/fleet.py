"""How the devices of a library are, from what each said at its last exchange: what needs a person.

Times are Unix ms of the server's clock. Nothing here asks whose fault it is: a van is away for a
week, a branch is closed over a holiday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

MINUTE_MS: Final = 60_000
DAY_MS: Final = 24 * 60 * MINUTE_MS

SILENT_DAYS: Final = {"van": 8, "reader": 8}
"""After how many days without an exchange somebody should look, by role (others: ``_SILENT``)."""
_SILENT: Final = 3
_LOST_DAYS: Final = 21
_BACKUP_DAYS: Final = 8
_CLOCK_MS: Final = 5 * MINUTE_MS
_NO_BACKUP: Final = ("reader", "server")


class Press(IntEnum):
    """How much a concern presses."""

    LATER = 1
    SOON = 2
    NOW = 3


class Concern(StrEnum):
    """What is not as it should be with a device, what presses most first."""

    CLOCK = "clock"
    CLOCK_SUSPECT = "clock_suspect"
    QUARANTINE = "quarantine"
    HELD = "held"
    SILENT = "silent"
    NEVER_CAME = "never_came"
    BACKUP = "backup"
    NO_BACKUP = "no_backup"
    OLD_PROGRAM = "old_program"


_ORDER: Final = {concern: place for place, concern in enumerate(Concern)}


@dataclass(frozen=True, slots=True)
class Said:
    """What a device said of itself at its last exchange; ``offset_ms`` its clock minus ours."""

    at_ms: int
    offset_ms: int = 0
    program: str = ""
    waiting: int = 0
    conflicts: int = 0
    held: int = 0
    clock_suspect: bool = False
    backup_ms: int = 0


@dataclass(frozen=True, slots=True)
class Noticed:
    """A concern with its measure: days, ms of the clock, or records; 0 where there is none."""

    concern: Concern
    press: Press
    amount: int = 0


def noticed(
    *,
    role: str,
    admitted_ms: int,
    revoked: bool,
    withheld: int,
    said: Said | None,
    now_ms: int,
    program: str,
) -> tuple[Noticed, ...]:
    """Return what needs a person, what presses most first; ``program`` is the server's version.

    Of a device that was shut out only what waits in quarantine matters. The server itself is never
    silent.
    """
    if revoked:
        quarantine = Noticed(Concern.QUARANTINE, Press.SOON, withheld)
        return (quarantine,) if withheld else ()
    if role == "server":
        return ()
    found = list(_of_absence(role, admitted_ms, said, now_ms))
    if said is not None:
        found += [*_of_clock(said), *_of_care(role, said, now_ms, program)]
    return tuple(sorted(found, key=lambda one: (-one.press, _ORDER[one.concern])))


def older(program: str, than: str) -> bool:
    """Whether a version is before another; what cannot be read is not."""
    one, other = _version(program), _version(than)
    return bool(one and other and one < other)


def _of_absence(role: str, admitted_ms: int, said: Said | None, now_ms: int) -> Iterator[Noticed]:
    days = (now_ms - (said.at_ms if said else admitted_ms)) // DAY_MS
    if said is None and admitted_ms and days >= 1:
        yield Noticed(Concern.NEVER_CAME, Press.SOON, days)
    if said is not None and days >= SILENT_DAYS.get(role, _SILENT):
        yield Noticed(Concern.SILENT, Press.NOW if days >= _LOST_DAYS else Press.SOON, days)


def _of_clock(said: Said) -> Iterator[Noticed]:
    if abs(said.offset_ms) > _CLOCK_MS:
        press = Press.NOW if abs(said.offset_ms) >= DAY_MS else Press.SOON
        yield Noticed(Concern.CLOCK, press, said.offset_ms)
    elif said.clock_suspect:
        yield Noticed(Concern.CLOCK_SUSPECT, Press.SOON)


def _of_care(role: str, said: Said, now_ms: int, program: str) -> Iterator[Noticed]:
    if said.held:
        yield Noticed(Concern.HELD, Press.SOON, said.held)
    elif older(said.program, program):
        yield Noticed(Concern.OLD_PROGRAM, Press.LATER)
    days = (now_ms - said.backup_ms) // DAY_MS
    if role in _NO_BACKUP:
        return
    if not said.backup_ms:
        yield Noticed(Concern.NO_BACKUP, Press.LATER)
    elif days >= _BACKUP_DAYS:
        yield Noticed(Concern.BACKUP, Press.SOON, days)


def _version(text: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", text)
    numbers = [int(part) for part in found[0].split(".")] if found else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers) or ((0,) if found else ())
