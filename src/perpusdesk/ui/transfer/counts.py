"""How many of what: counts in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import ngettext

_COUNTED: Final[Mapping[str, Callable[[int], str]]] = {
    "records": lambda count: ngettext("{count} record", "{count} records", count),
    "titles": lambda count: ngettext("{count} title", "{count} titles", count),
    "copies": lambda count: ngettext("{count} copy", "{count} copies", count),
    "members": lambda count: ngettext("{count} member", "{count} members", count),
    "loans": lambda count: ngettext("{count} loan", "{count} loans", count),
    "holds": lambda count: ngettext("{count} hold", "{count} holds", count),
    "money": lambda count: ngettext("{count} fine or payment", "{count} fines or payments", count),
    "visits": lambda count: ngettext("{count} visit", "{count} visits", count),
    "covers": lambda count: ngettext("{count} cover", "{count} covers", count),
    "photos": lambda count: ngettext("{count} photo", "{count} photos", count),
}
KINDS: Final = (
    "titles",
    "copies",
    "members",
    "loans",
    "holds",
    "money",
    "visits",
    "covers",
    "photos",
)


def count_of(kind: str, count: int) -> str:
    """Return a count with what it counts."""
    return _COUNTED[kind](count).format(count=number(count))


def counts_of(counts: Mapping[str, int], *, kinds: Sequence[str] = KINDS) -> str:
    """Return all counts that are not nought, in one line."""
    return ", ".join(count_of(kind, counts[kind]) for kind in kinds if counts.get(kind))
