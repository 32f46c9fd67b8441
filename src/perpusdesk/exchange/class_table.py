"""The dated table of short captions of the classification that comes with the program."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from perpusdesk.common.paths import resources


@cache
def class_captions() -> Mapping[str, tuple[str, str]]:
    """Return number to (Indonesian, English), in order; read once."""
    path = resources("catalogue", "classes.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))["captions"]
    return MappingProxyType({number: (said[0], said[1]) for number, said in table.items()})
