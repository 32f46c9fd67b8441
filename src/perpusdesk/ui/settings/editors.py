"""An editor for each declared setting, a tick or a choice; it tells only what a person changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QCheckBox, QWidget

from perpusdesk.common.settings import Declaration, Value
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.settings import text

Changed = Callable[[str, Value], object]

STEPS: Final = {
    "text_size": (90, 100, 110, 125, 150),
    "volume": (20, 40, 60, 80, 100),
    "lock_after": (0, 2, 5, 10, 15, 30, 60),
}
"""Values offered where the limits leave more than anybody wants to choose from."""


class TickEditor(QCheckBox):
    """Yes or no."""

    def __init__(self, declared: Declaration, changed: Changed) -> None:
        super().__init__(text.name_of(declared.name, declared.text))
        self.toggled.connect(lambda on: changed(declared.name, on))

    def show_value(self, value: Value) -> None:
        """Show ``value`` without telling."""
        self.blockSignals(True)
        self.setChecked(bool(value))
        self.blockSignals(False)


class ChoiceEditor(Field[Choice[Value]]):
    """One of several values; what is set is always among them."""

    def __init__(self, declared: Declaration, changed: Changed) -> None:
        self._declared = declared
        self._offered = [(text.value_of(declared.name, one), one) for one in _values(declared)]
        label = text.name_of(declared.name, declared.text)
        super().__init__(label, Choice(self._offered), hint=text.hint(declared.name))
        self.edit.activated.connect(lambda _place: self._tell(changed))

    def offer(self, more: list[tuple[str, Value]]) -> None:
        """Offer these besides the default; what was chosen stays."""
        value = self.edit.value()
        default = self._declared.default
        self._offered = [(text.value_of(self._declared.name, default), default), *more]
        self.show_value(default if value is None else value)

    def show_value(self, value: Value) -> None:
        """Show ``value`` without telling."""
        known = [one for _text, one in self._offered]
        extra = [] if value in known else [(text.value_of(self._declared.name, value), value)]
        self.edit.set_options([*self._offered, *extra])
        self.edit.choose(value)

    def _tell(self, changed: Changed) -> None:
        value = self.edit.value()
        if value is not None:
            changed(self._declared.name, value)


Editor = TickEditor | ChoiceEditor


def editor_for(declared: Declaration, changed: Changed) -> Editor:
    """Return the editor of a setting."""
    made = TickEditor if declared.kind is bool else ChoiceEditor
    return made(declared, changed)


def tick(label: str, changed: Callable[[bool], object], parent: QWidget | None = None) -> QCheckBox:
    """Return a plain tick."""
    made = QCheckBox(label, parent)
    named(made, label)
    made.toggled.connect(changed)
    return made


def _values(declared: Declaration) -> tuple[Value, ...]:
    return STEPS.get(declared.name, declared.choices or (declared.default,))
