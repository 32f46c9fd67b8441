"""What administrators ask of a server on the command line, whether it is running or not.

Each job gets plain values and returns a JSON document; it runs on the store's thread.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any, Final
from uuid import UUID

from perpusdesk import __version__
from perpusdesk.domain.decisions import Refused
from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.certificates import Role
from perpusdesk.services.desk import Desk
from perpusdesk.services.doctor.examine import examine, is_healthy
from perpusdesk.services.doctor.parts import Finding, Patient, Severity
from perpusdesk.services.library.devices import (
    DeviceLine,
    allow_device,
    find_device,
    list_devices,
    revoke_device,
)
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import library_name, open_desk
from perpusdesk.services.wording.doctor import say_finding
from perpusdesk.storage.check import check
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.book import issue_code
from perpusdesk_server.admin.accounts import WeakPasswordError, set_password
from perpusdesk_server.serving import Serving

Document = dict[str, Any]
HOUR_MS: Final = 3600 * 1000


class UnusableError(Exception):
    """The words of a job cannot be used; ``code`` says which, ``what`` is the word."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(code, what)
        self.code, self.what = code, what


class JobRefusedError(Exception):
    """A rule of the library said no."""

    def __init__(self, refused: Refused, desk: Desk) -> None:
        super().__init__(refused.reason.value)
        self.refused, self.desk = refused, desk


def enrol(serving: Serving, words: Mapping[str, Any]) -> Document:
    """Make a one-time code: ``role``, ``branch``, ``name``, ``address``, ``hours``, ``device``."""
    desk = _desk(serving)
    again = _device(desk, words["device"]) if words.get("device") else None
    if again is not None and again.revoked:
        raise UnusableError("revoked", again.name)
    role = str(words.get("role") or (again.role if again else "") or Role.DESK)
    if role not in set(Role) - {Role.SERVER}:
        raise UnusableError("role", role)
    address = str(words.get("address") or serving.address)
    if not enrolment_code.usable_server(address):
        raise UnusableError("address", address)
    pin = bytes.fromhex(words["pin"]) if words.get("pin") else serving.pin
    code = issue_code(
        desk.library,
        serving.authority,
        address,
        role=role,
        random=token_bytes,
        now_ms=desk.library.now_ms(),
        branch=_branch(desk, str(words.get("branch") or "")),
        name=str(words.get("name") or (again.name if again else "")),
        device=again.id.bytes if again else None,
        tls=pin if address.startswith("https://") else None,
        valid_ms=int(words.get("hours") or 24) * HOUR_MS,
    )
    return {
        "code": enrolment_code.write(code),
        "qr": enrolment_code.qr_text(code),
        "server": code.server,
        "role": role,
        "expires": datetime.fromtimestamp(code.expires_s, UTC).isoformat(),
    }


def devices(serving: Serving, _: Mapping[str, Any]) -> Document:
    """Return the fleet."""
    desk = _desk(serving)
    contacts = desk.library.exchange.contacts()
    return {"devices": [_line(one, contacts) for one in list_devices(desk)]}


def revoke(serving: Serving, words: Mapping[str, Any]) -> Document:
    """Shut a device out: ``device`` (number, id or name), ``reason``."""
    desk = _desk(serving)
    found = _device(desk, str(words.get("device", "")))
    return _told(desk, revoke_device(desk, found.id, str(words.get("reason") or "")))


def allow(serving: Serving, words: Mapping[str, Any]) -> Document:
    """Let a device in again that was shut out."""
    desk = _desk(serving)
    found = _device(desk, str(words.get("device", "")))
    return _told(desk, allow_device(desk, found.id, str(words.get("reason") or "")))


