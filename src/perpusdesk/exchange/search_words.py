"""The dated table of synonyms that comes with the program."""

from __future__ import annotations

import tomllib
from functools import cache

from perpusdesk.common.paths import resources
from perpusdesk.domain.words.synonyms import Synonyms, synonyms_of

_DATED = "dated"


@cache
def synonyms() -> Synonyms:
    """Return the synonyms; read once."""
    table = tomllib.loads(resources("search", "synonyms.toml").read_text(encoding="utf-8"))
    groups = (group for name, part in table.items() if name != _DATED for group in part)
    return synonyms_of(groups)
