"""What visitors say at the kiosk: kept without a name, and forgotten by the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea

from helpers.keys import type_keys
from helpers.library import SmallLibrary, value_of
from helpers.ui_audit import audit
from helpers.windows import take_apart
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.complaints import Channel, Kind
from perpusdesk.services.feedback.complaint_lists import complaint_lines
from perpusdesk.services.feedback.wish_lists import wish_lines
from perpusdesk.services.feedback.wishes import WishForm, add_wish
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.ui.kiosk.control import Kiosk
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service.kiosk_offers import KioskOffer, SayOffer, WishOffer


class Stand:
    """A kiosk that takes wishes and messages."""

    def __init__(self, small: SmallLibrary) -> None:
        self.bugs: list[BaseException] = []
        self.tasks = Tasks(self.bugs.append, self.bugs.append)
        desk = KioskDesk(small.library, small.branches["pusat"], None)
        self.sounds = Sounds(on=False)
        self.kiosk = Kiosk(desk, self.tasks, self.sounds)
        self.wish, self.say = WishOffer(desk, self.tasks), SayOffer(desk, self.tasks)
        for offer in (self.wish, self.say):
            offer.left.connect(self.kiosk.reset)
            self.kiosk.add_offer("Usulan", "hold", offer.begin)
        self.kiosk.open()
        self.wait()

    def show(self, offer: KioskOffer) -> None:
        """Open an offer as a visitor does."""
        offers: list[KioskOffer] = [self.wish, self.say]
        self.kiosk.window.start.places[-2 + offers.index(offer)].click()
        self.wait()

    def close(self) -> None:
        """Take it away."""
        self.kiosk.shut()
        self.tasks.close()
        self.sounds.close()
        take_apart(self.kiosk.window)

    def wait(self) -> None:
        """Let everything come to its end."""
        QApplication.processEvents()
        self.tasks.wait_idle()
        assert not self.bugs, self.bugs


@pytest.fixture
def stand(qapp: QApplication, small: SmallLibrary) -> Iterator[Stand]:
    """The kiosk, open; nobody is signed in."""
    set_language("id")
    made = Stand(small)
    yield made
    made.close()


def test_a_wish_is_passed_on_and_the_page_forgets_it(stand: Stand, small: SmallLibrary) -> None:
    stand.show(stand.wish)
    stand.wish.title.setText("Hujan di Pasar")
    stand.wish.send()
    stand.wait()
    (line,) = wish_lines(small.desk("head"))
    assert (line.row.title, line.row.votes, line.row.source) == ("Hujan di Pasar", 1, "kiosk")
    assert stand.wish.said.text()
    stand.wish.send()  # once more while it thanks
    stand.wait()
    stand.wish.left.emit()
    assert (stand.wish.title.text(), stand.wish.said.text()) == ("", "")
    assert wish_lines(small.desk("head"))[0].row.votes == 1


def test_figures_are_typed_into_a_title_and_enter_sends_it(
    stand: Stand, small: SmallLibrary
) -> None:
    stand.show(stand.wish)
    assert QApplication.focusWidget() is stand.wish.title
    type_keys(stand.kiosk.window, "1984 dan 2")
    assert stand.wish.title.text() == "1984 dan 2"
    QTest.keyClick(stand.wish.title, Qt.Key.Key_Return)
    stand.wait()
    assert [line.row.title for line in wish_lines(small.desk("head"))] == ["1984 dan 2"]


def test_a_touch_is_a_vote_and_an_owned_title_is_said(stand: Stand, small: SmallLibrary) -> None:
    head = small.desk("head")
    value_of(add_wish(head, WishForm("Hujan di Pasar")))
    stand.show(stand.wish)
    (vote,) = stand.wish.votes
    vote.click()
    stand.wait()
    assert wish_lines(head)[0].row.votes == 2
    stand.wish.begin()
    stand.wish.title.setText("Pelaut Kertas")
    stand.wish.send()
    stand.wait()
    assert "Pelaut Kertas" in stand.wish.said.text()
    assert len(wish_lines(head)) == 1


@pytest.mark.parametrize("place", range(3))
def test_a_message_is_noted_without_a_name(stand: Stand, small: SmallLibrary, place: int) -> None:
    stand.show(stand.say)
    stand.say.sends[place].click()
    stand.wait()
    assert complaint_lines(small.desk("head")) == []  # nothing is written yet
    stand.say.edit.setPlainText("Kursinya nyaman")
    stand.say.sends[place].click()
    stand.wait()
    (line,) = complaint_lines(small.desk("head"))
    kinds = (Kind.SUGGESTION, Kind.COMPLAINT, Kind.PRAISE)
    assert (line.kind, line.channel, line.row.contact) == (kinds[place], Channel.KIOSK, None)
    stand.kiosk.reset()
    stand.wait()
    assert stand.say.edit.toPlainText() == ""


def test_an_answer_that_comes_late_is_not_shown_to_the_next(stand: Stand) -> None:
    stand.show(stand.wish)
    stand.wish.title.setText("Hujan di Pasar")
    stand.wish.send()
    stand.kiosk.reset()
    stand.show(stand.wish)
    assert (stand.wish.title.text(), stand.wish.said.text()) == ("", "")


def test_everybody_can_use_them(stand: Stand, small: SmallLibrary) -> None:
    for title in ("Hujan di Pasar", "Tanah yang Subur"):
        value_of(add_wish(small.desk("head"), WishForm(title, "Laras Contoh")))
    stand.kiosk.window.resize(1024, 768)
    for offer in (stand.wish, stand.say):
        stand.show(offer)
        assert audit(stand.kiosk.window) == []
        stand.kiosk.reset()


def test_the_way_back_stays_in_sight_below_and_nothing_scrolls(
    stand: Stand, small: SmallLibrary
) -> None:
    for number in range(6):
        value_of(add_wish(small.desk("head"), WishForm(f"Buku contoh {number}")))
    stand.kiosk.window.resize(1366, 768)
    for offer in (stand.wish, stand.say):
        stand.show(offer)
        stand.wait()
        assert offer.back.isVisible()
        assert offer.back.geometry().bottom() == offer.rect().bottom()
        assert offer.findChild(QScrollArea).verticalScrollBar().maximum() == 0
        stand.kiosk.reset()
        stand.wait()
