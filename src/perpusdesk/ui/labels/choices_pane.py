"""How labels are printed: design, sheet, where to begin, printer and its correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSpinBox, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.label_sheets import LabelSheet, Pair
from perpusdesk.printing.labels import Design
from perpusdesk.services.labels.label_prints import FARTHEST, Choices
from perpusdesk.services.labels.label_queue import LabelKind
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.words import words
from perpusdesk.ui.labels import text
from perpusdesk.ui.labels.millimetres import Millimetres

_ON_A4, _ALONE = "card-a4", "card-cr80"


class ChoicesPane(QWidget):
    """``changed`` carries the ``Choices`` that were made, ``begun`` the place to begin at.

    ``steps`` are the buttons, to be put where they are always in sight.
    """

    changed = Signal(object)
    begun = Signal(int)
    nudged = Signal(object)
    print_asked = Signal()
    save_asked = Signal()
    test_asked = Signal()
    own_asked = Signal()
    colours_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choices = Choices()
        self._kind = LabelKind.COPY
        self._printers: Sequence[tuple[str, str]] = ()
        self._make_fields()
        self._make_steps()
        self._lay_out()
        self._connect()

    def _make_fields(self) -> None:
        designs = [(_(name), design) for design, name in text.DESIGNS.items()]
        bars = [(_(name), one) for one, name in text.BARS.items()]
        self.design = Field(_("Design"), Choice[Design](designs))
        self.bars = Field(_("Kind of barcode"), Choice[Symbology](bars))
        self.sheet = Field(_("Sheet"), Choice[str]([]))
        self.own = quiet_button(_("Measure a sheet of your own"), self.own_asked.emit)
        self.start = Field(
            _("Begin at sticker"), QSpinBox(), hint=_("Or click the sticker in the preview.")
        )
        self.bands = QCheckBox(_("Band in the colour of the class"))
        self.colours = quiet_button(_("Choose the colours"), self.colours_asked.emit)
        self.printer = Field(_("Printer"), Choice[str]([]))
        self.right = Field(_("Move right (mm)"), Millimetres(-FARTHEST, FARTHEST, 1, 0.1))
        self.down = Field(_("Move down (mm)"), Millimetres(-FARTHEST, FARTHEST, 1, 0.1))

    def _make_steps(self) -> None:
        self.note = words("", "caption", "warn", wrap=True)
        self._corrected = words(
            _("Correction of this printer; minus moves left or up."), "caption", "muted", wrap=True
        )
        self.unscaled = words(
            _("In every print dialog choose 100 % (actual size), never “fit to page”."),
            "caption",
            "muted",
            wrap=True,
        )
        self.print = primary_button(_("Print"), self.print_asked.emit, icon="print", keys="Ctrl+P")
        self.save = button(_("Save PDF"), self.save_asked.emit, keys="Ctrl+S")
        self.test = button(_("Test page"), self.test_asked.emit)
        self.progress = words("", "caption", "muted", figures=True)
        self.progress.hide()
        self.steps = QWidget()
        steps = QVBoxLayout(self.steps)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.setSpacing(8)
        steps.addWidget(self.unscaled)
        steps.addWidget(self.progress)
        steps.addWidget(Flow(self.print, self.save, self.test))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        nudge = QHBoxLayout()
        nudge.setSpacing(16)
        for correction in (self.right, self.down):
            nudge.addWidget(correction, 1, Qt.AlignmentFlag.AlignTop)
        bands = Flow(self.bands, self.colours)
        above: Sequence[QWidget] = (self.design, self.bars, bands, self.sheet)
        below: Sequence[QWidget] = (self.start, self.printer)
        for part in above:
            column.addWidget(part)
        column.addWidget(self.own, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.note)
        for part in below:
            column.addWidget(part)
        column.addLayout(nudge)
        column.addWidget(self._corrected)
        column.addStretch(1)
        for combo in (self.design.edit, self.bars.edit, self.sheet.edit, self.printer.edit):
            combo.setSizeAdjustPolicy(combo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(8)

    def _connect(self) -> None:
        for edit in (self.design.edit, self.bars.edit, self.sheet.edit, self.printer.edit):
            edit.activated.connect(lambda _place: self._tell())
        self.bands.toggled.connect(lambda _on: self._tell())
        self.start.edit.valueChanged.connect(self.begun)
        for correction in (self.right, self.down):
            correction.edit.valueChanged.connect(lambda _mm: self.nudged.emit(self.nudge))

    @property
    def nudge(self) -> Pair:
        """The correction that is shown, right and down in mm."""
        return (round(self.right.edit.value(), 2), round(self.down.edit.value(), 2))

    def offer_printers(self, printers: Sequence[tuple[str, str]]) -> None:
        """Offer these printers (name, setting) besides a PDF; the choice stays."""
        self._printers = tuple(printers)
        options = [(_("PDF, opened to be printed"), ""), *printers]
        known = [setting for _name, setting in options]
        if self._choices.printer not in known:
            gone = self._choices.printer.partition(":")[2]
            options.append((_("{printer} (not found)").format(printer=gone), self._choices.printer))
        self.printer.edit.set_options(options)
        self.printer.edit.choose(self._choices.printer)

    def show_choices(
        self, kind: LabelKind, choices: Choices, sheets: Mapping[str, LabelSheet]
    ) -> None:
        """Show what is chosen, without telling."""
        self._kind, self._choices = kind, choices
        copies = kind is LabelKind.COPY
        of_copies: Sequence[QWidget] = (self.design, self.own, self.bands, self.colours)
        for part in of_copies:
            part.setVisible(copies)
        self.bars.setVisible(copies and choices.design in text.WITH_BARS)
        self.design.edit.choose(choices.design)
        self.bars.edit.choose(choices.symbology)
        self.sheet.edit.set_options([(sheet.name, key) for key, sheet in sheets.items()])
        chosen = choices.sheet if copies else (_ON_A4 if choices.cards_on_a4 else _ALONE)
        self.sheet.edit.choose(chosen if chosen in sheets else next(iter(sheets)))
        with QSignalBlocker(self.bands):
            self.bands.setChecked(choices.bands)
        self.unscaled.setVisible(not choices.printer)
        self.bands.setEnabled(choices.design in (Design.SPINE, Design.SPINE_BARCODE, Design.ALL))
        self.offer_printers(self._printers)

    def show_place(self, sheet: LabelSheet, start: int, nudge: Pair) -> None:
        """Show where printing begins on this sheet, without telling."""
        edit = self.start.edit
        with QSignalBlocker(edit):
            edit.setRange(1, sheet.count)
            edit.setValue(start)
        self.start.setVisible(sheet.count > 1)
        for correction, millimetres in zip((self.right, self.down), nudge, strict=True):
            with QSignalBlocker(correction.edit):
                correction.edit.setValue(millimetres)

    def show_note(self, note: str) -> None:
        """Say what has to be known before printing."""
        self.note.setText(note)
        self.note.setVisible(bool(note))

    def show_progress(self, page: int, pages: int) -> None:
        """Say how far the drawing has come; nothing with no pages."""
        self.progress.setText(text.drawing(page, pages))
        self.progress.setVisible(bool(pages))

    def allow(self, *, printing: bool) -> None:
        """Let things be printed, or not while nothing waits."""
        self.print.setEnabled(printing)
        self.save.setEnabled(printing)

    def _tell(self) -> None:
        """Tell what is chosen now."""
        made = replace(
            self._choices,
            design=self.design.edit.value() or Design.SPINE_BARCODE,
            symbology=self.bars.edit.value() or Symbology.CODE128,
            bands=self.bands.isChecked(),
            printer=self.printer.edit.value() or "",
        )
        sheet = self.sheet.edit.value() or ""
        if self._kind is LabelKind.COPY:
            made = replace(made, sheet=sheet)
        else:
            made = replace(made, cards_on_a4=sheet == _ON_A4)
        self._choices = made
        self.changed.emit(made)
