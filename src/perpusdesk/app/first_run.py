"""From the wizard's answers to a library and to this device's settings."""

from __future__ import annotations

import contextlib
import platform
from datetime import datetime
from pathlib import Path
from typing import Any

from perpusdesk.common.i18n import _, language
from perpusdesk.common.paths import kept_as
from perpusdesk.common.settings import SettingsFile, Value
from perpusdesk.protocol.enrolment_code import EnrolmentCode, read
from perpusdesk.services.safety.recovery import give_recovery
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.staff.staff import set_pin
from perpusdesk.services.wording import enrolment
from perpusdesk.services.wording.faults import Told
from perpusdesk.storage.backup.writing import Pace
from perpusdesk.storage.library import Library
from perpusdesk.syncing.enrolment import NotJoined
from perpusdesk.ui.kit.scanner_lesson import values_of
from perpusdesk.ui.wizard import text
from perpusdesk.ui.wizard.folder_check import check_folder
from perpusdesk.ui.wizard.steps import Answers, Wizard, nearest_zone


def first_wizard(folder: Path) -> Wizard:
    """Return the first run's questions, with what this computer already tells."""
    zone = nearest_zone(datetime.now().astimezone().utcoffset())
    return Wizard(Answers(language(), folder, zone, device=platform.node()[:60]), check_folder)


def make_library(settings: SettingsFile, answers: Answers, *, moved: bool) -> Library:
    """Make the library that was asked for, and note what this device is set to.

    ``moved`` tells that it is not where this device would look for it. Raises ``KnownError``.
    """
    new = NewLibrary(
        name=answers.library.strip(),
        branch=answers.branch.strip(),
        zone=answers.zone,
        staff=answers.person.strip() or text.usual_person(),
        role=answers.role,
        language=answers.language,
    )
    library = create_library(answers.folder, new)
    try:
        if answers.sheet:
            give_recovery(library, answers.sheet)
        note_library(settings, answers, moved=moved)
        _give_pin(library, answers.pin)  # the last: from then on somebody has to sign in
    except BaseException:
        library.close()
        raise
    return library


def _give_pin(library: Library, pin: str) -> None:
    """Give the first person the PIN that was chosen, if one was."""
    desk = open_desk(library)
    if pin.strip() and desk.staff is not None:
        set_pin(desk, desk.staff, pin)


def join_library(settings: SettingsFile, answers: Answers, *, moved: bool) -> Library | NotJoined:
    """Let the server of the code admit this device; returns its library, empty as yet.

    Asks the network: not for the interface's thread. Can be called again. Raises ``KnownError``.
    """
    from perpusdesk.storage.key_store import system_key_store
    from perpusdesk.syncing.enrol_http import post_enrolment
    from perpusdesk.syncing.join import join_new

    store = system_key_store(answers.folder)
    joined = join_new(answers.folder, code_of(answers), answers.device, store, post_enrolment)
    if isinstance(joined, Library):
        try:
            note_library(settings, answers, moved=moved)
        except BaseException:
            joined.close()
            raise
    return joined


def restore_library(settings: SettingsFile, answers: Answers, *, moved: bool) -> Library:
    """Restore the newest backup of the store that was chosen, into an empty folder.

    It is the same device as before, in a stream of its own; its key for the exchange may be gone.
    Raises ``KnownError``: another library's code, damaged, no room; then there is no library.
    """
    from perpusdesk.services.safety.backup_places import private_key
    from perpusdesk.services.safety.restore import restore_newest

    private = private_key(answers.recovery)
    if answers.backup is None or not isinstance(private, bytes):
        raise TypeError(answers.recovery)
    library = restore_newest(
        answers.backup, private, answers.folder, {"settings.toml": settings.path}
    )
    try:
        note_library(settings, answers, moved=moved)
    except BaseException:
        library.close()
        raise
    return library


def restore_from_server(
    settings: SettingsFile, answers: Answers, pace: Pace, *, moved: bool
) -> Library | NotJoined:
    """Take the place of the device that the code is for, and restore its newest backup.

    Asks the network: not for the interface's thread. Can be called again with the same code.
    Raises ``KnownError``, or ``CalledOff`` by ``pace``; then there is no library.
    """
    from perpusdesk.services.safety.backup_places import private_key
    from perpusdesk.services.safety.restore_from_server import recovered
    from perpusdesk.services.safety.restore_from_server import restore_from_server as restore
    from perpusdesk.storage.key_store import system_key_store
    from perpusdesk.syncing.enrol_http import post_enrolment
    from perpusdesk.syncing.replacing import keep_replacement, replace_device

    private, keys = private_key(answers.recovery), system_key_store(answers.folder)
    if not isinstance(private, bytes):
        raise TypeError(private.reason)
    known = replace_device(code_of(answers), keys, post_enrolment, name=answers.device)
    if isinstance(known, NotJoined):
        return known
    with contextlib.closing(known.link()) as link:
        server = known.stores(link, answers.folder, pace.check)
        stores = recovered(server, known.joined.library, known.device, private)
        files = {"settings.toml": settings.path}
        library = restore(stores, answers.folder, keys, files, pace)
    try:
        keep_replacement(library, known, keys)
        note_library(settings, answers, moved=moved)
    except BaseException:
        library.close()
        raise
    return library


def code_of(answers: Answers) -> EnrolmentCode:
    """Return the code of answers that were found good."""
    code = read(answers.code)
    if not isinstance(code, EnrolmentCode):
        raise TypeError(code.reason)
    return code


def say_not_joined(refused: NotJoined) -> Told:
    """Return why the server did not admit this device, as the start says it."""
    said = enrolment.say_not_joined(refused.reason, refused.facts)
    return Told(said.what, _("Nothing was changed."), said.todo, refused.reason.value)


def note_library(settings: SettingsFile, answers: Answers, *, moved: bool) -> None:
    """Note this device's settings, and where its library is. Raises ``KnownError``."""
    folder = {"data_folder": kept_as(answers.folder)} if moved else {}
    note_device(settings, answers, **folder)


def note_device(settings: SettingsFile, answers: Answers, **more: Value) -> None:
    """Note the language and the scanner of this device. Raises ``KnownError``."""
    changes: dict[str, Any] = {"language": answers.language, **more}
    if answers.scanner is not None:
        changes |= values_of(answers.scanner)
    settings.change(**changes)
