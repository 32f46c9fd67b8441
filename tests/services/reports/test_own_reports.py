"""Own reports at the desk: saved, shared, shown to whom they may be shown, written into files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.own_reports.report import Condition, How, Report, begun
from perpusdesk.domain.own_reports.schedule import Every
from perpusdesk.printing.document import document_pages
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.export_list import ListSheet, export_list
from perpusdesk.services.reports.own_report_conditions import condition_text, typed_condition
from perpusdesk.services.reports.own_report_papers import own_report_document
from perpusdesk.services.reports.own_reports import (
    Preview,
    keep_report,
    own_reports,
    preview,
    remove_report,
    report_sheet,
)
from perpusdesk.services.reports.report_schedules import schedule_own, schedules
from perpusdesk.services.undo import undo

LOANS = Report("loans", ("lent", "barcode", "title", "renewals"), period="month")
WHO = Report("loans", ("lent", "member", "card"))


def _lent(small: SmallLibrary) -> None:
    desk = small.desk()
    for card, barcode in (("A0001", "B0001"), ("A0001", "B0003"), ("A0002", "B0007")):
        value_of(lend(desk, small.members[card], small.copies[barcode]))


def _seen(answer: Preview | Refused) -> Preview:
    assert isinstance(answer, Preview), answer
    return answer


def _sheet(answer: ListSheet | Refused) -> ListSheet:
    assert isinstance(answer, ListSheet), answer
    return answer


def test_a_report_is_saved_changed_and_removed_and_each_can_be_undone(
    small: SmallLibrary,
) -> None:
    desk = small.desk("head")
    kept = value_of(keep_report(desk, "  Pinjaman   bulan ini ", LOANS))
    assert [(one.name, one.report) for one in own_reports(desk)] == [("Pinjaman bulan ini", LOANS)]
    by_class = Report("loans", ("renewals",), group="class")
    changed = keep_report(desk, "Per kelas", by_class, kept.id)
    assert [(one.id, one.report) for one in own_reports(desk)] == [(kept.id, by_class)]
    value_of(undo(desk, action_of(changed)))
    assert own_reports(desk)[0].report == LOANS
    gone = remove_report(desk, kept.id)
    assert own_reports(desk) == []
    value_of(undo(desk, action_of(gone)))
    assert own_reports(desk)[0].name == "Pinjaman bulan ini"


def test_what_is_no_report_is_refused(small: SmallLibrary) -> None:
    refusal_of(keep_report(small.desk("head"), " ", LOANS), Reason.NAME_MISSING)
    nothing = Report("loans", ("no such column",))
    refusal_of(keep_report(small.desk("head"), "X", nothing), Reason.NOTHING_CHOSEN)
    refusal_of(keep_report(small.desk("volunteer"), "X", LOANS), Reason.RIGHT_MISSING)
    refusal_of(remove_report(small.desk("head"), small.titles[0]), Reason.NOTHING_TO_UNDO)


def test_another_device_of_the_library_gets_the_report(small: SmallLibrary, tmp_path: Path) -> None:
    value_of(keep_report(small.desk("head"), "Bersama", LOANS))
    other = another_device(small, tmp_path / "other", "Laptop")
    changed = Report("loans", ("title",), group="month")
    kept = own_reports(other)[0]
    assert kept.report == LOANS
    value_of(keep_report(small.desk("head"), kept.name, changed, kept.id))
    exchange(small.desk(), other)
    assert [one.report for one in own_reports(other)] == [changed]
    other.library.close()


def test_who_may_not_work_with_members_sees_no_report_that_tells_of_them(
    small: SmallLibrary,
) -> None:
    _lent(small)
    volunteer = small.desk("volunteer")
    assert _seen(preview(volunteer, LOANS)).count == 3
    looked = Report("loans", ("title",), (Condition("member", How.CONTAINS, "siti"),))
    for report in (WHO, looked, Report("loans", ("title",), order="card")):
        refusal_of(preview(volunteer, report), Reason.RIGHT_MISSING)
        refusal_of(report_sheet(volunteer, report), Reason.RIGHT_MISSING)
    assert _seen(preview(small.desk(), looked)).count == 2


def test_a_file_that_tells_of_members_knows_whom_it_is_to_be_accounted_for(
    small: SmallLibrary,
) -> None:
    _lent(small)
    sheet = _sheet(report_sheet(small.desk(), WHO))
    assert sheet.people == 2
    assert set(sheet.members) == {small.members["A0001"], small.members["A0002"]}
    assert _sheet(report_sheet(small.desk(), LOANS)).people == 0


def test_who_is_hidden_or_erased_is_blank_in_every_report(small: SmallLibrary) -> None:
    _lent(small)
    small.change("member", small.members["A0001"], restricted="2026-11-02")
    names = {row[1] for row in _seen(preview(small.desk(), WHO)).rows}
    assert names == {"", "Budi Misalnya"}
    looked = Report("loans", ("title",), (Condition("member", How.CONTAINS, "siti"),))
    assert _seen(preview(small.desk(), looked)).count == 0


def test_groups_are_counted_and_summed_and_saved(small: SmallLibrary, tmp_path: Path) -> None:
    _lent(small)
    desk = small.desk()
    report = Report("loans", ("renewals",), group="category")
    assert _seen(preview(desk, report)).rows == (("Umum", 3, 0),)
    file = tmp_path / "golongan.xlsx"
    assert export_list(desk, _sheet(report_sheet(desk, report)), file).lines == 1
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert rows == [["Kategori anggota", "Jumlah", "Perpanjangan"], ["Umum", 3.0, 0.0]]


def test_a_report_of_another_period_than_its_own(small: SmallLibrary) -> None:
    _lent(small)
    october = Period("2026-10", "2026-10")
    assert _seen(preview(small.desk(), LOANS, period=october)).count == 0
    titles = begun("titles")
    assert _seen(preview(small.desk(), titles, period=october)).count == 10


def test_codes_and_days_and_numbers_are_typed_as_people_say_them(small: SmallLibrary) -> None:
    desk = small.desk()
    day = typed_condition(desk, "loans", "lent", How.AT_LEAST, "2-11-2026")
    assert day == Condition("lent", How.AT_LEAST, "2026-11-02")
    code = typed_condition(desk, "copies", "condition", How.EQUALS, "Hilang")
    assert code == Condition("condition", How.EQUALS, "lost")
    money = typed_condition(desk, "copies", "price", How.AT_MOST, "25.000")
    assert money == Condition("price", How.AT_MOST, 25_000)
    assert isinstance(money, Condition)
    assert condition_text(desk, "copies", money) == "Harga sampai Rp25.000"
    assert isinstance(day, Condition)
    assert condition_text(desk, "loans", day).startswith("Dipinjamkan mulai ")
    for column, how, typed in (
        ("price", How.AT_MOST, "murah"),
        ("received", How.AT_LEAST, "31-02-2026"),
        ("price", How.CONTAINS, "1"),
        ("nothing", How.EQUALS, "1"),
    ):
        answer = typed_condition(desk, "copies", column, how, typed)
        refusal_of(answer, Reason.CONDITION_INVALID)


def test_the_paper_says_what_it_covers(small: SmallLibrary) -> None:
    _lent(small)
    report = Report("loans", ("lent", "title"), (Condition("title", How.CONTAINS, "e"),), "2026")
    paper = own_report_document(small.desk(), report, "Peminjaman")
    assert not isinstance(paper, Refused)
    pages = pypdfium2.PdfDocument(document_pages(paper))
    text = pages[0].get_textpage().get_text_range()
    for said in ("Peminjaman", "2026", "Semua cabang", "Judul memuat e", "Menghitung Hujan"):
        assert said in text


def test_a_schedule_goes_with_its_report_and_comes_back_with_it(
    small: SmallLibrary, tmp_path: Path
) -> None:
    desk = small.desk("head")
    kept = value_of(keep_report(desk, "Bulanan", LOANS))
    value_of(schedule_own(desk, kept.id, Every.MONTH, tmp_path))
    gone = remove_report(desk, kept.id)
    assert schedules(desk) == []
    value_of(undo(desk, action_of(gone)))
    assert [one.name for one in schedules(desk)] == ["Bulanan"]


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 3, 31), date(2026, 12, 31)])
def test_periods_that_move_along_are_whole_ones_at_or_before_the_day(day: date) -> None:
    for span in ("month", "last_month", "last_quarter", "year", "last_year"):
        period = Report("loans", ("lent",), period=span).months(day)
        assert period is not None
        assert period.begins <= day
        assert (period.ends < day) == span.startswith("last")
