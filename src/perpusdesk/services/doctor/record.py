"""What the last examination and the repairs came to; of this device alone, and with no name."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from perpusdesk.services.doctor.parts import Finding, Severity
from perpusdesk.storage.library import Library
from perpusdesk.storage.salvage.report import Report

_EXAMINED: Final = "doctor/examined"
_REPAIRS: Final = "doctor/repairs"
_KEPT: Final = 50


class Examined(msgspec.Struct, frozen=True):
    """When the library was examined (Unix ms), and what was found, as plain values."""

    at_ms: int
    findings: tuple[dict[str, Any], ...] = ()


class Repair(msgspec.Struct, frozen=True):
    """One thing that was put right; ``facts`` are those of the finding or of the salvage."""

    at_ms: int
    code: str
    facts: dict[str, Any] = msgspec.field(default_factory=dict)


def note_examined(library: Library, findings: list[Finding]) -> None:
    """Keep what an examination found, in the place of the last."""
    told = tuple(msgspec.to_builtins(one) for one in findings)
    library.put_local(_EXAMINED, _packed(Examined(library.now_ms(), told)))


def last_examined(library: Library) -> tuple[int, list[Finding]] | None:
    """Return when the library was examined last and what was found, ``None``: never."""
    kept = library.local(_EXAMINED)
    if kept is None:
        return None
    told = msgspec.json.decode(kept, type=Examined)
    return told.at_ms, [
        Finding(
            str(one["check"]),
            str(one["code"]),
            Severity(one["severity"]),
            dict(one["facts"]),
            bool(one["mendable"]),
        )
        for one in told.findings
    ]


def note_repairs(library: Library, mended: list[Finding]) -> None:
    """Add what was put right to the list of repairs; the last 50 are kept."""
    now = library.now_ms()
    _add(library, [Repair(now, one.code, dict(one.facts)) for one in mended])


def note_salvage(library: Library, report: Report) -> None:
    """Add a salvage to the list of repairs."""
    _add(library, [Repair(report.at_ms, "salvaged", msgspec.to_builtins(report))])


def repairs(library: Library) -> list[Repair]:
    """Return what was put right, the newest first."""
    kept = library.local(_REPAIRS)
    return [] if kept is None else msgspec.json.decode(kept, type=list[Repair])


def last_salvage(library: Library) -> Report | None:
    """Return what the last salvage came to, ``None``: there was none."""
    one = next((one for one in repairs(library) if one.code == "salvaged"), None)
    return msgspec.convert(one.facts, Report) if one else None


def _add(library: Library, new: list[Repair]) -> None:
    if new:
        library.put_local(_REPAIRS, _packed([*reversed(new), *repairs(library)][:_KEPT]))


def _packed(value: Any) -> str:
    return msgspec.json.encode(value).decode()
