"""The room of the studio: three parts side by side, or two views where room is short."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.labels.own_sheets import Measures
from perpusdesk.ui.kit.id_table import Fetch
from perpusdesk.ui.kit.scrolled import scrolled
from perpusdesk.ui.kit.theme import scaled_font
from perpusdesk.ui.labels.choices_pane import ChoicesPane
from perpusdesk.ui.labels.colours_form import ColoursForm
from perpusdesk.ui.labels.preview import Preview
from perpusdesk.ui.labels.queue_pane import QueuePane
from perpusdesk.ui.labels.sent_bar import SentBar
from perpusdesk.ui.labels.sheet_form import SheetForm

_SIDE_BY_SIDE: Final = 140
"""Width in average characters from which the queue has room beside the page."""

_CHOICES: Final = 44
"""Width of the choices in average characters."""


class StudioRoom(QWidget):
    """Queue, preview and choices; forms take the choices' place."""

    def __init__(self, fetch: Fetch, saving: Sequence[QWidget] = ()) -> None:
        """``saving`` are shown above the queue while it is saved."""
        super().__init__()
        self.queue = QueuePane(fetch, saving)
        self.preview = Preview()
        self.choices = ChoicesPane()
        self.form = SheetForm()
        self.colours = ColoursForm()
        self.sent = SentBar()
        self.views = QTabBar()
        self.views.setAccessibleName(_("Parts of the studio"))
        self.views.setDrawBase(False)
        self.views.setExpanding(False)
        for name in (_("Queue"), _("Printing")):
            self.views.addTab(name)
        self.views.currentChanged.connect(lambda _place: self._fit())
        self._side = QStackedWidget()
        self._side.addWidget(_with_steps(self.choices, self.choices.steps))
        self._side.addWidget(_with_steps(self.form, self.form.steps))
        self._side.addWidget(_with_steps(self.colours, self.colours.steps))
        self._printing = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.sent)
        middle.addWidget(self.preview, 1)
        printing = QHBoxLayout(self._printing)
        printing.setContentsMargins(0, 0, 0, 0)
        printing.setSpacing(24)
        printing.addLayout(middle, 1)
        printing.addWidget(self._side)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.queue, 3)
        row.addWidget(self._printing, 7)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 16)
        column.setSpacing(8)
        column.addWidget(self.views)
        column.addLayout(row, 1)

    @property
    def side_form_open(self) -> bool:
        """Whether a form has taken the place of the choices."""
        return self._side.currentIndex() > 0

    def measure(self, name: str, measures: Measures, *, own: bool) -> None:
        """Open the form of a sheet."""
        self._side.setCurrentIndex(1)
        self.form.begin(name, measures, own=own)

    def show_colours(self) -> None:
        """Open the form of the classes' colours."""
        self._side.setCurrentIndex(2)
        next(iter(self.colours.fields.values())).edit.setFocus()

    def leave_form(self) -> None:
        """Show the choices again."""
        self._side.setCurrentIndex(0)

    def minimumSizeHint(self) -> QSize:
        """Return the room that either view needs alone."""
        alone = (part.minimumSizeHint() for part in (self.queue, self._printing))
        return QSize(max(size.width() for size in alone), 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Lay the parts out anew when the size of the text changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        character = max(1, QFontMetrics(scaled_font()).averageCharWidth())
        narrow = self.width() // character < _SIDE_BY_SIDE
        printing = self.views.currentIndex() == 1
        self.views.setVisible(narrow)
        self.queue.setVisible(not (narrow and printing))
        self._printing.setVisible(not narrow or printing)
        self._side.setFixedWidth(min(_CHOICES * character, self.width() * 9 // 20))


def _with_steps(part: QWidget, steps: QWidget) -> QWidget:
    """Return a part that scrolls above buttons that do not."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    column.addWidget(scrolled(part), 1)
    column.addWidget(steps)
    return whole