def status(serving: Serving, _: Mapping[str, Any]) -> Document:
    """Return how the server is."""
    library = serving.member.library
    desk = _desk(serving)
    heads = library.exchange.cursor().heads
    return {
        "library": library_name(desk),
        "device": library.device.hex(),
        "role": "server" if serving.holder else "hub",
        "address": serving.address,
        "devices": sum(one.enrolled and not one.revoked for one in list_devices(desk)),
        "ops": library.value("select count(*) from op"),
        "packages": sum(arrival for arrival, _ in heads.values()),
        "clock_suspect": library.clock_suspect,
        "up_seconds": max(0, time.time_ns() // 1_000_000 - serving.started_ms) // 1000,
        "version": __version__,
    }


def password(serving: Serving, words: Mapping[str, Any]) -> Document:
    """Let somebody sign in to the administration page: ``name``, ``password``."""
    name, secret = str(words.get("name") or ""), str(words.get("password") or "")
    try:
        set_password(serving.member.library, name, secret)
    except WeakPasswordError as error:
        raise UnusableError("password") from error
    except ValueError as error:
        raise UnusableError("name", name) from error
    return {"name": name}


def digest(serving: Serving, _: Mapping[str, Any]) -> Document:
    """Return the digest: equal on devices that hold the same ops."""
    library = serving.member.library
    return {
        "digest": library.digest(),
        "ops": library.value("select count(*) from op"),
        "streams": library.have(),
    }


def doctor(serving: Serving, _: Mapping[str, Any]) -> Document:
    """Check every row against the log."""
    return findings(serving.member.library)


def findings(library: Library) -> Document:
    """Return what is wrong with a library: rows, chains, packages and, for a file, its pages."""
    found = [Finding(_ROWS, _ROWS, Severity.DAMAGE, {"flaw": str(flaw)}) for flaw in check(library)]
    if library.database.has_search:
        with library.beside() as beside:
            patient = Patient(beside, system_key_store(library.folder))
            told = [one for _check, some in examine(patient) for one in some]
        found = [one for one in told if one.severity is not Severity.NOTE]
    lines = [
        {
            "code": "flaw" if one.code == _ROWS else one.code,
            "message": str(one.facts["flaw"]) if one.code == _ROWS else str(say_finding(one)),
            "repaired": False,
        }
        for one in found
        if one.check not in _OTHERS_TASK
    ]
    return {"healthy": is_healthy(found), "findings": lines}


_ROWS: Final = "rows"
_OTHERS_TASK: Final = frozenset({"backup", "lock"})
"""A server is backed up by its own command, and has its secrets elsewhere."""


JOBS: Final[Mapping[str, Callable[[Serving, Mapping[str, Any]], Document]]] = {
    "enrol": enrol,
    "devices": devices,
    "revoke": revoke,
    "allow": allow,
    "password": password,
    "status": status,
    "digest": digest,
    "doctor": doctor,
}


def _desk(serving: Serving) -> Desk:
    """Return a desk of whoever owns this machine: they may do all that an administrator may."""
    desk = open_desk(serving.member.library)
    if desk.staff is None:
        roles = {one.role: one.id for one in reversed(desk.people.values())}
        desk.staff = roles.get("administrator", roles.get("head"))
    return desk


def _device(desk: Desk, text: str) -> DeviceLine:
    found = find_device(desk, text)
    if len(found) != 1:
        raise UnusableError("device", text)
    return found[0]


def _branch(desk: Desk, text: str) -> bytes | None:
    if not text:
        return None
    wanted = text.strip().casefold()
    found = [
        one.id
        for one in desk.branches.values()
        if wanted in (one.name.casefold(), one.code.casefold())
    ]
    if len(found) != 1:
        raise UnusableError("branch", text)
    return UUID(int=found[0].int).bytes


def _told(desk: Desk, answer: Done[DeviceLine] | Refused) -> Document:
    if isinstance(answer, Refused):
        raise JobRefusedError(answer, desk)
    return {"device": _line(answer.value, desk.library.exchange.contacts())}


def _line(one: DeviceLine, contacts: Mapping[bytes, Any]) -> Document:
    at, facts = contacts.get(one.id.bytes, (None, None))
    return {
        "id": str(one.id),
        "number": one.number,
        "name": one.name,
        "branch": one.branch_name,
        "role": one.role,
        "enrolled": one.enrolled,
        "revoked": one.revoked,
        "withheld": one.withheld,
        "last_exchange": _moment(at),
        "waiting": facts.waiting if facts else None,
        "conflicts": facts.conflicts if facts else None,
        "clock_offset_ms": at - facts.now_ms if facts and at and facts.now_ms else None,
        "program": facts.program if facts else None,
        "backup": _moment(facts.backup_ms) if facts else None,
    }


def _moment(at_ms: int | None) -> str | None:
    if not at_ms:
        return None
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="seconds")
