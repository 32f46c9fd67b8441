"""The templates of barcodes and inventory numbers, with the next numbers shown as one types."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.cataloguing.number_view import Number, NumbersView, Preview, TemplateFault
from perpusdesk.ui.kit.buttons import primary_button
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.kit.pairs import pairs
from perpusdesk.ui.kit.words import words

_PAUSE: Final = 150
_EXAMPLES: Final = (
    ("B{999999}", "B000457"),
    ("{99999}/{source}/{YYYY}", "00123/H/2026"),
    ("{99999}/{kind}/{source}/{YYYY}", "00123/U/H/2026"),
    ("X{9999}/{YYYY}", "X0023/2026"),
    ("{loc}{YYMM}{9999}", "PST26110042"),
)


class CopyNumbersSection(QWidget):
    """``asked`` wants a preview (number, template, branch), ``kept`` wants a template kept."""

    asked = Signal(object, str, object)
    kept = Signal(object, str, object)

    def __init__(self) -> None:
        super().__init__()
        self._view: NumbersView | None = None
        self.branch: Choice[UUID | None] = Choice([(_("All branches"), None)])
        self.edits = {which: QLineEdit() for which in Number}
        self.fields = {
            which: Field(_label(which), edit, name=which) for which, edit in self.edits.items()
        }
        self.previews = {
            which: words("", tone="muted", wrap=True, figures=True) for which in Number
        }
        self.save = primary_button(_("Save"), self.send, icon="check")
        self._may_not = words(
            _("Templates are changed by the head of the library or the administrator."),
            tone="muted",
            wrap=True,
        )
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self.branch.currentIndexChanged.connect(lambda _place: self._fill())
        for edit in self.edits.values():
            edit.setMaxLength(60)
            edit.textChanged.connect(lambda _text: self._pause.start())
            edit.returnPressed.connect(self.send)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 24)
        column.setSpacing(12)
        why = _("New copies get their numbers from here; each computer draws from its own range.")
        column.addWidget(words(why, tone="muted", wrap=True))
        column.addWidget(self._may_not)
        form = Form(columns=1)
        form.add(Field(_("For"), self.branch))
        for which in Number:
            form.add(self.fields[which])
            form.wide(self.previews[which])
        column.addWidget(form)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(12)
        column.addWidget(words(_("What a template may hold"), "lead", strong=True))
        column.addWidget(pairs(_codes()))
        column.addSpacing(4)
        column.addWidget(words(_("Examples"), "caption", "muted", strong=True))
        column.addWidget(pairs(_EXAMPLES))
        column.addStretch(1)

    def show_view(self, view: NumbersView) -> None:
        """Show the templates of the branch that is chosen."""
        chosen = self.branch.value()
        self._view = view
        self.branch.blockSignals(True)
        self.branch.set_options([(_("All branches"), None), *view.branches])
        if chosen in {id_ for _name, id_ in view.branches}:
            self.branch.choose(chosen)
        self.branch.blockSignals(False)
        self.save.setVisible(view.may_change)
        self._may_not.setVisible(not view.may_change)
        for edit in self.edits.values():
            edit.setReadOnly(not view.may_change)
        self._fill()

    def show_preview(self, which: Number, preview: Preview) -> None:
        """Show the next numbers, or what is wrong."""
        field, line = self.fields[which], self.previews[which]
        field.clear_error()
        if preview.faults:
            field.show_error(_fault(preview.faults[0]))
        told = _("Next: {numbers} …").format(numbers=", ".join(preview.numbers))
        if preview.used_up:
            told = _("The range of this computer is used up for this template.")
        line.setText(told if preview.numbers or preview.used_up else "")
        line.setVisible(bool(line.text()))

    def send(self) -> None:
        """Keep what was changed."""
        view, branch = self._view, self.branch.value()
        if view is None or not view.may_change:
            return
        for which, edit in self.edits.items():
            wanted = edit.text().strip()
            if wanted != view.own[which, branch] and not self.fields[which].error:
                self.kept.emit(which, wanted, branch)

    def _fill(self) -> None:
        if self._view is None:
            return
        branch = self.branch.value()
        for which, edit in self.edits.items():
            edit.setPlaceholderText(self._view.in_use[which, branch])
            edit.setText(self._view.own[which, branch])
        self._ask()

    def _ask(self) -> None:
        self._pause.stop()
        for which, edit in self.edits.items():
            self.asked.emit(which, edit.text(), self.branch.value())


def _label(which: Number) -> str:
    return _("Barcode") if which is Number.BARCODE else _("Inventory number")


def _fault(fault: TemplateFault) -> str:
    return {
        TemplateFault.NO_COUNTER: _("A counter is missing, such as {99999}."),
        TemplateFault.TWO_COUNTERS: _("There is more than one counter."),
        TemplateFault.UNKNOWN_FIELD: _("There is a field in braces that is not known."),
        TemplateFault.LOOSE_BRACE: _("A brace is open or closed alone."),
    }[fault]


def _codes() -> tuple[tuple[str, str], ...]:
    return (
        ("{99999}", _("the counter, with at least so many figures")),
        ("{YYYY} {YY} {MM} {DD}", _("year, month and day; with the year the counter begins anew")),
        ("{loc}", _("the code of the branch")),
        ("{kind}", _("the code of the collection kind")),
        ("{source}", _("the first letter of the source: P, H, T, D")),
        ("{dev}", _("the number of this computer")),
    )
