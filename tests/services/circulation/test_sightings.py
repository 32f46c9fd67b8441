"""A copy handed back where its loan is not known: refused as ever, and noted for the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.conflict_stories import ANYWAY
from helpers.devices import another_device
from helpers.library import SmallLibrary, done_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.recent import recent_actions
from perpusdesk.services.undo import undo
from perpusdesk.services.wording.refusals import say_refusal


@pytest.fixture
def van(small: SmallLibrary, tmp_path: Path) -> Iterator[Desk]:
    """A device beside that of the small library, which knows it."""
    other = another_device(small, tmp_path / "van", "Mobil 1")
    small.library.ingest(other.library.all_ops())
    yield other
    other.library.close()


def noted(desk: Desk) -> list[Any]:
    return desk.library.rows("select copy, at, branch from sighting where voided = 0 order by at")


def test_a_device_alone_notes_nothing(small: SmallLibrary, desk: Desk) -> None:
    refused = refusal_of(take_back(desk, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    assert "noted" not in refused.facts
    assert noted(desk) == []


def test_among_several_devices_it_is_noted_once_and_said(
    small: SmallLibrary, desk: Desk, van: Desk
) -> None:
    copy, began = small.copies["B0001"], small.time.wall_ms()
    for minutes in (5, 8, 30):  # the third is more than ten minutes after the first
        refused = refusal_of(take_back(desk, copy), Reason.COPY_NOT_ON_LOAN)
        assert refused.facts["noted"] is True
        small.time.passes(minutes=minutes)
    rows = noted(desk)
    assert [(row[0], row[2]) for row in rows] == [(copy.bytes, desk.branch.bytes)] * 2
    assert [row[1] - began for row in rows] == [0, 13 * 60_000]
    plain = Refused(Reason.COPY_NOT_ON_LOAN, {"barcode": "B0001"})
    assert say_refusal(refused, desk) != say_refusal(plain, desk)


def test_what_was_taken_back_just_now_is_not_noted(
    small: SmallLibrary, desk: Desk, van: Desk
) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    small.time.passes(days=1)
    value_of(take_back(desk, small.copies["B0001"]))
    small.time.passes(minutes=1)
    refusal_of(take_back(desk, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    assert noted(desk) == []


def test_a_note_is_in_no_list_and_undoing_takes_back_what_the_person_did(
    small: SmallLibrary, desk: Desk, van: Desk
) -> None:
    value_of(lend(desk, small.members["A0001"], small.copies["B0003"]))
    refusal_of(take_back(desk, small.copies["B0001"]), Reason.COPY_NOT_ON_LOAN)
    assert recent_actions(desk, limit=1)[0].verb == "lend"
    assert value_of(undo(desk)).verb == "lend"
    assert len(noted(desk)) == 1


def test_a_copy_that_goes_home_is_noted_without_an_action_to_undo(
    small: SmallLibrary, desk: Desk, van: Desk
) -> None:
    done = done_of(take_back(small.desk(branch="van"), small.copies["B0001"]))
    assert (done.value.transit_to, done.action) == ("Pusat", None)
    assert [row[2] for row in noted(desk)] == [small.branches["van"].bytes]


def test_a_copy_that_is_kept_for_somebody_is_noted_and_undone_with_that(
    small: SmallLibrary, desk: Desk, van: Desk
) -> None:
    value_of(
        place_hold(small.desk("head"), small.members["A0003"], small.titles[0], override=ANYWAY)
    )
    done = done_of(take_back(desk, small.copies["B0001"]))
    assert done.value.hold is not None
    assert len(noted(desk)) == 1
    assert value_of(undo(desk)).verb == "return"
    assert noted(desk) == []
