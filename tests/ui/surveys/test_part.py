"""The tab of surveys: begun, changed, closed, results narrowed, papers made."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.surveys import FOURS, answered, published
from helpers.ui_audit import audit_everywhere
from perpusdesk.services.feedback.improvements import improvement_lines
from perpusdesk.services.surveys.survey_drafts import drafts
from perpusdesk.services.surveys.surveys import surveys
from perpusdesk.services.undo import undo
from perpusdesk.ui.kit.theme import Scheme, ThemeSettings, apply
from perpusdesk.ui.shell import paper_files
from perpusdesk.ui.surveys import results as results_module
from perpusdesk.ui.surveys.actions import survey_actions
from perpusdesk.ui.surveys.names import Room


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Open no file in another program; tell which would be."""
    files: list[str] = []
    monkeypatch.setattr(
        paper_files.QDesktopServices, "openUrl", lambda url: files.append(url.toLocalFile())
    )
    return files


def fill(where, ask, **fields: object) -> None:
    """Fill the question in the page and send it."""
    by_name = {field.name: field.edit for field in ask.form.fields}
    for name, value in fields.items():
        edit = by_name[name]
        edit.setValue(value) if isinstance(value, int) else edit.setText(value)
    ask.send()
    where.wait()


def test_the_way_from_nothing_to_a_running_survey(head) -> None:
    part = head.part
    part.ask_new()
    head.wait()
    assert part.room is Room.FORMS
    assert "Nomor 14 Tahun 2017" in part.forms.ask.form.fields[0].said
    part.forms.ask.send()
    head.wait()
    assert part.room is Room.BUILDER
    part.builder.publish()
    head.wait()
    part.escape()
    head.wait()
    assert "versi 1" in head.rows(part.forms.rows)[0]
    part.ask_new()
    head.wait()
    ask = part.list.ask
    field = next(one for one in ask.form.fields if one.name == "population")
    field.edit.setValue(1000)
    assert "278" in field.said
    fill(head, ask, name="SKM 2026")
    assert head.rows(part.list.rows) == [
        "SKM 2026, Kepuasan masyarakat (SKM) · 02-11-2026 s.d. 02-12-2026 · semua cabang,"
        " belum cukup responden, 0 dari 278"
    ]
    assert part.list.says.text() == "1 survei berjalan"


def test_a_survey_with_a_reversed_time_is_not_begun(head) -> None:
    published(head.desk)
    head.part.ask_new()
    head.wait()
    ask = head.part.list.ask
    fill(head, ask, name=" ", last_day="01-01-2020")
    assert {field.name for field in ask.form.fields if field.error} == {"name", "last_day"}
    head.part.escape()
    assert ask.isHidden()
    assert surveys(head.desk) == []


def test_a_survey_is_changed_closed_opened_and_undone(head) -> None:
    head.begun()
    head.press("Ubah")
    fill(head, head.part.list.ask, name="SKM diubah", population=10)
    assert "0 dari 10" in head.rows(head.part.list.rows)[0]
    head.press("Tutup")
    assert "ditutup" in head.rows(head.part.list.rows)[0]
    assert "Ketik formulir kertas" not in head.steps(head.part.list)
    head.press("Buka lagi")
    assert surveys(head.desk)[0].closed is None
    head.press("Hapus")
    assert surveys(head.desk) == []
    head.part.doing.run(lambda: undo(head.desk))
    head.wait()
    assert [one.name for one in surveys(head.desk)] == ["SKM diubah"]


def test_a_result_shows_its_figure_weight_and_warning(head) -> None:
    line = head.begun(population=1000)
    answered(head.desk, line.id, FOURS | {"waktu": 1, "layanan": "1"})
    answered(head.desk, line.id, FOURS | {"layanan": "2"})
    head.press("Hasil")
    view = head.part.results.view
    assert view.figure.text() == "95,83"
    assert "A (Sangat baik) · bobot 1/9" in view.says.text()
    assert "2 dari 278" in view.warning.text()
    view.weight.setCurrentIndex(2)
    head.wait()
    assert view.figure.text() == "94,88"
    assert "0,11 (templat lama)" in view.says.text()


