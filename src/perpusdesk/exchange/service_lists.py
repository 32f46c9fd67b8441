"""The dated lists of the service, as the table in ``resources/service`` has them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources
from perpusdesk.domain.service_lists import LISTS, Entry, ServiceLists, in_force


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str
    english: str = ""
    key: str = ""


class _Set(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    valid_from: date
    source: str
    due_days: int
    category: tuple[_Entry, ...]
    service: tuple[_Entry, ...]
    question: tuple[_Entry, ...]
    tool: tuple[_Entry, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    set: tuple[_Set, ...]


def service_lists(day: date) -> ServiceLists:
    """Return the lists that come with the program for a day. Raises ``KnownError``."""
    return in_force(_sets(), day)


@lru_cache(maxsize=1)
def _sets() -> tuple[ServiceLists, ...]:
    path = resources("service", "lists.toml")
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except (OSError, ValueError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, path=str(path), cause=str(error)) from error
    return tuple(_lists(one) for one in found.set)


def _lists(one: _Set) -> ServiceLists:
    lists = {name: tuple(Entry(**_fields(row)) for row in getattr(one, name)) for name in LISTS}
    return ServiceLists(one.valid_from, " ".join(one.source.split()), one.due_days, lists)


def _fields(row: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(row)
