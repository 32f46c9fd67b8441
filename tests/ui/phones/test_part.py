"""Forms on phones from the desk: turned on, opened by the code on screen, answered, turned off."""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import cv2
import numpy as np
import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage
from helpers.surveys import FOURS, begun
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.phoning import Phoning
from perpusdesk.printing.phone_poster import Poster, phone_poster
from perpusdesk.services.feedback.phone_offers import Offer, offers_of
from perpusdesk.services.results import Done
from perpusdesk.services.undo import undo
from perpusdesk.ui.phones.part import PhonesPart
from perpusdesk.ui.visits.page import VisitsPage


class OnlyHere(Phoning):
    """Is reached by this computer alone."""

    def places(self) -> Sequence[tuple[str, str]]:
        """Return the address of this computer's own."""
        return [("lo", f"http://127.0.0.1:{self._server.port}/")] if self._server else []


class PhonesStage(Stage):
    """The screen of visits with the phones alone; addresses are those of this computer only."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.phoning = OnlyHere(self.desk, self.tasks, self.window.messages, folder)
        self.part: PhonesPart = self.phoning.part()
        self.page = VisitsPage()
        self.page.add_tab("phones", "Ponsel", lambda: self.part)
        self.put(self.page)
        self.window.go(self.page.name)
        self.wait()

    def turn_on(self) -> None:
        """Press the button and wait until phones are served."""
        self.part.on.click()
        self.wait()


@pytest.fixture
def stage(qtbot: QtBot, small: SmallLibrary, tmp_path: Path) -> Iterator[PhonesStage]:
    begun(small.desk("head"))
    made = PhonesStage(qtbot, small, "head", tmp_path)
    yield made
    made.phoning.close()
    made.close()


def _seen(picture: QImage) -> str:
    grey = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    found = zxingcpp.read_barcodes(np.ascontiguousarray(rows[:, : grey.width()]))
    return str(found[0].text) if found else ""


def test_it_is_off_until_somebody_turns_it_on(stage: PhonesStage) -> None:
    assert stage.part.state.text() == "Formulir ponsel mati"
    assert not stage.part.code.isVisible() and stage.part.url() == ""
    assert [offer for offer, tick in stage.part.ticks.items() if tick.isChecked()] == [
        Offer.SURVEYS
    ]


def _places(stage: PhonesStage) -> list[str]:
    """Return what the list offers: the ends of the addresses."""
    rows = stage.part.rows
    found = []
    for row in range(rows.rows.rowCount()):
        rows.selectRow(row)
        found.append(stage.part.url().partition("/")[2].partition("/")[2].partition("/")[2])
    return found


def test_what_visitors_may_do_is_ticked_and_undone(stage: PhonesStage) -> None:
    stage.turn_on()
    assert [place.partition("/")[0] for place in _places(stage)] == ["", "s"]
    for offer in (Offer.WISHES, Offer.MESSAGES):
        stage.part.ticks[offer].click()
        stage.wait()
    assert offers_of(stage.desk) == set(Offer)
    assert _places(stage)[2:] == ["usul", "pesan"]
    assert stage.part.url().endswith("/pesan")
    stage.part.rows.selectRow(0)  # the start serves all
    page = urllib.request.urlopen(stage.part.url(), timeout=60).read().decode()
    assert 'href="/usul"' in page and 'href="/pesan"' in page
    stage.part.rows.selectRow(3)
    assert isinstance(undo(stage.desk), Done)
    stage.part.opened()
    stage.wait()
    assert offers_of(stage.desk) == {Offer.SURVEYS, Offer.WISHES}
    assert not stage.part.url().endswith("/pesan")  # what was chosen is no more


def test_nothing_ticked_is_nothing_to_open(stage: PhonesStage, qapp: QApplication) -> None:
    stage.turn_on()
    stage.part.ticks[Offer.SURVEYS].click()
    stage.wait()
    assert stage.part.url() == "" and "Belum ada" in stage.part.hint.text()
    assert audit_everywhere(qapp, stage.window) == []


def test_only_who_answers_complaints_changes_it(
    qtbot: QtBot, small: SmallLibrary, tmp_path: Path
) -> None:
    made = PhonesStage(qtbot, small, "volunteer", tmp_path)
    assert not any(tick.isEnabled() for tick in made.part.ticks.values())
    assert made.part._locked.isVisible()
    made.phoning.close()
    made.close()


def test_the_code_on_the_screen_opens_the_form_and_the_answer_is_kept(stage: PhonesStage) -> None:
    stage.turn_on()
    assert stage.part.state.text() == "Formulir ponsel hidup"
    stage.part.rows.selectRow(1)
    url = _seen(stage.part.code.grab().toImage())
    assert url == stage.part.url() and "/s/" in url
    opened = urllib.request.urlopen(url, timeout=10)
    page = opened.read().decode()
    action = re.search(r'action="([^"]+)"', page)
    assert action
    sent = urlencode({f"q-{name}": value for name, value in FOURS.items()}).encode()
    base = url.split("/s/")[0]
    assert urllib.request.urlopen(f"{base}{action[1]}", sent, timeout=10).status == 200
    kept = stage.desk.library.rows("select channel from answer")
    assert kept == [("phone",)]
    staff = stage.desk.library.value("select staff from op where kind = 'answer.given'")
    assert staff is None  # whoever answers is no staff


def test_turned_off_nothing_answers(stage: PhonesStage) -> None:
    stage.turn_on()
    url = stage.part.url()
    stage.part.off.click()
    stage.wait()
    assert stage.part.url() == ""
    with pytest.raises(OSError):
        urllib.request.urlopen(url, timeout=2)


def test_the_poster_carries_the_same_code() -> None:
    import pypdfium2

    url = "http://192.168.100.200:8090/s/01a199fc-2100-7000-8108-8823470169e0"
    poster = Poster("Perpustakaan Contoh", "Bagaimana?", ("SKM",), url, url[:27], "Isi.")
    pdf = pypdfium2.PdfDocument(phone_poster(poster))
    assert len(pdf) == 1
    picture = cv2.cvtColor(pdf[0].render(scale=2).to_numpy(), cv2.COLOR_BGR2GRAY)
    assert zxingcpp.read_barcodes(picture)[0].text == url


def test_it_is_well_made_in_all_looks(stage: PhonesStage, qapp: QApplication) -> None:
    assert audit_everywhere(qapp, stage.window) == []
    stage.turn_on()
    assert audit_everywhere(qapp, stage.window) == []
