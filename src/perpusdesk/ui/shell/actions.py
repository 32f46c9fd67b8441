"""The one list of what can be done: menus, shortcuts, the palette and the key sheet read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from perpusdesk.ui.kit.overlay import Overlay

EVERYWHERE: Final = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    ``text`` makes the words when they are shown, so that they follow the language. ``keys`` are
    in Qt's portable form (``"Ctrl+Z"``, ``"F4"``, ``"?"``); the first is shown. ``page`` is the
    name of the page the action belongs to, or ``EVERYWHERE``. ``allowed`` tells whether it
    makes sense just now; an action that is not allowed does nothing and is not offered.
    """

    id: str
    text: Callable[[], str]
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: Callable[[], str] = lambda: ""
    page: str = EVERYWHERE
    allowed: Callable[[], bool] = lambda: True
    offered: bool = True
    """Whether palette and menus list it (keys work all the same)."""

    bound: bool = True
    """Whether its keys work by themselves; if not, the screen takes them (Enter, Esc)."""


class Actions(QObject):
    """Keeps the actions of one window and their keys."""

    changed = Signal()
    ran = Signal(str)
    """The id of what was just done."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._page = EVERYWHERE
        self.resting = False
        self._actions: dict[str, Action] = {}
        self._bound: dict[str, QAction] = {}

    def add(self, *actions: Action) -> None:
        """Register ``actions``. Raises ``ValueError`` for an id or a key that is taken.

        The same key may serve different pages, but not a page and everywhere.
        """
        for action in actions:
            self._refuse_clash(action)
            self._actions[action.id] = action
            self._bind(action)
        self.changed.emit()

    def use_page(self, name: str) -> None:
        """Make the keys of page ``name`` work, and those of the other pages rest."""
        self._page = name
        self._use()

    def rest(self, resting: bool) -> None:
        """Let nothing at all be done (the desk is locked), or what could be done before."""
        self.resting = resting
        self._use()

    def _use(self) -> None:
        for id_, bound in self._bound.items():
            bound.setEnabled(self._here(self._actions[id_]))
        self.changed.emit()

    def run(self, id_: str) -> None:
        """Do it, if it is allowed here and now. Raises ``KeyError`` for an unknown id."""
        action = self._actions[id_]
        if self._here(action) and action.allowed():
            action.run()
            self.ran.emit(id_)

    def has_key(self, key: str) -> bool:
        """Tell whether the single printable ``key`` stands for something allowed here and now."""
        return any(key in action.keys and action.allowed() for action in self.here())

    def run_key(self, key: str) -> bool:
        """Do what the single printable ``key`` stands for; tell whether it stands for anything.

        Such keys are not bound as shortcuts: a scanner types them too.
        """
        for action in self.here():
            if key in action.keys and action.allowed():
                self.run(action.id)
                return True
        return False

    def here(self) -> list[Action]:
        """Return all actions of the page in front and of everywhere, in the order added."""
        return [action for action in self._actions.values() if self._here(action)]

    def offers(self) -> list[Action]:
        """Return what palette and menus list now."""
        return [action for action in self.here() if action.offered and action.allowed()]

    def get(self, id_: str) -> Action:
        """Return the action. Raises ``KeyError`` for an unknown id."""
        return self._actions[id_]

    def _here(self, action: Action) -> bool:
        return not self.resting and action.page in (EVERYWHERE, self._page)

    def _bind(self, action: Action) -> None:
        sequences = [QKeySequence(key) for key in action.keys if not is_lone(key)]
        if not sequences or not action.bound:
            return
        bound = QAction(self._window)
        bound.setShortcuts(sequences)
        bound.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        bound.setEnabled(self._here(action))
        bound.triggered.connect(lambda: self._by_key(action.id))
        self._window.addAction(bound)
        self._bound[action.id] = bound

    def _by_key(self, id_: str) -> None:
        """Do it in sight: what covers the window is closed first."""
        for overlay in self._window.findChildren(Overlay):
            overlay.close_panel()
        self.run(id_)

    def _refuse_clash(self, action: Action) -> None:
        if action.id in self._actions:
            raise ValueError(f"action {action.id} exists")
        for other in self._actions.values():
            if not (action.bound and other.bound):
                continue
            together = EVERYWHERE in (action.page, other.page) or action.page == other.page
            shared = set(action.keys) & set(other.keys)
            if together and shared:
                raise ValueError(f"{shared} of {action.id} are taken by {other.id}")


def is_lone(key: str) -> bool:
    """Tell whether ``key`` is a single printable character, which scanners type too."""
    return len(key) == 1


def shown_keys(keys: str) -> str:
    """Return ``keys`` as they are written on keyboards here."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
