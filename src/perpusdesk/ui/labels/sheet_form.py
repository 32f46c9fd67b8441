"""A sheet of one's own: typed as measured with a ruler, seen at once in the preview."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _, language
from perpusdesk.services.labels.own_sheets import LONGEST_NAME, Measures, beyond_page
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field, Form
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.labels.millimetres import Millimetres

_LARGEST: Final = 1500.0
_MOST: Final = 100


class SheetForm(QWidget):
    """``changed`` carries ``Measures`` while somebody types; ``saved`` name and measures.

    ``steps`` are the buttons, to be put where they are always in sight.
    """

    changed = Signal(object)
    saved = Signal(str, object)
    removed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        edit = QLineEdit()
        edit.setMaxLength(LONGEST_NAME)
        self.name = Field(_("Name of the sheet"), edit, required=True, name="name")
        self.page = _pair(_("Page width"), _("Page height"))
        self.label = _pair(_("Sticker width"), _("Sticker height"))
        self.grid = (
            Field(_("Stickers across"), _number()),
            Field(_("Stickers down"), _number()),
        )
        self.margin = _pair(_("Left margin"), _("Top margin"))
        self.gap = _pair(_("Gap across"), _("Gap down"))
        self.wrong = words("", "caption", "bad", wrap=True)
        self.save = primary_button(_("Save sheet"), self._save, icon="check")
        self.remove = button(_("Remove sheet"), self.removed.emit, icon="trash")
        self.back = quiet_button(_("Cancel"), self.left.emit, keys="Esc")
        self.steps = Flow(self.save, self.remove, self.back)
        self._lay_out()
        for field in (*self.page, *self.label, *self.grid, *self.margin, *self.gap):
            field.edit.valueChanged.connect(lambda _value: self._tell())

    def _lay_out(self) -> None:
        form = Form(columns=2)
        form.add(self.name, 2)
        for pair in (self.page, self.label):
            for field in pair:
                form.add(field)
        for count in self.grid:
            form.add(count)
        for pair in (self.margin, self.gap):
            for field in pair:
                form.add(field)
        hint = words(
            _("All in millimetres, from the upper left corner of the page."),
            tone="muted",
            wrap=True,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 16)
        column.setSpacing(12)
        column.addWidget(words(_("A sheet of your own"), "lead", strong=True, wrap=True))
        for part in (hint, form, self.wrong):
            column.addWidget(part)
        column.addStretch(1)

    @property
    def measures(self) -> Measures:
        """What is typed now."""
        return Measures(
            _values(self.page),
            _values(self.label),
            self.grid[0].edit.value(),
            self.grid[1].edit.value(),
            _values(self.margin),
            _values(self.gap),
        )

    def begin(self, name: str, measures: Measures, *, own: bool) -> None:
        """Begin with these; ``own`` sheets may be removed."""
        self.name.edit.setText(name)
        self.name.clear_error()
        pairs = (
            (self.page, measures.page),
            (self.label, measures.label),
            (self.margin, measures.margin),
            (self.gap, measures.gap),
        )
        for fields, values in pairs:
            for field, value in zip(fields, values, strict=True):
                with QSignalBlocker(field.edit):
                    field.edit.setValue(value)
        for field_, count in zip(self.grid, (measures.columns, measures.rows), strict=True):
            with QSignalBlocker(field_.edit):
                field_.edit.setValue(count)
        self.remove.setVisible(own)
        self._tell()
        self.name.edit.setFocus()
        self.name.edit.selectAll()

    def _tell(self) -> None:
        measures = self.measures
        right, bottom = beyond_page(measures)
        said = []
        if right:
            said.append(
                _("The stickers go {mm} mm beyond the right edge.").format(mm=_written(right))
            )
        if bottom:
            text = _("The stickers go {mm} mm beyond the bottom.")
            said.append(text.format(mm=_written(bottom)))
        self.wrong.setText(" ".join(said))
        self.wrong.setVisible(bool(said))
        self.save.setEnabled(not said)
        self.changed.emit(measures)

    def _save(self) -> None:
        name = self.name.edit.text().strip()
        if not name:
            self.name.show_error(_("Fill this in."))
            self.name.edit.setFocus()
            return
        self.saved.emit(name, self.measures)


def _pair(first: str, second: str) -> tuple[Field[Millimetres], Field[Millimetres]]:
    return Field(first, _length()), Field(second, _length())


def _values(fields: tuple[Field[Millimetres], Field[Millimetres]]) -> tuple[float, float]:
    return fields[0].edit.value(), fields[1].edit.value()


def _length() -> Millimetres:
    return Millimetres(0.0, _LARGEST, 2, 0.5)


def _number() -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, _MOST)
    return made


def _written(millimetres: float) -> str:
    text = f"{millimetres:g}"
    return text.replace(".", ",") if language() == "id" else text
