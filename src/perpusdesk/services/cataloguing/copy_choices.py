"""What the form of copies needs to know before it opens, and words that the library uses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from perpusdesk.domain.items import Source
from perpusdesk.services.cataloguing.add_copies import Choices, last_choices
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import copies as query

_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """Choices by name, the day, what was chosen last, and words in use, the commonest first."""

    today: date
    branches: tuple[tuple[str, UUID], ...]
    kinds: tuple[tuple[str, UUID], ...]
    sources: tuple[str, ...]
    locations: tuple[str, ...]
    suppliers: tuple[str, ...]
    last: Choices


def copy_facts(desk: Desk) -> CopyFacts:
    """Read them."""
    usual = [source.value for source in Source]
    used = query.words_in_use(desk.library, "source", _MOST)
    return CopyFacts(
        today=desk.today(),
        branches=tuple((one.name, one.id) for one in desk.branches.values()),
        kinds=tuple((one.name, one.id) for one in desk.kinds.values()),
        sources=tuple(dict.fromkeys([*usual, *used])),
        locations=tuple(query.words_in_use(desk.library, "location", _MOST)),
        suppliers=tuple(query.words_in_use(desk.library, "supplier", _MOST)),
        last=last_choices(desk),
    )
