"""The self-test's desk: a new library in the real window, a loan by camera and box, a return."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from perpusdesk.app.self_test import Stage, Step
from perpusdesk.app.self_test_scan import CARD, COPY

if TYPE_CHECKING:
    from perpusdesk.app.program import Program
    from perpusdesk.services.circulation.turn import Turn
    from perpusdesk.services.desk import Desk

_ANSWERS_MS: Final = 30_000


def _library(stage: Stage) -> str:
    """Make a library as the wizard does: encrypted, with the rules of the house."""
    from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
    from perpusdesk.storage.library import FILE_NAME

    folder = stage.folder / "library"
    new = NewLibrary("Perpustakaan Uji", "Pusat")
    with closing(create_library(folder, new)) as library:
        key = library.key
        stage.give(library=folder)
        _fill(open_desk(library))
    if key is None or (folder / FILE_NAME).read_bytes()[:6] == b"SQLite":
        raise ValueError("the file is not encrypted")
    return "encrypted, with a title, a copy and a member"


def _fill(desk: Desk) -> None:
    from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
    from perpusdesk.services.cataloguing.save_title import save_title
    from perpusdesk.services.cataloguing.title_form import blank_form, set_short
    from perpusdesk.services.members.member_form import MemberForm
    from perpusdesk.services.members.register_member import register_member

    form = set_short(blank_form(desk), "title", "Pelaut Kertas")
    form = set_short(form, "call_number", "899.221 AND p")
    title = _done(save_title(desk, form)).title
    _done(add_copies(desk, NewCopies(title, barcode=COPY)))
    _done(register_member(desk, MemberForm(name="Siti Misalnya", card=CARD)))


def _done(result: Any) -> Any:
    from perpusdesk.domain.decisions import Refused

    if isinstance(result, Refused):
        raise PermissionError(f"refused: {result.reason} {dict(result.facts)}")
    return result.value


def _desk(stage: Stage) -> str:
    """Lend and take back at the real window; without a screen it is drawn in memory."""
    from perpusdesk.app.demo_play import offscreen
    from perpusdesk.app.window_bench import has_screen

    if not has_screen(sys.platform, os.environ):
        offscreen()
    visit = DeskVisit(stage)
    try:
        return visit.work()
    finally:
        visit.close()


class DeskVisit:
    """A member comes, borrows one book and brings it back."""

    def __init__(self, stage: Stage) -> None:
        from perpusdesk.app.application import make_application
        from perpusdesk.app.held_frames import HeldFrames
        from perpusdesk.app.program import Program
        from perpusdesk.common.settings import Settings, SettingsFile
        from perpusdesk.services.set_up import open_desk
        from perpusdesk.storage.library import Library

        folder: Path = stage.take("library")
        self._stage = stage
        settings = SettingsFile(stage.folder / "settings.toml")
        settings.change(sounds=False, colour_scheme="light")
        self._app = make_application(Settings(colour_scheme="light", sounds=False))
        self._hand = HeldFrames(stage.take("table picture"))
        self.program: Program = Program(
            open_desk(Library.open(folder, encrypted=True)),
            reports=stage.folder,
            settings=settings,
            make_source=lambda _wanted: self._hand,
        )

    def work(self) -> str:
        """Do it all; return what is to be said of it."""
        from perpusdesk.services.circulation.turn import Outcome

        program = self.program
        program.show()
        self._answer(program.desk_page.opened)
        self._settle()
        program.window.camera_wanted.emit(True)
        card = self._stage.take("card picture")
        self._must(Outcome.VISIT_OPENED, lambda: self._hand.hold(card))
        program.window.camera_wanted.emit(False)
        lent = self._must(Outcome.LENT, lambda: self._typed(COPY))
        self._picture()
        self._must(Outcome.RETURNED, lambda: self._typed(COPY), opening=program.desk_page.finish)
        title = lent.title.title if lent.title else ""
        ratio = program.window.devicePixelRatioF()
        size = program.window.size()
        return (
            f"{title!r} lent and taken back on {self._app.platformName()},"
            f" {size.width()}x{size.height()} at {ratio:g}; card by camera"
        )

    def screens(self) -> str:
        """Bring every screen to the front."""
        names = self.program.window.page_names
        for name in names:
            self.program.window.go(name)
            self._settle()
        return f"{len(names)} screens: {', '.join(names)}"

    def close(self) -> None:
        """Close the window and with it the library."""
        self.program.window.close()
        self._app.processEvents()

    def _must(
        self, wanted: Any, act: Callable[[], object], opening: Callable[[], object] | None = None
    ) -> Turn:
        if opening is not None:
            self._answer(opening)
        turn = self._answer(act)
        if turn.outcome is not wanted:
            raise ValueError(f"the desk says {turn.outcome}, not {wanted}")
        return turn

    def _answer(self, act: Callable[[], object]) -> Turn:
        """Do something at the desk; return its answer when that was painted."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop, found = QEventLoop(), list[Any]()
        page = self.program.desk_page

        def answered(turn: object) -> None:
            found.append(turn)
            page.widget.update()
            QTimer.singleShot(50, loop.quit)

        page.shown.connect(answered)
        late = QTimer()
        late.setSingleShot(True)
        late.timeout.connect(loop.quit)
        late.start(_ANSWERS_MS)
        act()
        loop.exec()
        page.shown.disconnect(answered)
        if not found:
            raise TimeoutError("the desk did not answer")
        turn: Turn = found[-1]
        return turn

    def _typed(self, text: str) -> None:
        """Type into the scan box, and press Enter."""
        from PySide6.QtCore import QEvent, Qt
        from PySide6.QtGui import QKeyEvent

        box = self.program.window.box
        box.take_focus()
        plain = Qt.KeyboardModifier.NoModifier
        for letter in text:
            key = QKeyEvent(QEvent.Type.KeyPress, ord(letter.upper()), plain, letter)
            self._app.sendEvent(box.edit, key)
        self._app.sendEvent(box.edit, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, plain))

    def _picture(self) -> None:
        place = self._stage.picture
        if place is not None and not self.program.window.grab().save(str(place)):
            raise OSError(f"the picture could not be written to {place.name}")

    def _settle(self) -> None:
        self.program.tasks.wait_idle(30)
        self._app.processEvents()


