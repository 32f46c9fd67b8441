"""Templates of barcodes and inventory numbers in the settings of the running program."""

from __future__ import annotations

import pytest

from helpers.library import SmallLibrary
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.program import Program
from perpusdesk.services.cataloguing.add_copies import NewCopies, preview
from perpusdesk.services.cataloguing.copy_numbers import Number, own_template
from perpusdesk.services.staff.shift import take_over
from perpusdesk.ui.settings.copy_numbers import CopyNumbersSection


@pytest.fixture
def section(program: Program, small: SmallLibrary) -> CopyNumbersSection:
    """The section, opened by the head of the library."""
    program.tasks.run(lambda: take_over(program.desk, small.staff["head"]))
    program.window.go("settings")
    program.tasks.wait_idle()
    page = program.preferences.page
    page.tabs.setCurrentIndex(page.tabs.count() - 1)
    return page.numbers


def type_in(program: Program, section: CopyNumbersSection, which: Number, template: str) -> None:
    section.edits[which].setText(template)
    section._ask()
    program.tasks.wait_idle()


def test_the_next_numbers_are_shown_as_one_types(
    program: Program, section: CopyNumbersSection
) -> None:
    assert section.previews[Number.BARCODE].text() == "Berikutnya: B000001, B000002, B000003 …"
    assert section.previews[Number.INVENTORY].text().startswith("Berikutnya: 00001/P/2026")
    type_in(program, section, Number.INVENTORY, "{99999}/{kind}/{source}/{YYYY}")
    assert section.previews[Number.INVENTORY].text().startswith("Berikutnya: 00001/U/P/2026")


def test_what_is_wrong_is_said_and_not_kept(program: Program, section: CopyNumbersSection) -> None:
    type_in(program, section, Number.BARCODE, "B{999}{999}")
    assert section.fields[Number.BARCODE].error == "Ada lebih dari satu penghitung."
    section.send()
    program.tasks.wait_idle()
    assert own_template(program.desk, Number.BARCODE, None) == ""


def test_a_template_holds_for_new_copies_of_its_branch(
    program: Program, section: CopyNumbersSection, small: SmallLibrary
) -> None:
    section.branch.choose(small.branches["van"])
    type_in(program, section, Number.BARCODE, "{loc}{9999}")
    section.send()
    program.tasks.wait_idle()
    numbers = preview(program.desk, NewCopies(small.titles[0], branch=small.branches["van"]))
    assert isinstance(numbers, tuple)
    assert numbers[0][0] == "MK10001"
    here = preview(program.desk, NewCopies(small.titles[0]))
    assert isinstance(here, tuple)
    assert here[0][0] == "B000001"


def test_the_section_can_be_used(qapp, program: Program, section: CopyNumbersSection) -> None:
    program.window.toasts.clear()
    assert audit_everywhere(qapp, program.window) == []
