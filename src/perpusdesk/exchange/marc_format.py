"""The tables of MARC 21 that come with the program: fields, and codes of languages, countries."""

from __future__ import annotations

import tomllib
from functools import cache
from types import MappingProxyType

from perpusdesk.common.paths import resources
from perpusdesk.domain.marc.format import Format, read_rule


@cache
def bibliographic_format() -> Format:
    """Return the rule of each tag; read once."""
    path = resources("marc", "bibliographic.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))["fields"]
    return MappingProxyType({tag: read_rule(line) for tag, line in table.items()})


@cache
def code_lists() -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes of languages and those of countries."""
    path = resources("marc", "codes.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return frozenset(table["languages"].split()), frozenset(table["countries"].split())