def _look(_stage: Stage) -> str:
    """See that what is drawn has letters, icons and pictures: Qt's plugins are easily left out."""
    from PySide6.QtGui import QFontDatabase, QImageReader
    from PySide6.QtWidgets import QApplication

    from perpusdesk.app.application import make_application
    from perpusdesk.common.settings import Settings
    from perpusdesk.ui.kit import theme

    app = make_application(Settings(colour_scheme="light", sounds=False))
    drawn = theme.icon("book", "accent").pixmap(20, 20).toImage()
    across, down = range(drawn.width()), range(drawn.height())
    inked = any(drawn.pixelColor(x, y).alpha() for x in across for y in down)
    formats = {bytes(one.data()).decode() for one in QImageReader.supportedImageFormats()}
    families = len(QFontDatabase.families())
    if not inked:
        raise LookupError("the icons are blank")
    if lacking := {"png", "jpeg"} - formats:
        raise LookupError(f"pictures cannot be shown: {', '.join(sorted(lacking))}")
    if not families and QApplication.platformName() != "offscreen":
        raise LookupError("no fonts")
    style = app.style().metaObject().className()
    return f"{style}, {families} families of fonts, {len(formats)} picture formats"


def _screens(stage: Stage) -> str:
    """Open every screen of the program once."""
    visit = DeskVisit(stage)
    try:
        visit.program.show()
        return visit.screens()
    finally:
        visit.close()


STEPS: Final[dict[str, Step]] = {
    "library": _library,
    "desk": _desk,
    "look": _look,
    "screens": _screens,
}
