"""The lists of what visitors may say of themselves, as ``resources/visits`` has them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Any

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources
from perpusdesk.domain.visiting import HeadClass, Level, Option, ProfileLists, in_force


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    code: str
    name: str
    english: str = ""


class _Age(_Named, frozen=True, forbid_unknown_fields=True):
    since: int = msgspec.field(name="from", default=0)


class _Level(_Named, frozen=True, forbid_unknown_fields=True):
    age: str = ""
    occupation: str = ""


class _Head(_Named, frozen=True, forbid_unknown_fields=True):
    key: str = ""
    age: str = ""
    sex: str = ""
    occupation: str = ""
    of_level: bool = False


class _Set(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    valid_from: date
    source: str
    age: tuple[_Age, ...]
    sex: tuple[_Named, ...]
    occupation: tuple[_Named, ...]
    education: tuple[_Named, ...]
    purpose: tuple[_Named, ...]
    level: tuple[_Level, ...]
    quick: tuple[_Head, ...]
    party: tuple[_Head, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    set: tuple[_Set, ...]


def profile_lists(day: date) -> ProfileLists:
    """Return the lists that come with the program for a day. Raises ``KnownError``."""
    return in_force(_sets(), day)


@lru_cache(maxsize=1)
def _sets() -> tuple[ProfileLists, ...]:
    path = resources("visits", "profile.toml")
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except (OSError, ValueError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, path=str(path), cause=str(error)) from error
    return tuple(_lists(one) for one in found.set)


def _lists(one: _Set) -> ProfileLists:
    named = ("sex", "occupation", "education", "purpose")
    options = {"age": tuple(Option(**_fields(row)) for row in one.age)}
    options |= {name: tuple(Option(**_fields(row)) for row in getattr(one, name)) for name in named}
    return ProfileLists(
        one.valid_from,
        " ".join(one.source.split()),
        options,
        tuple(Level(**_fields(row)) for row in one.level),
        tuple(HeadClass(**_fields(row)) for row in one.quick),
        tuple(HeadClass(**_fields(row)) for row in one.party),
    )


def _fields(row: msgspec.Struct) -> dict[str, Any]:
    return msgspec.structs.asdict(row)
