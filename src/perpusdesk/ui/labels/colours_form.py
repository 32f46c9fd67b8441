"""The colour of each main class on the spine: a choice among colours that print well apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.wording.titles import hundred
from perpusdesk.ui.kit.buttons import primary_button, quiet_button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.words import words

PALETTE: Final = {
    "#C62828": N_("Red"),
    "#EF6C00": N_("Orange"),
    "#F9A825": N_("Yellow"),
    "#2E7D32": N_("Green"),
    "#00838F": N_("Turquoise"),
    "#1565C0": N_("Blue"),
    "#6A1B9A": N_("Purple"),
    "#C2185B": N_("Pink"),
    "#6D4C41": N_("Brown"),
    "#37474F": N_("Grey"),
    "#000000": N_("Black"),
    "": N_("No band"),
}
DIGITS: Final = "0123456789"
_SWATCH: Final = QSize(24, 14)


class ColoursForm(QWidget):
    """``changed`` carries all colours by digit, whenever somebody chose another one."""

    changed = Signal(object)
    left = Signal()
    reset = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.fields = {digit: _field(digit) for digit in DIGITS}
        self.steps = Flow(
            primary_button(_("Done"), self.left.emit, icon="check", keys="Esc"),
            quiet_button(_("As the program has them"), self.reset.emit, icon="undo"),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 16)
        column.setSpacing(12)
        column.addWidget(words(_("Colours of the classes"), "lead", strong=True, wrap=True))
        why = _("They hold for the whole library. Stickers printed before keep their colour.")
        column.addWidget(words(why, tone="muted", wrap=True))
        for field in self.fields.values():
            column.addWidget(field)
            field.edit.activated.connect(lambda _place: self.changed.emit(self.colours))
        column.addStretch(1)

    @property
    def colours(self) -> dict[str, str]:
        """The colours that are chosen now, by digit."""
        return {digit: field.edit.value() or "" for digit, field in self.fields.items()}

    def show_colours(self, colours: Mapping[str, str]) -> None:
        """Show these, without telling; a colour of another palette is offered too."""
        for digit, field in self.fields.items():
            colour = colours.get(digit, "")
            with QSignalBlocker(field.edit):
                _offer(field.edit, colour)
                field.edit.choose(colour)


def _field(digit: str) -> Field[Choice[str]]:
    edit = Choice[str]([])
    edit.setIconSize(_SWATCH)
    edit.setSizeAdjustPolicy(edit.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    edit.setMinimumContentsLength(8)
    return Field(hundred(f"{digit}00"), edit)


def _offer(edit: Choice[str], besides: str) -> None:
    options = [(_(name), colour) for colour, name in PALETTE.items()]
    if besides not in PALETTE:
        options.append((besides, besides))
    edit.set_options(options)
    for place, (_name, colour) in enumerate(options):
        swatch = QPixmap(_SWATCH)
        swatch.fill(QColor(colour or "#00FFFFFF"))
        edit.setItemIcon(place, QIcon(swatch))
