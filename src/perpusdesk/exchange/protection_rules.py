"""The dated rules about personal data, as the table in ``resources/privacy`` has them."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from typing import Final

import msgspec

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.paths import resources
from perpusdesk.domain.data_protection import (
    Basis,
    FieldGroup,
    ProtectionRules,
    Purpose,
    in_force,
)

_MOST_HOURS: Final = 24 * 366


class _Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    key: str
    name: str
    fields: tuple[str, ...]
    purpose: str
    basis: Basis
    article: str
    consent: Purpose | None = None
    special: bool = False
    kept: str = ""
    receivers: str = ""


class _Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    valid_from: date
    source: str
    request_hours: int
    breach_hours: int
    group: tuple[_Group, ...]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rules: tuple[_Rules, ...]


def protection_rules(day: date) -> ProtectionRules:
    """Return the rules in force on a day. Raises ``KnownError(UNREADABLE_FILE)``."""
    return in_force(_sets(), day)


@lru_cache(maxsize=1)
def _sets() -> tuple[ProtectionRules, ...]:
    path = resources("privacy", "data-protection.toml")
    try:
        found = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File)
    except (OSError, ValueError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, path=str(path), cause=str(error)) from error
    return tuple(_rules(one) for one in found.rules)


def _rules(one: _Rules) -> ProtectionRules:
    groups = tuple(FieldGroup(**msgspec.structs.asdict(group)) for group in one.group)
    return ProtectionRules(
        one.valid_from,
        " ".join(one.source.split()),
        min(max(one.request_hours, 1), _MOST_HOURS),
        min(max(one.breach_hours, 1), _MOST_HOURS),
        groups,
    )
