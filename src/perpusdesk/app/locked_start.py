"""A start that stands before a locked library: its key is lost, or its server was not asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.common.paths import is_carried
from perpusdesk.protocol.recovery_code import BadCode
from perpusdesk.services.safety.contact import contact_due, pardon
from perpusdesk.services.safety.recovery import unlock
from perpusdesk.services.wording.faults import Told, say_fault
from perpusdesk.services.wording.recovery import say_bad_code, say_other_code
from perpusdesk.storage.library import Library
from perpusdesk.ui.kit.recovery_entry import RecoveryEntry
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.start import text
from perpusdesk.ui.start.pages import Step, WaitPage
from perpusdesk.ui.start.unlock_page import UnlockPage
from perpusdesk.ui.start.window import StartWindow

Opened = Callable[[Library], object]
WantCamera = Callable[[RecoveryEntry, bool], object]


class LockedStart(QObject):
    """Shows why a library is closed, takes the code, and hands it on when it is open."""

    def __init__(
        self,
        window: StartWindow,
        tasks: Tasks,
        *,
        want_camera: WantCamera,
        drop_camera: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._window, self._tasks = window, tasks
        self._want_camera, self._drop_camera = want_camera, drop_camera
        self._page: UnlockPage | None = None
        self._held: Library | None = None

    def close(self) -> None:
        """Let go of a library that nobody was allowed to see."""
        held, self._held = self._held, None
        if held is not None:
            held.close()

    # --- the key is lost -----------------------------------------------------------------------

    def ask_code(self, error: KnownError, folder: Path, again: Callable[[], object]) -> UnlockPage:
        """Ask for the recovery code of a library whose key is lost; ``again`` opens it then."""
        what = _("This library is locked, and its key is not on this computer.")
        safe = _(
            "Nothing was changed; the library is whole. Enter the recovery code from its sheet."
        )
        if is_carried(folder):
            what = text.first_here()
            safe = _(
                "It is locked and whole. Enter the recovery code from its sheet once: this computer"
                " then keeps the key, the stick never does."
            )
        told = Told(what, safe, "", say_fault(error).details)
        entry = self._entry()

        def tried(answer: BadCode | bool) -> None:
            if self._good(answer):
                self._drop_camera()
                again()

        entry.entered.connect(
            lambda: self._tasks.run(lambda: unlock(folder, entry.text), tried, self._failed)
        )
        return self._show(UnlockPage(told, entry, self._outs(again)))

    # --- the server was not asked for long -----------------------------------------------------

    def hold(self, library: Library, opened: Opened) -> bool:
        """Keep a library closed whose device has to contact its server; ``False``: it need not."""
        due = contact_due(library)
        if due is None:
            return False
        self._held = library
        self._ask_contact(due.days, opened)
        return True

    def _ask_contact(self, days: int, opened: Opened, why: str = "") -> None:
        told = say_fault(KnownError(Fault.CONTACT_DUE, days=days))
        entry = self._entry()
        entry.entered.connect(lambda: self._pardon(entry, opened))
        first = (_("Contact the server now"), lambda: self._contact(days, opened))
        outs: list[Step] = [(_("Quit"), self._window.close)]
        self._show(UnlockPage(told, entry, outs, first))
        if why:
            entry.field.show_warning(why)

    def _contact(self, days: int, opened: Opened) -> None:
        from perpusdesk.syncing.first_answer import contact_server

        library = self._library()
        heading = _("Contacting the server")
        why = _("The library stays closed until the server has answered.")
        self._window.show_page(WaitPage(heading, why))

        def answered(reason: str) -> None:
            if not reason and contact_due(library) is None:
                self._let_go(opened)
            else:
                self._ask_contact(days, opened, _("The server did not answer."))

        def failed(_error: KnownError) -> None:
            answered("failed")

        self._tasks.run(lambda: contact_server(library), answered, failed)

    def _pardon(self, entry: RecoveryEntry, opened: Opened) -> None:
        library = self._library()

        def tried(answer: BadCode | bool) -> None:
            if self._good(answer):
                self._let_go(opened)

        self._tasks.run(lambda: pardon(library, entry.text), tried, self._failed)

    def _library(self) -> Library:
        assert self._held is not None
        return self._held

    def _let_go(self, opened: Opened) -> None:
        library, self._held = self._library(), None
        self._drop_camera()
        opened(library)

    # --- both ----------------------------------------------------------------------------------

    def _entry(self) -> RecoveryEntry:
        entry = RecoveryEntry()
        entry.camera_wanted.connect(lambda on: self._want_camera(entry, on))
        entry.file_chosen.connect(self._read_file)
        return entry

    def _show(self, page: UnlockPage) -> UnlockPage:
        self._page = page
        self._window.show_page(page)
        return page

    def _outs(self, again: Callable[[], object]) -> list[Step]:
        return [(_("Try again"), again), (_("Quit"), self._window.close)]

    def _good(self, answer: BadCode | bool) -> bool:
        if answer is True:
            return True
        said = say_bad_code(answer) if isinstance(answer, BadCode) else say_other_code()
        if self._page is not None:
            self._page.entry.show_error(f"{said.what} {said.todo}")
        return False

    def _failed(self, error: KnownError) -> None:
        if self._page is not None:
            self._page.entry.show_error(str(say_fault(error).what))

    def _read_file(self, path: str) -> None:
        from perpusdesk.app.sheet_files import code_in

        self._tasks.aside(lambda: code_in(Path(path)), self._found, self._failed)

    def _found(self, text: str | None) -> None:
        page = self._page
        if page is not None and (text is None or not page.entry.take(text)):
            what = _("No code was found in this file.")
            todo = _("Take a straight photo in good light, or type the code.")
            page.entry.show_error(f"{what} {todo}")