def test_a_result_is_narrowed_to_a_service(head) -> None:
    line = head.begun()
    answered(head.desk, line.id, FOURS | {"waktu": 1, "layanan": "1"})
    answered(head.desk, line.id, FOURS | {"layanan": "2"})
    head.press("Hasil")
    view = head.part.results.view
    choices = [view.service.itemText(place) for place in range(view.service.count())]
    assert choices == ["Semua layanan", "Membaca di tempat", "Peminjaman dan pengembalian"]
    view.service.setCurrentIndex(1)
    head.wait()
    assert (view.figure.text(), view.facts.text()[:11]) == ("100,00", "1 responden")


def test_the_three_lowest_go_on_the_board(head) -> None:
    line = head.begun()
    answered(head.desk, line.id, FOURS | {"waktu": 1})
    head.press("Hasil")
    for told in ("3 temuan baru", "Ketiganya sudah ada"):
        head.part.results.propose()
        head.wait()
        assert told in head.said[-1]
    assert len(improvement_lines(head.desk)) == 3


def test_the_papers_are_written(head, opened: list[str], monkeypatch, tmp_path: Path) -> None:
    line = head.begun()
    answered(head.desk, line.id, FOURS)
    head.press("Hasil")
    results = head.part.results
    results.print_sheet()
    head.wait()
    results.print_report()
    head.wait()
    places = {"png": tmp_path / "ikm.png", "xlsx": tmp_path / "responden.xlsx"}
    for module in (results_module, paper_files):
        monkeypatch.setattr(module, "ask_place", lambda _parent, _name, kinds: places[kinds[0]])
    results.save_image()
    head.wait()
    results.save_table()
    head.wait()
    head.part.escape()
    head.wait()
    head.part.tabs.setCurrentIndex(1)
    head.wait()
    head.press("Cetak formulir kertas")
    assert [Path(file).read_bytes()[:4] for file in opened] == [b"%PDF"] * 3
    assert all(file.stat().st_size > 1000 for file in places.values())


def test_a_form_is_copied_and_removed(head) -> None:
    published(head.desk)
    head.part.tabs.setCurrentIndex(1)
    head.wait()
    head.press("Salin")
    assert head.part.room is Room.BUILDER
    head.part.escape()
    head.wait()
    names = {one.name for one in drafts(head.desk)}
    assert names == {"Survei Kepuasan Masyarakat", "Salinan Survei Kepuasan Masyarakat"}
    head.press("Hapus")
    assert len(drafts(head.desk)) == 1


def test_who_may_not_is_told_so(stage) -> None:
    where = stage("desk")
    where.part.ask_new()
    where.wait()
    where.part.forms.ask.send()
    where.wait()
    assert any("hak" in said for said in where.said)
    assert drafts(where.desk) == []


def test_the_screens_are_for_everybody(head, qapp) -> None:
    assert audit_everywhere(qapp, head.window) == []
    line = head.begun(population=1000)
    answered(head.desk, line.id, FOURS | {"waktu": 1, "saran": "Tambah kursi"})
    other = head.begun("workshop", name="Workshop")
    answered(head.desk, other.id, {"materi_jelas": 3, "tes_awal": 40, "tes_akhir": 70})
    head.part.opened()
    head.wait()
    assert audit_everywhere(qapp, head.window) == []
    for name in (line.name, other.name):
        rows = head.part.list.rows
        rows.selectRow([one.name for one in rows._records].index(name))
        head.press("Hasil")
        assert audit_everywhere(qapp, head.window) == []
        head.part.escape()
        head.wait()
    head.part.ask_new()
    head.wait()
    assert audit_everywhere(qapp, head.window) == []
    apply(qapp, ThemeSettings(Scheme.LIGHT, 100, high_contrast=False))


def test_the_palette_leads_to_surveys_and_forms(head) -> None:
    head.window.registry.add(*survey_actions(lambda: head.part))
    head.window.registry.run("survey_forms")
    assert head.part.room is Room.FORMS
    published(head.desk)
    head.window.registry.run("survey_new")
    head.wait()
    assert (head.part.room, head.part.list.ask.isHidden()) == (Room.SURVEYS, False)
