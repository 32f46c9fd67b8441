"""What the devices' tab does: reads on the database's thread, asks the server beside it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.branches import branches
from perpusdesk.services.library.devices import (
    RIGHT,
    DeviceLine,
    Quarantined,
    accept_quarantine,
    allow_device,
    list_devices,
    move_device,
    quarantine,
    revoke_device,
    set_contact_days,
)
from perpusdesk.services.results import Done
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.enrolment import say_not_joined
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.kit.toasts import ToastAction
from perpusdesk.ui.settings import devices_text as text
from perpusdesk.ui.settings.devices import DevicesSection
from perpusdesk.ui.settings.devices_text import ServerView
from perpusdesk.ui.shell.messages import Messages

if TYPE_CHECKING:
    from perpusdesk.protocol.enrolment_code import EnrolmentCode
    from perpusdesk.storage.key_store import KeyStore
    from perpusdesk.syncing.enrolment import Applicant, Joined, NotJoined

Branches = list[tuple[str, UUID]]
Read = tuple[ServerView, list[DeviceLine], list[Quarantined], Branches, bool, bool]
Judge = Callable[[Desk, UUID], Done[DeviceLine] | Refused]


class DevicesControl(QObject):
    """``joined``: this library belongs to a server now. ``undo_asked`` carries an action."""

    joined = Signal()
    undo_asked = Signal(object)

    def __init__(
        self, section: DevicesSection, desk: Desk, tasks: Tasks, messages: Messages
    ) -> None:
        super().__init__(section)
        self.section = section
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._keys: KeyStore | None = None
        section.join_asked.connect(self.join)
        section.revoke_asked.connect(lambda device: self._judge(revoke_device, device))
        section.allow_asked.connect(lambda device: self._judge(allow_device, device))
        section.accept_asked.connect(lambda device: self._judge(accept_quarantine, device))
        section.contact_asked.connect(self._set_contact)
        section.move_asked.connect(self._move)

    def _set_contact(self, device: UUID, days: int) -> None:
        self._judge(lambda desk, one: set_contact_days(desk, one, days), device)

    def _move(self, device: UUID, branch: UUID) -> None:
        self._judge(lambda desk, one: move_device(desk, one, branch), device)

    def read(self) -> None:
        """Bring the tab up to date."""
        from perpusdesk.syncing.membership import device_key

        def look(keys: KeyStore) -> None:
            self._tasks.aside(lambda: device_key(keys, device) is not None, seen, owner=self)

        def seen(has_key: bool) -> None:
            self._tasks.run(lambda: self._read(has_key=has_key), self._show)

        device = self._desk.library.device
        self._with_keys(look)

    def join(self, code: EnrolmentCode) -> None:
        """Join the server of a code with all that is here."""
        from perpusdesk.syncing.join import about_library

        self.section.server.say(text.asking(code.server))
        library = self._desk.library
        self._tasks.run(lambda: about_library(library), lambda about: self._ask(code, about))

    def _ask(self, code: EnrolmentCode, about: Applicant) -> None:
        def ask(keys: KeyStore) -> None:
            from perpusdesk.syncing.enrol_http import post_enrolment
            from perpusdesk.syncing.join import ask_server

            self._tasks.aside(
                lambda: ask_server(code, about, keys, post_enrolment),
                lambda heard: self._heard(code, heard),
                self._failed,
                owner=self,
            )

        self._with_keys(ask)

    def _heard(self, code: EnrolmentCode, heard: Joined | NotJoined) -> None:
        from perpusdesk.syncing.enrolment import NotJoined
        from perpusdesk.syncing.join import keep_joined

        if isinstance(heard, NotJoined):
            said = say_not_joined(heard.reason, heard.facts)
            self.section.server.say(f"{said.what} {said.todo}", well=False)
            return
        library = self._desk.library
        self._tasks.run(lambda: keep_joined(library, code, heard), self._kept, self._failed)

    def _kept(self, _nothing: None) -> None:
        self.section.server.say(text.joined(), well=True)
        self.joined.emit()
        self.read()

    def _failed(self, error: KnownError) -> None:
        self.section.server.say(str(say_fault(error)), well=False)

    def _with_keys(self, then: Callable[[KeyStore], object]) -> None:
        """Find the key store beside the interface, for a keyring may ask or be slow."""
        if self._keys is not None:
            then(self._keys)
            return
        from perpusdesk.storage.key_store import system_key_store

        folder = self._desk.library.folder

        def found(keys: KeyStore) -> None:
            self._keys = keys
            then(keys)

        self._tasks.aside(lambda: system_key_store(folder), found, owner=self)

    def _read(self, *, has_key: bool) -> Read:
        from perpusdesk.storage.key_store import Kept
        from perpusdesk.syncing.membership import membership, own_certificate

        desk = self._desk
        known, certificate = membership(desk.library), own_certificate(desk.library)
        server = ServerView(
            url=known.url if known else "",
            number=certificate.number if certificate else 0,
            role=certificate.role if certificate else "",
            key_lost=not has_key,
            in_keyring=self._keys is not None and self._keys.kept is Kept.KEYRING,
        )
        may = desk.may(RIGHT) and (certificate is None or certificate.may_revoke)
        every = [(one.name, one.id) for one in branches(desk)]
        return server, list_devices(desk), quarantine(desk), every, may, desk.may(RIGHT)

    def _show(self, read: Read) -> None:
        server, lines, withheld, every, may, may_move = read
        self.section.show_all(server, lines, withheld, every, may=may, may_move=may_move)

    def _judge(self, judge: Judge, device: UUID) -> None:
        desk = self._desk

        def said() -> tuple[Any, str]:
            answer = judge(desk, device)
            if isinstance(answer, Refused):
                return None, say_refusal(answer, desk).what
            return answer.action, f"{action_name(answer.verb)}: {answer.value.name}"

        self._tasks.run(said, self._judged)

    def _judged(self, answer: tuple[Any, str]) -> None:
        action, said = answer
        if action is None:
            self._messages.toast(said, tone="warn", replace="devices")
        else:
            undo = ToastAction(_("Undo"), lambda: self._undo(action), "Ctrl+Z")
            self._messages.toast(said, tone="ok", replace="devices", action=undo)
        self.read()

    def _undo(self, action: UUID) -> None:
        self.undo_asked.emit(action)
        self.read()
