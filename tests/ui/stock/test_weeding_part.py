"""Weeding on the screen: candidates, proposal, decision, papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.items import Condition
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.collection.weeding import decrees, proposed
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.shell import paper_files
from perpusdesk.ui.stock.weeding_room import CANDIDATES, DECISIONS, PROPOSAL


def rows(part) -> list[str]:
    return [part.rows.data(part.rows.index(place, 0)) for place in range(part.rows.rowCount())]


def age(small: SmallLibrary) -> None:
    """All came in 2016; one was lent in 2026; six years have passed."""
    desk = small.desk()
    for copy in small.copies.values():
        small.change("copy", copy, received="2016-01-04")
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    value_of(take_back(desk, small.copies["B0001"]))
    small.time.passes(days=6 * 366)


@pytest.fixture
def weeding(screen):
    age(screen.small)
    return screen.part("weeding")


def look(screen, weeding) -> None:
    weeding.look()
    screen.wait()
    rows(weeding.room.candidates)
    screen.wait()


def test_candidates_come_with_their_reasons_and_are_proposed(screen, weeding):
    look(screen, weeding)
    assert weeding.room.said[CANDIDATES].text() == "20 calon"
    shown = rows(weeding.room.candidates)
    assert "Tidak pernah dipinjam sejak 02-11-2026" in "; ".join(shown)
    assert "Terakhir dipinjam 02-11-2026" in "; ".join(shown)
    weeding.room.candidates.selectRow(0)
    weeding.propose_chosen()
    screen.wait()
    assert weeding.room.said[CANDIDATES].text() == "19 calon"
    assert weeding.room.tabs.tabText(PROPOSAL) == "Usulan (1)"
    weeding.propose_all()
    screen.wait()
    assert len(proposed(screen.desk)) == 20
    assert screen.said[-1] == "19 eksemplar diusulkan"


def test_only_what_the_rule_says_is_found(screen, weeding):
    form = weeding.room.rule
    form._never.choose(None)
    form._again.choose(None)
    form._condition.choose("damaged")
    screen.small.change("copy", screen.small.copies["B0004"], condition=Condition.DAMAGED)
    look(screen, weeding)
    assert rows(weeding.room.candidates) == ["Kebun di Atap / Bram Contoh, Rusak, B0004, 635 BRA k"]


def test_a_scanned_copy_is_proposed_once_and_taken_off_again(screen, weeding):
    screen.scan("B0003")
    assert weeding.room.front == PROPOSAL
    assert rows(weeding.room.proposal) == [
        "Kebun di Atap / Bram Contoh, Dipilih di rak, B0003, 635 BRA k"
    ]
    screen.scan("B0003")
    assert screen.said[-1] == "B0003 sudah diusulkan."
    screen.scan("XYZ")
    assert screen.sounds.last is Sound.ATTENTION
    weeding.room.proposal.selectRow(0)
    weeding.drop()
    screen.wait()
    assert rows(weeding.room.proposal) == []


def test_the_decision_withdraws_and_its_report_is_printed(screen, weeding, opened, monkeypatch):
    for barcode in ("B0003", "B0004"):
        screen.scan(barcode)
    screen.do("stock_print")
    screen.do("stock_main")
    ask = weeding.room.ask
    ask.send()
    assert ask.isVisible() and ask.form.fields[0].error
    ask.form.fields[0].edit.setText("045/2032")
    ask.form.fields[1].edit.set_date(screen.desk.today())
    ask.send()
    screen.wait()
    assert screen.said[-1] == "2 eksemplar ditarik berdasarkan 045/2032"
    assert [decree.copies for decree in decrees(screen.desk)] == [2]
    weeding.room.tabs.setCurrentIndex(DECISIONS)
    weeding.room.decisions.selectRow(0)
    screen.do("stock_print")
    assert [paper.name[:11] for paper in screen.papers()] == ["penyiangan-"] * 2
    assert len(opened) == 2
    target = screen.folder / "weeding.xlsx"
    monkeypatch.setattr(paper_files, "ask_place", lambda *_asked: target)
    weeding.save_list()
    screen.wait()
    assert target.exists()
    assert screen.said[-1] == "weeding.xlsx disimpan dengan 2 baris."


def test_without_the_right_nothing_is_withdrawn(stage):
    screen = stage("desk")
    weeding = screen.part("weeding")
    screen.scan("B0003")
    weeding.decide()
    weeding.room.ask.form.fields[0].edit.setText("1")
    weeding.room.ask.form.fields[1].edit.set_date(screen.desk.today())
    weeding.room.ask.send()
    screen.wait()
    assert "hak" in screen.said[-1]
    assert len(proposed(screen.desk)) == 1


def test_an_empty_proposal_is_not_decided_nor_printed(screen, weeding):
    weeding.decide()
    assert not weeding.room.ask.isVisible()
    weeding.room.tabs.setCurrentIndex(DECISIONS)
    weeding.print_paper()
    screen.wait()
    assert list((screen.folder / "papers").iterdir()) == []


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", ["empty", "found", "proposed", "deciding", "decided"])
def test_the_screen_can_be_used(qapp, stage, language, state):
    set_language(language)
    screen = stage("head")
    weeding = screen.part("weeding")
    if state != "empty":
        age(screen.small)
        look(screen, weeding)
    if state in ("proposed", "deciding", "decided"):
        weeding.propose_all()
        screen.wait()
        weeding.room.tabs.setCurrentIndex(PROPOSAL)
    if state in ("deciding", "decided"):
        weeding.decide()
    if state == "decided":
        weeding.room.ask.form.fields[0].edit.setText("045/2032")
        weeding.room.ask.form.fields[1].edit.set_date(screen.desk.today())
        weeding.room.ask.send()
        screen.wait()
        weeding.room.tabs.setCurrentIndex(DECISIONS)
    screen.window.toasts.clear()
    assert audit_everywhere(qapp, screen.window) == []


def test_papers_are_written_where_they_are_kept(screen, weeding):
    screen.scan("B0003")
    weeding.print_paper()
    screen.wait()
    (paper,) = screen.papers()
    assert Path(paper).read_bytes().startswith(b"%PDF")
