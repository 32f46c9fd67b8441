"""What comes with the program for the demo library: real titles and parts of made-up people."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from itertools import islice
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from perpusdesk.common.paths import resources
from perpusdesk.exchange.marc_titles import read_titles_file
from perpusdesk.exchange.rule_files import HoursRow
from perpusdesk.exchange.title_record import TitleRecord


class BranchRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A branch or van of the demo library; ``share`` is its part of 100 of members and copies."""

    name: str
    code: str
    share: Annotated[int, Meta(ge=1, le=100)]
    hours: list[HoursRow] = []


class People(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Parts of names, places and telephone numbers that belong to nobody."""

    given: list[str]
    middle: list[str]
    marker: list[str]
    primary_schools: list[str]
    middle_schools: list[str]
    high_schools: list[str]
    campuses: list[str]
    offices: list[str]
    streets: list[str]
    villages: list[str]
    phone_prefix: str
    branch: list[BranchRow]


def demo_titles(limit: int | None = None) -> Iterator[TitleRecord]:
    """Yield the demo library's titles (3,200) in their fixed, mixed order, at most ``limit``."""
    records = read_titles_file(resources("demo", "titles.mrc.xz"))
    return islice((entry for entry in records if isinstance(entry, TitleRecord)), limit)


def demo_people() -> People:
    """Return the parts that members are made of."""
    text = resources("demo", "people.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), People)
