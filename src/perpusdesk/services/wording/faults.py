"""A known failure in words: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Told:
    """Three short sentences; ``details`` is for whoever helps (in English, may be empty)."""

    what: str
    safe: str
    todo: str
    details: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


_SAFE = N_("Everything confirmed before is safe.")
_TEXTS: Final[Mapping[Fault, tuple[str, str, str]]] = {
    Fault.DISK_FULL: (
        N_("The disk is full; the last step was not saved."),
        _SAFE,
        N_("Free some space, then repeat the last step."),
    ),
    Fault.READ_ONLY: (
        N_("The library's folder cannot be written to."),
        _SAFE,
        N_("Check the folder's rights or take the stick's write protection off, then try again."),
    ),
    Fault.DAMAGED: (
        N_("The library file cannot be read properly."),
        N_("The file is left as it is."),
        N_("Close the program, run the doctor, or restore the newest backup."),
    ),
    Fault.NOT_A_LIBRARY: (
        N_("There is no PerpusDesk library in this folder."),
        N_("Nothing was changed."),
        N_("Choose another folder, or set up a new library."),
    ),
    Fault.NEWER_LIBRARY: (
        N_("This library was used with a newer PerpusDesk."),
        N_("Nothing was changed."),
        N_("Install the newer PerpusDesk on this computer."),
    ),
    Fault.UPGRADE_FAILED: (
        N_("The library could not be brought to this version of PerpusDesk."),
        N_("The library is as it was; nothing of it was changed."),
        N_("Go on with the former version, and send the report to whoever looks after PerpusDesk."),
    ),
    Fault.STEP_BACK_FAILED: (
        N_("The library could not be brought back to the former version."),
        N_("The library is as it was; nothing of it was changed."),
        N_("Go on with this version, and send the report to whoever looks after PerpusDesk."),
    ),
    Fault.NO_FORMER_PROGRAM: (
        N_("The installer of the former version is not kept on this computer."),
        N_("Nothing was changed."),
        N_("Go on with this version, or ask whoever looks after PerpusDesk for the former one."),
    ),
    Fault.INSTALLER: (
        N_("The installer could not be started: {cause}"),
        N_("Nothing was changed; the library is whole."),
        N_("Close PerpusDesk and open this file by hand, or ask whoever looks after it."),
    ),
    Fault.ALREADY_OPEN: (
        N_("This library is already open in another window or program."),
        N_("Nothing was changed."),
        N_("Go on in the window that is open, or close it first."),
    ),
    Fault.UNSAFE_PLACE: (
        N_("A library cannot live in a network or cloud-synced folder."),
        N_("Nothing was changed."),
        N_("Choose a folder on this computer's own disk."),
    ),
    Fault.UNREADABLE_FILE: (
        N_("The file cannot be read: {file}."),
        N_("Nothing was changed."),
        N_("Check that it is there and whole, then try again."),
    ),
    Fault.CAMERA_LOST: (
        N_("The camera does not answer."),
        N_("Lending goes on with the scanner and the keyboard."),
        N_("Check the cable; the picture comes back by itself."),
    ),
    Fault.PRINTER: (
        N_("The printer does not answer."),
        N_("The loan itself is saved."),
        N_("Check paper, cable and power, then print again."),
    ),
    Fault.NO_PORT: (
        N_("Phones cannot be served: the ports {cause} of this computer are all in use."),
        N_("Everything is saved; only the forms on phones are off."),
        N_("Close the other program that serves pages, then try again."),
    ),
    Fault.UNUSABLE_INPUT: (
        N_("This cannot be used: {cause}"),
        N_("Nothing was changed."),
        N_("Correct it and try again."),
    ),
    Fault.KEYS_LOST: (
        N_("The secrets of this library's server are not in {file}."),
        N_("Nothing was changed; the library itself is whole."),
        N_("Run the server as the user who set it up, or bring this folder back."),
    ),
    Fault.SHUT_OUT: (
        N_("This device was shut out of the library: what it records would not count."),
        N_("Nothing was recorded now; everything from before is kept."),
        N_("Ask the library's administrator to let the device in again."),
    ),
    Fault.TAKEN_AWAY: (
        N_("{file} was taken away while it was open: by an antivirus program or another person."),
        N_("All that was saved before is kept in its folder; nothing more is written."),
        N_("Start PerpusDesk again, and have its folder excepted from the antivirus program."),
    ),
    Fault.KEY_MISSING: (
        N_("The library in {file} is locked, and its key is not on this computer."),
        N_("Nothing was changed; the library is whole."),
        N_("Open it with the recovery code from the library's sheet."),
    ),
    Fault.CONTACT_DUE: (
        N_("This device has had no contact with its server for {days} days."),
        N_("Everything recorded here is kept; the library stays closed until then."),
        N_("Connect to the network and contact the server, or enter the recovery code."),
    ),
    Fault.NOT_SIGNED_IN: (
        N_("Nobody has signed in at this desk."),
        N_("Nothing was recorded now; everything from before is kept."),
        N_("Sign in with your PIN, then do it again."),
    ),
    Fault.STAFF_REVOKED: (
        N_("The account at this desk was closed."),
        N_("Nothing was recorded now; everything from before is kept."),
        N_("Let a colleague sign in, or ask who manages the staff."),
    ),
    Fault.BACKUP_BUSY: (
        N_("Another program is writing a backup to {file}."),
        _SAFE,
        N_("Wait until it is done, then try again."),
    ),
    Fault.BACKUP_DAMAGED: (
        N_("This backup in {file} is damaged."),
        N_("The other backups and the library itself are untouched."),
        N_("Take another backup, and make a new one today."),
    ),
    Fault.PLACE_GONE: (
        N_("The place of the backups does not answer: {file}"),
        N_("The library and all older backups are safe."),
        N_("Plug the stick or disk in, then try again."),
    ),
    Fault.FOLDER_GONE: (
        N_("The folder for reports cannot be written to: {file}"),
        N_("Nothing is lost: what is due is written as soon as the folder is there."),
        N_("Plug the stick or disk in, or schedule the report into another folder."),
    ),
    Fault.SERVER_FULL: (
        N_("The space for this device's backups on the server is full."),
        N_("The library and all older backups are safe."),
        N_("Ask whoever looks after the server for more space for backups."),
    ),
    Fault.NOT_ENROLLED: (
        N_("This device exchanges with no other yet."),
        N_("All that is done here is saved here."),
        N_("Join with a code from the library's administrator first."),
    ),
    Fault.UNREACHABLE: (
        N_("{server} does not answer."),
        N_("The work at the desk goes on without it."),
        N_("Check the network, or try again later."),
    ),
}


def say_fault(error: KnownError) -> Told:
    """Return a known failure in the language in use."""
    what, safe, todo = _TEXTS[error.fault]
    facts = error.facts
    file = str(facts.get("file") or facts.get("path") or "")
    cause = str(
        facts.get("typed") or facts.get("cause") or facts.get("why") or facts.get("code") or file
    )
    details = "\n".join((error.fault.value, *(f"{k}: {v}" for k, v in facts.items())))
    server = str(facts.get("server") or "")
    if error.fault is Fault.NEWER_LIBRARY and facts.get("needs"):
        todo = _("Install PerpusDesk {version} or newer on this computer.")
        return Told(_(what), _(safe), todo.format(version=facts["needs"]), details)
    if error.fault is Fault.ALREADY_OPEN and facts.get("exists"):
        what = _("There is a library in {folder} already.").format(folder=file)
        return Told(what, _(safe), _("Choose another folder, or open that library."), details)
    if error.fault is Fault.INSTALLER and facts.get("typed"):
        return Told(*_by_hand(file, str(facts["typed"])), details)
    said = {"file": file, "cause": cause, "server": server, "days": facts.get("days", "")}
    return Told(_(what).format(**said), _(safe), _(todo), details)


def _by_hand(file: str, typed: str) -> tuple[str, str, str]:
    """Return what is said of a package that a person puts in the program's place."""
    if file.lower().endswith(".zip"):
        return (
            _("The program on a stick is renewed by hand, from {file}").format(file=file),
            _("Nothing was changed; the library is whole."),
            _(
                "Close PerpusDesk, then unpack that file over the program's folder. The folder Data"
                " stays as it is."
            ),
        )
    return (
        _("The new version is ready: {typed}").format(typed=typed),
        _("Nothing was changed; the library is whole."),
        _("Close PerpusDesk and type that in a terminal, or ask whoever looks after it."),
    )
