"""The accession register and weeding papers: the right copies, in order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Condition
from perpusdesk.services.cataloguing.conditions import mark_copy
from perpusdesk.services.cataloguing.register import Part, register_lines, remarks, without_day
from perpusdesk.services.cataloguing.register_papers import register_paper, register_sheet
from perpusdesk.services.collection.weeding import carry_out
from perpusdesk.services.collection.weeding_papers import weeding_paper, weeding_sheet
from perpusdesk.services.desk import Desk

YEAR = Part(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def bought(desk: Desk, small: SmallLibrary) -> Desk:
    for place, barcode in enumerate(("B0001", "B0003", "B0005", "B0010")):
        small.change(
            "copy",
            small.copies[barcode],
            received=date(2026, 5 - place, 1),
            source="Hibah",
            supplier="Warga",
        )
    fields = {"publisher": "Contoh Pustaka", "place": "Bandung", "year": "2020"}
    small.change("title", small.titles[0], **fields)
    return desk


def test_a_part_by_days_is_in_order_and_tells_what_has_no_day(
    bought: Desk, small: SmallLibrary
) -> None:
    lines = register_lines(bought, YEAR)
    assert not isinstance(lines, Refused)
    assert [line.barcode for line in lines] == ["B0010", "B0005", "B0003", "B0001"]
    assert without_day(bought) == 16
    elsewhere = register_lines(
        bought, Part(YEAR.first_day, YEAR.last_day, branch=small.branches["van"])
    )
    assert elsewhere == []
    refusal_of(register_lines(bought, Part()), Reason.NOTHING_CHOSEN)


def test_a_part_by_numbers_counts_through_all_sources(bought: Desk, small: SmallLibrary) -> None:
    small.change("copy", small.copies["B0004"], inventory="00004/PD/P/2026")
    small.change("copy", small.copies["B0005"], inventory="00005/PD/H/2025")
    part = Part(first_number="00003/PD/H/2026", last_number="00006/PD/H/2026")
    lines = register_lines(bought, part)
    assert not isinstance(lines, Refused)
    assert [line.inventory[:5] for line in lines] == ["00003", "00004", "00006"]


def test_the_paper_has_every_column(bought: Desk, small: SmallLibrary) -> None:
    value_of(mark_copy(bought, small.copies["B0001"], Condition.WITHDRAWN))
    paper = register_paper(bought, YEAR)
    assert not isinstance(paper, Refused)
    assert (paper.part, len(paper.rows)) == (
        "Diterima 1 Januari 2026 sampai 31 Desember 2026",
        4,
    )
    last = paper.rows[-1]
    assert (last.author, last.title, last.imprint, last.source, last.price, last.note) == (
        "Andini Contoh",
        "Pelaut Kertas",
        "Contoh Pustaka, Bandung, 2020",
        "Hibah: Warga",
        75_000,
        "ditarik 02-11-2026",
    )
    refusal_of(
        register_paper(bought, Part(date(1999, 1, 1), date(1999, 2, 1))), Reason.NOTHING_CHOSEN
    )


def test_the_workbook_is_the_twin_of_the_paper(bought: Desk, tmp_path: Path) -> None:
    file = tmp_path / "register.xlsx"
    assert register_sheet(bought, YEAR, file) == 4
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert rows[0][:4] == ["No.", "Tanggal", "Nomor induk", "Barcode"]
    assert [row[3] for row in rows[1:]] == ["B0010", "B0005", "B0003", "B0001"]
    assert rows[4][-4:] == ["Hibah", "Warga", 75_000, ""]
    assert isinstance(register_sheet(bought, Part(), file), Refused)


def test_notes_stand_beside_what_became_of_a_copy(bought: Desk, small: SmallLibrary) -> None:
    small.change("copy", small.copies["B0001"], condition=Condition.LOST, note="tanpa sampul")
    lines = register_lines(bought, YEAR)
    assert not isinstance(lines, Refused)
    assert remarks(lines[-1]) == "hilang; tanpa sampul"


def test_weeding_papers_are_the_proposal_and_then_the_report(
    head: Desk, small: SmallLibrary, tmp_path: Path
) -> None:
    refusal_of(weeding_paper(head), Reason.NOTHING_CHOSEN)
    small.change("copy", small.copies["B0001"], withdrawn_why="Rusak berat")
    proposal = weeding_paper(head)
    assert not isinstance(proposal, Refused)
    assert [(row.barcode, row.reason) for row in proposal.rows] == [("B0001", "Rusak berat")]
    assert proposal.decree == ""
    value_of(carry_out(head, [small.copies["B0001"]], "7/2026", date(2026, 11, 1)))
    report = weeding_paper(head, "7/2026")
    assert not isinstance(report, Refused)
    assert (report.decree, report.decided) == ("7/2026", date(2026, 11, 1))
    assert [one.lead for one in report.signatures] == ["", "Menyetujui,"]
    file = tmp_path / "weeding.xlsx"
    assert weeding_sheet(head, file, "7/2026") == 1
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert rows[1][-3:] == ["Rusak berat", "7/2026", "01-11-2026"]
