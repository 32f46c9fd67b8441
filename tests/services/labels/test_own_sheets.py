"""Sheets of a library's own: typed in, kept for every device, refused where they cannot be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

import pytest

from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.ids import named_id
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import own_sheets
from perpusdesk.services.labels.own_sheets import Measures
from perpusdesk.services.undo import undo

MINE = Measures((200.0, 150.0), (60.0, 30.0), 3, 4, (5.0, 10.0), (2.5, 1.0))


@pytest.fixture
def desk(head: Desk) -> Desk:
    """Sheets are for who sets the library's rules."""
    return head


def test_a_sheet_is_kept_changed_and_removed(desk: Desk) -> None:
    program = own_sheets.sheets(desk)
    assert "tom-jerry-107" in program
    kept = value_of(own_sheets.keep_sheet(desk, "  Stiker   kita ", MINE))
    found = own_sheets.sheets(desk)
    assert next(iter(found)) == kept.key
    assert found[kept.key] == kept
    assert (kept.name, kept.count, kept.place(4)) == ("Stiker kita", 12, (67.5, 41.0))
    assert own_sheets.measures_of(kept) == MINE
    wider = replace(MINE, label=(61.0, 30.0))
    changed = value_of(own_sheets.keep_sheet(desk, "Stiker kita", wider, kept.key))
    assert changed.key == kept.key
    assert own_sheets.sheets(desk)[kept.key].label == (61.0, 30.0)
    removed = own_sheets.remove_sheet(desk, kept.key)
    assert own_sheets.sheets(desk) == program
    undo(desk, action_of(removed))
    assert own_sheets.sheets(desk)[kept.key].label == (61.0, 30.0)


def test_another_device_gets_the_sheet(desk: Desk, small: SmallLibrary) -> None:
    digest = small.library.digest()
    own_sheets.keep_sheet(desk, "Stiker kita", MINE)
    assert small.library.digest() != digest
    assert any(
        sheet.name == "Stiker kita" for sheet in own_sheets.sheets(small.desk("head")).values()
    )


@pytest.mark.parametrize(
    ("changes", "right", "bottom"),
    [
        ({"columns": 4}, 52.5, 0.0),
        ({"rows": 5}, 0.0, 14.0),
        ({"label": (60.0, 0.0)}, 0.0, 0.0),
        ({"columns": 0}, 0.0, 0.0),
        ({"margin": (-1.0, 0.0)}, 0.0, 0.0),
    ],
)
def test_stickers_that_do_not_fit_are_refused(
    desk: Desk, changes: dict[str, object], right: float, bottom: float
) -> None:
    measures = cast(Measures, replace(cast(Any, MINE), **changes))
    answer = own_sheets.keep_sheet(desk, "Salah", measures)
    facts = refusal_of(answer, Reason.SHEET_OFF_PAGE).facts
    assert facts == {"right": right, "bottom": bottom}


def test_a_sheet_needs_a_name_and_the_programs_own_stay(desk: Desk) -> None:
    refusal_of(own_sheets.keep_sheet(desk, "  ", MINE), Reason.NAME_MISSING)
    refusal_of(own_sheets.remove_sheet(desk, "a4-3x8"), Reason.NOTHING_TO_UNDO)


def test_a_row_that_makes_no_sense_is_passed_over(
    desk: Desk, small: SmallLibrary, expect_log: Callable[[str], None]
) -> None:
    expect_log("passed over a sheet")
    program = own_sheets.sheets(desk)
    for number, packed in enumerate((b"", b"\xc1", b"\x81\xa4page\x01", None)):
        small.change("label_sheet", named_id("test", str(number)), name="Aneh", measures=packed)
    assert own_sheets.sheets(desk) == program
