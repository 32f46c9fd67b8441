"""The first run without a screen: order, ways back, what is refused."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from perpusdesk.protocol.enrolment_code import EnrolmentCode, write
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.scan.wedge import WedgeSettings
from perpusdesk.services.safety.restore import FoundStore
from perpusdesk.storage.backup.places import FolderPlace
from perpusdesk.storage.backup.store import new_lock
from perpusdesk.ui.wizard.folder_check import check_folder
from perpusdesk.ui.wizard.steps import Answers, Step, Way, Wizard, Wrong, nearest_zone


def wizard(**answers: object) -> Wizard:
    made = Wizard(Answers("id", Path("library")))
    made.answer(**answers)
    return made


def named(**answers: object) -> Wizard:
    usual = {"library": "Perpustakaan Contoh", "branch": "Pusat", "person": "Sri Contoh"}
    return wizard(**{**usual, **answers})


CODE = EnrolmentCode("https://perpus.example", None, bytes(16), bytes(10), 1_795_000_000)


def with_sheet(made: Wizard) -> Wizard:
    """Answer as somebody who has the sheet at hand."""
    made.draw_sheet()
    answers = made.answers
    made.answer(typed=answers.drawn.split("-")[answers.group - 1].lower())
    return made


def walk(made: Wizard) -> list[Step]:
    steps = [made.step]
    while not made.at_end:
        assert not made.next()
        steps.append(made.step)
    return steps


def test_a_new_library_asks_everything_once() -> None:
    asked = [step for step in Step if step not in (Step.CODE, Step.BACKUP)]
    assert walk(with_sheet(named())) == asked


def test_the_sheet_counts_only_with_its_group_or_is_left_for_later() -> None:
    made = named()
    while made.step is not Step.SHEET:
        made.next()
    made.draw_sheet()
    code = made.answers.drawn
    for typed in ("", "00000"):
        made.answer(typed=typed)
        assert made.next() == {"typed": Wrong.NOT_THE_GROUP}
        assert made.answers.sheet == ""
    made.answer(typed=code.split("-")[made.answers.group - 1])
    assert not made.next()
    assert made.answers.sheet == code
    made.back()
    made.draw_sheet()
    assert made.answers.drawn == code, "what was printed stays good"
    made.skip()
    assert made.at_end
    assert made.answers.sheet == ""


def test_the_demo_asks_nothing_about_a_library() -> None:
    assert walk(wizard(way=Way.DEMO)) == [Step.LANGUAGE, Step.WAY, Step.READY]


def test_joining_asks_for_the_code_and_nothing_of_the_library() -> None:
    made = wizard(way=Way.JOIN, device="Meja depan")
    assert made.path == (Step.LANGUAGE, Step.WAY, Step.CODE, Step.SCANNER, Step.READY)
    made.next()
    made.next()
    assert made.next() == {"code": Wrong.BAD_CODE}
    made.answer(code=write(CODE), device=" ")
    assert made.next() == {"device": Wrong.MISSING}
    made.answer(device="Meja depan")
    made.check_folder = lambda _folder: Wrong.NETWORK
    assert made.next() == {"folder": Wrong.NETWORK}
    made.check_folder = lambda _folder: None
    made.next()
    made.next()
    assert made.at_end
    made.back_to(Step.CODE)
    assert made.step is Step.CODE


def test_back_goes_the_way_one_came_and_keeps_the_answers() -> None:
    made = with_sheet(named())
    steps = walk(made)
    seen = [made.step]
    while made.can_go_back:
        made.back()
        seen.append(made.step)
    assert seen == steps[::-1]
    assert made.answers.library == "Perpustakaan Contoh"
    made.back()
    assert made.step is Step.LANGUAGE


@pytest.mark.parametrize("empty", ["library", "branch", "person"])
def test_a_name_that_is_missing_holds_the_step(empty: str) -> None:
    made = named(**{empty: "  "})
    while not (faults := made.next()):
        assert not made.at_end
    assert faults == {empty: Wrong.MISSING}
    step = made.step
    made.answer(**{empty: "x" * 500})
    assert made.next() == {empty: Wrong.TOO_LONG}
    assert made.step is step


def test_skipping_takes_what_is_proposed() -> None:
    made = named(role="head", scanner=WedgeSettings())
    while not made.can_skip:
        made.next()
    made.skip()
    made.skip()
    made.skip()
    assert made.at_end
    assert (made.answers.person, made.answers.role) == ("", "administrator")
    assert made.answers.scanner is None


def test_what_cannot_be_skipped_stays() -> None:
    made = wizard()
    made.skip()
    assert made.step is Step.LANGUAGE


@pytest.mark.parametrize(
    ("offset", "zone"),
    [
        (timedelta(hours=7), 420),
        (timedelta(hours=8), 480),
        (timedelta(hours=9), 540),
        (timedelta(hours=8, minutes=20), 480),
        (timedelta(0), 420),
        (timedelta(hours=-5), 420),
        (None, 420),
    ],
)
def test_the_computers_own_zone_is_proposed(offset: timedelta | None, zone: int) -> None:
    assert nearest_zone(offset) == zone


def test_folders_that_cannot_hold_a_library_are_told_apart(tmp_path: Path) -> None:
    assert check_folder(tmp_path / "new" / "library") is None
    assert check_folder(tmp_path / "Dropbox" / "library") is Wrong.SYNCED
    (tmp_path / "library.db").write_bytes(b"")
    assert check_folder(tmp_path) is Wrong.TAKEN
    (tmp_path / "file").write_text("x")
    assert check_folder(tmp_path / "file" / "under") is Wrong.READ_ONLY


def test_an_unsafe_folder_holds_the_step() -> None:
    made = named()
    made.check_folder = lambda _folder: Wrong.SYNCED
    made.next()
    made.next()
    assert made.next() == {"folder": Wrong.SYNCED}
    assert made.step is Step.LIBRARY


def test_a_pin_of_the_first_person_may_be_left_out_but_not_be_weak(tmp_path: Path) -> None:
    wizard = Wizard(Answers("id", tmp_path, person="Siti Contoh"), step=Step.PERSON)
    assert not wizard.faults()
    for pin, wrong in (("123456", True), ("1234", True), ("siti contoh", True), ("482913", False)):
        wizard.answer(pin=pin)
        assert bool(wizard.faults()) == wrong, pin


def test_a_restore_is_asked_in_three_steps_and_wants_backup_and_code() -> None:
    wizard = named()
    wizard.answer(way=Way.RESTORE)
    assert wizard.path == (Step.LANGUAGE, Step.WAY, Step.BACKUP)
    wizard.next()
    wizard.next()
    assert wizard.at_end
    wizard.answer(from_server=False)
    assert wizard.faults() == {"backup": Wrong.MISSING, "recovery": Wrong.BAD_RECOVERY}
    wizard.answer(recovery=new_code(bytes(16)))
    assert wizard.faults() == {"backup": Wrong.MISSING}


def test_without_a_stick_the_server_is_asked_unless_somebody_says_otherwise() -> None:
    wizard = named()
    wizard.answer(way=Way.RESTORE, recovery=new_code(bytes(16)))
    wizard.next()
    wizard.next()
    assert wizard.from_server
    assert wizard.faults() == {"code": Wrong.BAD_CODE}
    found = FoundStore(FolderPlace(Path("stick")), new_lock(bytes(16), bytes(16), "", ""), None, 1)
    wizard.found = (found,)
    assert not wizard.from_server
    wizard.answer(from_server=True)
    assert wizard.from_server
