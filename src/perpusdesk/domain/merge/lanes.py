"""Which of a device's two streams an op goes into, so that loans never wait behind a catalogue.

A program's run draws 63 random bits; its streams are ``run << 1 | lane``.
"""

from __future__ import annotations

from typing import Final

URGENT: Final = 0
BULK: Final = 1
LANES: Final = (URGENT, BULK)

_BULK_TYPES: Final = frozenset(
    {
        "title",
        "copy",
        "cover",
        "photo",
        "attachment",
        "heading",
        "subscription",
        "issue",
        "title_template",
        "label_sheet",
        "import_run",
    }
)


def lane_of_type(entity_type: str) -> int:
    """Return the lane in which ops of an entity type are sent."""
    return BULK if entity_type in _BULK_TYPES else URGENT


def lane_of_stream(incarnation: int) -> int:
    """Return the lane that a stream belongs to."""
    return incarnation & 1


def stream_of(run: int, lane: int) -> int:
    """Return the incarnation of a run's stream."""
    return run << 1 | lane
