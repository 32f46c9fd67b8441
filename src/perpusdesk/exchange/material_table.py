"""The dated table of the kinds of material that comes with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from perpusdesk.common.paths import resources
from perpusdesk.domain.materials import Material

_SOURCES = {"336": "rdacontent", "337": "rdamedia", "338": "rdacarrier"}


@cache
def material_kinds() -> Mapping[str, Material]:
    """Return the kinds by code, in order; read once."""
    path = resources("catalogue", "materials.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    before, after = table["first"].split(), table["last"].split()
    kinds = {code: part for code, part in table.items() if isinstance(part, dict)}
    return MappingProxyType(
        {code: _material(code, part, before, after) for code, part in kinds.items()}
    )


def _material(code: str, part: dict[str, Any], before: list[str], after: list[str]) -> Material:
    return Material(
        code=code,
        leader=part["leader"],
        fixed=part["fixed"],
        carrier=part.get("carrier", ""),
        form=part.get("form", ""),
        kinds=tuple((tag, term, of, _SOURCES[tag]) for tag, term, of in part["kinds"]),
        fields=(*before, *part["fields"].split(), *after),
    )
