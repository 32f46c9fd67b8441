"""The manual over whatever window somebody is in; Esc leads back to exactly where they were."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QFontMetrics, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _, language
from perpusdesk.ui.help.contents import Contents
from perpusdesk.ui.help.finding import Finder, Found
from perpusdesk.ui.help.manual import HOME, Entry, Manual
from perpusdesk.ui.help.places import page_of
from perpusdesk.ui.help.reader import Reader
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.accessible import announce
from perpusdesk.ui.kit.buttons import icon_button, quiet_button
from perpusdesk.ui.kit.overlay import Overlay
from perpusdesk.ui.kit.theme import RADIUS_CARD, scaled_font, set_icon
from perpusdesk.ui.kit.words import Divider, words

_WIDE: Final = 44
"""Width of the contents in average characters."""

_SOON_MS: Final = 250
"""After a page was opened, before words are gathered for a search that may never come."""

_PICTURES: Final = (".png", ".jpg", ".webp", ".svg")


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where somebody reads: a page (or a picture), a heading in it, words marked, how far down."""

    page: str
    heading: int = 0
    shown: frozenset[str] = frozenset()
    down: int | None = None


class HelpPanel(Overlay):
    """``show_place`` opens the page that fits a place of the program (see ``places``)."""

    def __init__(
        self,
        window: QWidget,
        manual: Manual | None = None,
        *,
        outside: bool = True,
    ) -> None:
        """``outside``: links into the net may open a browser (never at a kiosk)."""
        super().__init__(window, whole=True)
        self.manual = manual or Manual()
        self._outside = outside
        self._spot = _Spot(HOME)
        self._before: list[_Spot] = []
        self._after: list[_Spot] = []
        self._index = _Index(self.manual)
        self.search = QLineEdit()
        self.contents = Contents()
        self.reader = Reader(self.manual.folder)
        self.nothing = words("", tone="muted", wrap=True)
        self.language_note = words("", "caption", "muted")
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.search.installEventFilter(self)
        self.contents.chosen.connect(self._chosen)
        self.contents.entered.connect(self.reader.setFocus)
        self.reader.asked.connect(self.follow)
        if look := theme.in_use():
            look.changed.connect(self._dress)

    # --- what can be asked -------------------------------------------------------------------

    def show_place(self, place: str) -> None:
        """Open the page for a place."""
        self.show_page(page_of(place))

    def show_page(self, named: str) -> None:
        """Open a page, at a heading where one is named after ``#``."""
        page, _mark, anchor = named.partition("#")
        page = page if page in self.manual.pages else HOME
        heading = max(0, self.manual.place_of(page, anchor))
        spot = _Spot(page, heading)
        if self.isVisible():
            self._go(spot)
        else:
            self.open(self.reader)
            QTimer.singleShot(_SOON_MS, self, self._index.begin)
            self.search.clear()
            self._before, self._after = [], []
            self._show(spot)
        announce(self, self.manual.title(page))

    def follow(self, link: str) -> None:
        """Follow a link of the page in front."""
        url = QUrl(link)
        if url.scheme() in ("http", "https", "mailto"):
            if self._outside:
                QDesktopServices.openUrl(url)
            return
        page, _mark, anchor = link.partition("#")
        page = page or self._spot.page
        if page.endswith(_PICTURES):
            self._go(_Spot(page))
        elif page in self.manual.pages:
            self._go(_Spot(page, max(0, self.manual.place_of(page, anchor))))

    def back(self) -> None:
        """Go back to what was read before."""
        if self._before:
            self._after.append(self._now())
            self._show(self._before.pop())

    def forward(self) -> None:
        """Go on again to what was read after."""
        if self._after:
            self._before.append(self._now())
            self._show(self._after.pop())

    @property
    def page(self) -> str:
        """The name of the page in front."""
        return self._spot.page

    def take_typing(self, typed: str) -> bool:
        """Search for what is typed anywhere."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.insert(typed)
        return True

    # --- keys --------------------------------------------------------------------------------

    @cached_property
    def _keys(self) -> dict[QKeySequence, Callable[[], object]]:
        keys: dict[str, Callable[[], object]] = {
            "Esc": self._escape,
            "Alt+Left": self.back,
            "Alt+Right": self.forward,
            "Ctrl+F": self._to_search,
        }
        return {QKeySequence(key): run for key, run in keys.items()}

    def event(self, event: QEvent) -> bool:
        """Keep the panel's own keys from the window below."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._run_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what a key of the panel means."""
        run = self._run_of(event)
        if run is not None:
            run()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search box, choose in the list below it and go on to the page."""
        if watched is self.search and isinstance(event, QKeyEvent):
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            key = Qt.Key(event.key())
            if event.type() == QEvent.Type.KeyPress and key in steps:
                self.contents.step(steps[key])
                return True
            if event.type() == QEvent.Type.KeyPress and key in (
                Qt.Key.Key_Return,
                Qt.Key.Key_Enter,
            ):
                self._take_first()
                return True
        return super().eventFilter(watched, event)

    def _run_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        return self._keys.get(QKeySequence(event.keyCombination()))

    def _escape(self) -> None:
        if self._spot.page.endswith(_PICTURES):
            self.back()
        elif self.search.text():
            self.search.clear()
            self.reader.setFocus()
        else:
            self.close_panel()

    def _to_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _take_first(self) -> None:
        if self.contents.currentRow() < 0:
            self.contents.step(1)
        if self.contents.currentRow() >= 0:
            self.reader.setFocus()

    # --- inside ------------------------------------------------------------------------------

    def _search(self, typed: str) -> None:
        if not typed.strip():
            self.contents.show_entries(self.manual.entries, self._spot.page)
            self.reader.mark(())
            self._say_nothing("")
            return
        found: Sequence[Found] = self._index.finder.find(typed)
        titles = {page: self.manual.title(page) for page in self.manual.pages}
        self.contents.show_found(found, titles)
        self._say_nothing("" if found else typed.strip())

    def _say_nothing(self, typed: str) -> None:
        said = _("“{typed}” is not in the manual. Try another word.").format(typed=typed)
        self.nothing.setText(said)
        self.nothing.setVisible(bool(typed))

    def _chosen(self, what: Entry | Found) -> None:
        if isinstance(what, Entry):
            self._go(_Spot(what.page))
        else:
            self._go(_Spot(what.section.page, what.section.place, what.shown))

    def _go(self, spot: _Spot) -> None:
        if spot != replace(self._spot, down=None):
            self._before.append(self._now())
            self._after.clear()
        self._show(spot)

    def _now(self) -> _Spot:
        return replace(self._spot, down=self.reader.verticalScrollBar().value())

    def _show(self, spot: _Spot) -> None:
        self._spot = spot
        if spot.page.endswith(_PICTURES):
            self.reader.show_picture(spot.page)
        else:
            self.reader.show_page(self.manual.text(spot.page), spot.shown)
        if not self.search.text().strip():
            if not self.contents.count():
                self.contents.show_entries(self.manual.entries, spot.page)
            self.contents.mark_page(spot.page)
        self._come_to(spot)
        self._fit_buttons()

    def _come_to(self, spot: _Spot) -> None:
        if spot.down is not None:
            self.reader.verticalScrollBar().setValue(spot.down)
        elif spot.shown:
            self.reader.go_to_marked(spot.heading)
        else:
            self.reader.go_to(spot.heading)

    def _fit_buttons(self) -> None:
        self._back.setEnabled(bool(self._before))
        self._forward.setEnabled(bool(self._after))

    def _dress(self) -> None:
        self._fit_contents()
        self.reader.dress_again()

    def _fit_contents(self) -> None:
        wide = QFontMetrics(scaled_font()).averageCharWidth() * _WIDE
        self._side.setFixedWidth(min(wide, max(200, self.width() // 3)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._fit_contents()

    def _lay_out(self) -> None:
        self.body.setContentsMargins(1, 1, 1, RADIUS_CARD)
        self.body.setSpacing(0)
        self.body.addLayout(self._head())
        self.body.addWidget(Divider())
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self._left())
        across.addWidget(self.reader, 1)
        self.body.addLayout(across, 1)

    def _head(self) -> QHBoxLayout:
        self._back = icon_button("chevron-left", _("Page before (Alt+Left)"), self.back)
        self._forward = icon_button("chevron-right", _("Page after (Alt+Right)"), self.forward)
        set_icon(self._back, "chevron-left", "text")  # a quiet one tells that there is none
        set_icon(self._forward, "chevron-right", "text")
        row = QHBoxLayout()
        row.setContentsMargins(24, 12, 12, 12)
        row.setSpacing(8)
        row.addWidget(words(_("Manual"), "lead", strong=True))
        row.addSpacing(16)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addSpacing(8)
        if language() != "id":
            self.language_note.setText(_("The manual is written in Indonesian."))
        row.addWidget(self.language_note)
        row.addStretch(1)
        row.addWidget(quiet_button(_("Close"), self.close_panel, keys="Esc"))
        return row

    def _left(self) -> QWidget:
        self.search.setPlaceholderText(_("Search the manual"))
        self.search.setAccessibleName(_("Search the manual"))
        self.search.setClearButtonEnabled(False)
        self.nothing.hide()
        self.nothing.setContentsMargins(12, 0, 12, 0)
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(12, 16, 0, 12)
        column.setSpacing(8)
        column.addWidget(self.search)
        column.addWidget(self.nothing)
        column.addWidget(self.contents, 1)
        return self._side


class _Index:
    """The words of all pages, gathered beside the interface as soon as the manual is opened."""

    def __init__(self, manual: Manual) -> None:
        self._manual, self._finder = manual, Finder()
        self._worker: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to gather, once."""
        if self._worker is None:
            self._worker = threading.Thread(target=self._gather, name="manual", daemon=True)
            self._worker.start()

    @property
    def finder(self) -> Finder:
        """All words; waited for if they are not gathered yet."""
        self.begin()
        if self._worker is not None:
            self._worker.join()
        return self._finder

    def _gather(self) -> None:
        for page in self._manual.pages[1:]:
            self._finder.add(self._manual.sections(page))
