"""The fleet as the pages show it: every device in words, sorted and narrowed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from perpusdesk import __version__
from perpusdesk.domain.fleet import Press, Said, noticed
from perpusdesk.protocol.certificates import Role
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import fleet as query
from perpusdesk.storage.queries import policy
from perpusdesk.storage.queries.fleet import Seen
from perpusdesk_server.admin import words
from perpusdesk_server.admin.ports import House
from perpusdesk_server.admin.words import Told

ZONE: Final = 420
PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One device with what is to be said of it."""

    seen: Seen
    name: str
    branch: str
    role: str
    concerns: tuple[Told, ...]

    @property
    def key(self) -> str:
        """The device's id in the page's addresses."""
        return self.seen.id.hex

    @property
    def kind(self) -> str:
        """The code of its role."""
        return self.seen.device.role

    @property
    def said(self) -> Said | None:
        """What it said at its last exchange."""
        return self.seen.said

    @property
    def press(self) -> int:
        """How much the worst of it presses; 0 when all is well."""
        return max((one.press for one in self.concerns), default=0)

    @property
    def state(self) -> str:
        """One word for its colour: ``off``, ``bad``, ``warn``, ``new`` or ``ok``."""
        if self.seen.revoked:
            return "off"
        if self.press >= Press.SOON:
            return "bad" if self.press == Press.NOW else "warn"
        return "ok" if self.said or self.kind == Role.SERVER else "new"


@dataclass(frozen=True, slots=True)
class Fleet:
    """All devices, and the names of the branches; ``zone`` in minutes east of UTC."""

    rows: tuple[Row, ...]
    branches: Mapping[UUID, str]
    zone: int

    def find(self, key: str) -> Row | None:
        """Return the device with this id in hex."""
        return next((one for one in self.rows if one.key == key), None)

    @property
    def others(self) -> tuple[Row, ...]:
        """All but the server itself."""
        return tuple(one for one in self.rows if one.kind != Role.SERVER)


def read(house: House, now_ms: int) -> Fleet:
    """Return the fleet as it is now, in the language in use."""
    seen, branches = house.within(lambda library: (query.fleet(library), policy.branches(library)))
    names = {one.id: one.name for one in branches}
    return Fleet(tuple(_row(one, names, now_ms) for one in seen), names, _zone(branches))


def zone_of(library: Library) -> int:
    """Return the zone by whose clocks the page shows times: that of the first branch."""
    return _zone(policy.branches(library))


def _zone(branches: Sequence[policy.Branch]) -> int:
    return branches[0].zone if branches else ZONE


def _row(seen: Seen, branches: Mapping[UUID, str], now_ms: int) -> Row:
    device, said = seen.device, seen.said
    found = noticed(
        role=device.role,
        admitted_ms=seen.admitted_ms,
        revoked=seen.revoked,
        withheld=seen.withheld,
        said=said,
        now_ms=now_ms,
        program=__version__,
    )
    program = said.program if said else ""
    return Row(
        seen=seen,
        name=device.name or f"#{device.number or device.id}",
        branch=branches.get(device.branch, "") if device.branch else "",
        role=words.role_name(device.role),
        concerns=tuple(words.concern(one, program, __version__) for one in found),
    )


# -- narrowing and sorting ----------------------------------------------------------------------

STATES: Final[dict[str, Callable[[Row], bool]]] = {
    "": lambda row: True,
    "attention": lambda row: row.press >= Press.SOON,
    "ok": lambda row: row.state in ("ok", "new"),
    "off": lambda row: row.state == "off",
}
_SORTS: Final[dict[str, Callable[[Row], Any]]] = {
    "attention": lambda row: (-row.press, row.state == "off", row.name.casefold()),
    "name": lambda row: row.name.casefold(),
    "branch": lambda row: (not row.branch, row.branch.casefold(), row.name.casefold()),
    "seen": lambda row: -row.said.at_ms if row.said else 0,
    "waiting": lambda row: -row.said.waiting if row.said else 1,
    "program": lambda row: row.said.program if row.said else "~",
    "backup": lambda row: row.said.backup_ms if row.said else -1,
}


def narrowed(rows: tuple[Row, ...], asked: Mapping[str, str]) -> list[Row]:
    """Return the rows that are asked for, in the order asked for; unknown wishes are passed over.

    ``asked``: ``q`` words of name or branch, ``state``, ``branch`` and ``role``, ``sort`` and
    ``down`` (the other way round).
    """
    wanted = STATES.get(asked.get("state", ""), STATES[""])
    text = asked.get("q", "").casefold().split()
    branch, role = asked.get("branch", ""), asked.get("role", "")
    found = [
        row
        for row in rows
        if wanted(row)
        and all(word in f"{row.name} {row.branch}".casefold() for word in text)
        and (not branch or _branch(row) == branch)
        and (not role or row.kind == role)
    ]
    key = _SORTS.get(asked.get("sort", ""), _SORTS["attention"])
    return sorted(found, key=key, reverse=asked.get("down") == "1")


def _branch(row: Row) -> str:
    branch = row.seen.device.branch
    return branch.hex if branch else ""
