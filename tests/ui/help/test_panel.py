"""The manual over a window: read, searched and left by keyboard alone, nothing below is touched."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from helpers.gallery import SamplePage
from helpers.keys import scan, type_keys
from helpers.ui_audit import audit
from perpusdesk.common.i18n import set_language
from perpusdesk.ui.help.manual import HOME, Manual
from perpusdesk.ui.help.panel import HelpPanel
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.words import words


@pytest.fixture(autouse=True)
def desk(window):
    page = SamplePage("desk", "Meja", "desk", "F2", words("di sini"))
    window.add_page(page)
    return page


def press(shortcut: str) -> None:
    combination = QKeySequence(shortcut)[0]
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, combination.key(), combination.keyboardModifiers())
    QApplication.processEvents()


def rows(panel: HelpPanel) -> list[str]:
    return [panel.contents.item(row).text() for row in range(panel.contents.count())]


def marked(panel: HelpPanel) -> list[str]:
    return [one.cursor.selectedText() for one in panel.reader.extraSelections()]


def scrolled(panel: HelpPanel) -> int:
    return panel.reader.verticalScrollBar().value()


def at_top(panel: HelpPanel) -> str:
    """The words at the upper edge of what is in sight."""
    cursor = panel.reader.cursorForPosition(QPoint(0, 12))
    return cursor.block().text()


# --- reading and leaving ---------------------------------------------------------------------


def test_the_contents_stand_beside_the_page_that_is_marked_in_them(panel) -> None:
    assert rows(panel) == ["Meja", "Rak", "Kamera"]
    assert panel.contents.currentItem().text() == "Meja"
    assert "Tekan" in panel.reader.toPlainText()
    assert panel.reader.hasFocus()


def test_esc_leads_back_to_where_the_keyboard_was(window, manual) -> None:
    window.box.edit.setText("sete")
    window.box.edit.setFocus()
    panel = HelpPanel(window, manual)
    panel.show_page("rak.md")
    press("Esc")
    assert not panel.isVisible()
    assert window.box.edit.hasFocus()
    assert window.box.text() == "sete"


def test_a_scan_goes_to_the_desk_and_its_answer_is_in_sight(window, panel, desk) -> None:
    scan(window, "B000457")
    assert [one.text for one in desk.scans] == ["B000457"]
    assert not panel.isVisible()


def test_a_scan_while_searching_goes_there_too(window, panel, desk) -> None:
    panel.search.setFocus()
    QTest.keyClicks(panel.search, "rak")
    scan(window, "B000457")
    assert [one.text for one in desk.scans] == ["B000457"]


def test_the_page_stays_as_it_is_whatever_is_scanned(window, panel) -> None:
    before = panel.reader.toHtml()
    scan(window, "B000457")
    assert panel.reader.toHtml() == before


def test_the_window_being_locked_closes_it(window, panel) -> None:
    window.lock(words("terkunci"))
    assert not panel.isVisible()


@pytest.mark.parametrize("page", ["rak.md#kedua", "berlayar.md#kedua"])
def test_it_opens_at_the_heading_and_stays_there_in_another_look(qapp, window, manual, page):
    text = manual.text("rak.md") + "\n![Meja](gambar/meja.png)\n"
    (manual.folder / "berlayar.md").write_text(text, "utf-8")
    (manual.folder / HOME).write_text("- [Rak](rak.md)\n- [Layar](berlayar.md)\n", "utf-8")
    panel = HelpPanel(window, Manual(manual.folder))
    panel.show_page(page)
    QApplication.processEvents()
    assert at_top(panel) == "Kedua"
    window.resize(1024, 700)
    QApplication.processEvents()
    assert at_top(panel) == "Kedua"
    theme.apply(qapp, theme.ThemeSettings(theme.Scheme.DARK, 150))
    QApplication.processEvents()
    assert at_top(panel) == "Kedua"


# --- links and the way back ------------------------------------------------------------------


def test_links_are_followed_by_keyboard_and_back_and_forward(panel) -> None:
    press("Tab")
    press("Return")
    assert panel.page == "rak.md"
    down = scrolled(panel)
    assert down > 500
    press("Alt+Left")
    assert panel.page == "meja.md"
    press("Alt+Right")
    assert (panel.page, scrolled(panel)) == ("rak.md", down)


def test_back_leads_to_the_very_line(panel) -> None:
    panel.follow("rak.md")
    panel.reader.verticalScrollBar().setValue(333)
    panel.follow("kamera.md")
    panel.back()
    assert (panel.page, panel.reader.verticalScrollBar().value()) == ("rak.md", 333)


def test_there_is_no_way_back_from_where_one_began(panel) -> None:
    panel.back()
    panel.forward()
    assert panel.page == "meja.md"


def test_a_link_into_the_net_opens_the_browser_and_stays(panel, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    panel.follow("https://example.org/")
    assert (opened, panel.page) == (["https://example.org/"], "meja.md")


def test_at_a_kiosk_no_browser_opens(window, manual, monkeypatch) -> None:
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    kiosk = HelpPanel(window, manual, outside=False)
    kiosk.show_page("meja.md")
    kiosk.follow("https://example.org/")
    assert opened == []


@pytest.mark.parametrize("link", ["hilang.md", "../rahasia.md", "file:///etc/passwd"])
def test_a_link_to_nowhere_does_nothing(panel, link) -> None:
    panel.follow(link)
    assert panel.page == "meja.md"


def test_a_picture_is_shown_large_and_esc_leads_back(panel) -> None:
    small = panel.reader.document().size().width()
    panel.follow("gambar/meja.png")
    assert panel.page == "gambar/meja.png"
    assert panel.reader.viewport().width() > small
    press("Esc")
    assert panel.page == "meja.md"
    assert panel.isVisible()


# --- searching -------------------------------------------------------------------------------


def test_typing_anywhere_searches(window, panel, qtbot) -> None:
    type_keys(window, "cahaya")
    qtbot.waitUntil(lambda: panel.search.text() == "cahaya")
    assert rows(panel) == ["Kamera"]
    assert window.box.text() == ""


def test_what_was_found_is_read_by_keyboard_and_marked(panel) -> None:
    press("Ctrl+F")
    QTest.keyClicks(panel.search, "kembalikan")
    assert rows(panel) == ["Kedua, Rak"]
    press("Down")
    assert panel.page == "rak.md"
    assert marked(panel) == ["mengembalikan"]
    assert scrolled(panel) > 500
    press("Return")
    assert panel.reader.hasFocus()


def test_enter_takes_the_first(panel) -> None:
    press("Ctrl+F")
    QTest.keyClicks(panel.search, "cahaya")
    press("Return")
    assert panel.page == "kamera.md"
    assert panel.reader.hasFocus()


def test_esc_leaves_the_search_first(panel) -> None:
    press("Ctrl+F")
    QTest.keyClicks(panel.search, "cahaya")
    press("Return")
    press("Esc")
    assert panel.isVisible()
    assert rows(panel) == ["Meja", "Rak", "Kamera"]
    assert panel.contents.currentItem().text() == "Kamera"
    assert marked(panel) == []
    press("Esc")
    assert not panel.isVisible()


def test_nothing_found_is_said(panel) -> None:
    set_language("id")
    QTest.keyClicks(panel.search, "zzqqzz")
    assert rows(panel) == []
    assert "zzqqzz" in panel.nothing.text()
    assert panel.nothing.isVisible()


def test_the_contents_are_walked_with_the_arrows(panel) -> None:
    panel.contents.setFocus()
    press("Down")
    assert panel.page == "rak.md"
    press("Down")
    assert panel.page == "kamera.md"
    press("Return")
    assert panel.reader.hasFocus()


# --- how it looks ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scheme", "width", "percent"),
    [
        (theme.Scheme.LIGHT, 1366, 100),
        (theme.Scheme.DARK, 1024, 150),
        (theme.Scheme.LIGHT, 900, 150),
    ],
)
def test_everything_can_be_used(panel, scheme, width, percent) -> None:
    qapp, window = QApplication.instance(), panel.window()
    theme.apply(qapp, theme.ThemeSettings(scheme, percent))
    window.resize(width, 768)
    for typed in ("", "rak", "zzqqzz"):
        panel.search.setText(typed)
        assert audit(panel) == [], typed


@pytest.mark.parametrize("percent", [90, 100, 150])
def test_a_line_is_no_longer_than_75_characters(qapp, window, manual, percent) -> None:
    text = "# Panjang\n\n" + "Pindai kartu anggota, lalu buku demi buku. " * 20
    (manual.folder / "panjang.md").write_text(text, "utf-8")
    (manual.folder / HOME).write_text("- [Panjang](panjang.md)\n", "utf-8")
    panel = HelpPanel(window, Manual(manual.folder))
    theme.apply(qapp, theme.ThemeSettings(theme.Scheme.LIGHT, percent))
    panel.show_page("panjang.md")
    layout = panel.reader.document().lastBlock().layout()
    lines = [layout.lineAt(number).textLength() for number in range(layout.lineCount())]
    assert 45 < max(lines) <= 75


def test_a_picture_is_as_wide_as_the_page_and_sharp(panel) -> None:
    reader = panel.reader
    (shown,) = _image_formats(reader.document())
    assert shown.width() == reader.viewport().width()
    assert shown.height() == pytest.approx(shown.width() * 9 / 16, abs=1)


def test_in_english_it_says_that_the_manual_is_indonesian(window, manual) -> None:
    set_language("en")
    panel = HelpPanel(window, manual)
    panel.show_page("meja.md")
    assert panel.language_note.text() == "The manual is written in Indonesian."
    set_language("id")
    assert not HelpPanel(window, manual).language_note.text()


def _image_formats(document):
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            found = pieces.fragment().charFormat()
            if found.isImageFormat():
                yield found.toImageFormat()
            pieces += 1
        block = block.next()
