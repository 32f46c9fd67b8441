"""Every kind of story, by name."""

from __future__ import annotations

from typing import Final

from power_cuts.safety_stories import SAFETY_STORIES
from power_cuts.stories import DeskDay, Exchanges, Import, Making, Stick, Upgrade
from power_cuts.story import Story

STORIES: Final[dict[str, type[Story]]] = {
    "desk": DeskDay,
    "import": Import,
    "exchange": Exchanges,
    "stick": Stick,
    "upgrade": Upgrade,
    "making": Making,
    **SAFETY_STORIES,
}
