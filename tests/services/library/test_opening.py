"""What a power cut left unfinished is finished when the library is opened for work."""

from __future__ import annotations

from perpusdesk.services.library import opening
from perpusdesk.storage.backup import swapping


def test_both_places_mean_the_same_mark() -> None:
    assert opening.UNFINISHED == swapping.UNFINISHED
