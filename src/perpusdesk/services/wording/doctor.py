"""The examination in words: what each check looks at, what it found, and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.services.doctor.parts import Finding
from perpusdesk.storage.salvage.report import Report

CHECK_NAMES: Final[Mapping[str, str]] = {
    "file": N_("Library file"),
    "torn_end": N_("After a power cut"),
    "rows": N_("Data against its log"),
    "chain": N_("Log unchanged"),
    "held": N_("Notes of newer programs"),
    "attached": N_("Digital files"),
    "pictures": N_("Photos and covers"),
    "lock": N_("Lock and recovery code"),
    "backup": N_("Backups"),
    "disk": N_("Disk"),
    "disk_health": N_("Health of the disk"),
    "place": N_("Place of the data folder"),
    "clock": N_("Clock"),
    "strays": N_("Left-over files"),
}

_SAFE: Final = N_("Nothing that can be read is lost.")
_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "file_damaged": (
        N_("Parts of the library file cannot be read."),
        N_("Repair closes the library, reads all that is readable into a new file and opens it."),
    ),
    "torn_end": (
        N_("The end of the last work was torn by a power cut; {count} notes of it are readable."),
        N_("Repair takes them in. Compare the last loans with the books at the desk."),
    ),
    "torn_nothing": (
        N_("The last step before a power cut was not finished."),
        N_("Everything confirmed before is there. Repeat the last step if it is missing."),
    ),
    "rows_wrong": (
        N_("{count} records differ from what was noted of them."),
        N_("Repair makes them anew from the log. Nothing that can be read is lost."),
    ),
    "digest_wrong": (
        N_("The sums that devices compare are wrong in {count} places."),
        N_("Repair reckons them anew."),
    ),
    "search_wrong": (
        N_("The search index is wrong in {count} places, so some titles are not found."),
        N_("Repair makes the index anew."),
    ),
    "log_gap": (
        N_("Notes are missing in {count} places of this device's log."),
        N_("The next exchange with the server brings back what the server has."),
    ),
    "log_unreadable": (
        N_("Some notes in the log cannot be read."),
        N_("Restore the newest backup, or ask who looks after the program."),
    ),
    "chain_lost": (
        N_("Notes or packages that were in the log are missing in {count} places."),
        N_("The next exchange with the server brings back what the server has."),
    ),
    "chain_broken": (
        N_("The log was changed past the program in {count} places."),
        N_("The history page shows where. Tell the library's administrator."),
    ),
    "chain_other": (
        N_("The log is not the one that a backup of it knows: {where}"),
        N_(
            "After the repair of a damaged file that is to be expected. Otherwise somebody changed"
            " the log past the program: keep that backup and tell the library's administrator."
        ),
    ),
    "held_back": (
        N_("A newer program noted {count} kinds of things that this one does not know yet."),
        N_("They are kept, and shown after an update of PerpusDesk."),
    ),
    "attached_in_backup": (
        N_("{count} digital files are damaged or gone, and a backup has them."),
        N_("Repair brings them back. What is there of them is kept aside."),
    ),
    "attached_damaged": (
        N_("{count} digital files are damaged."),
        N_("No backup that is plugged in has them. Plug in another, or attach them again."),
    ),
    "attached_missing": (
        N_("{count} digital files are not on this computer."),
        N_("They are on the device where they were attached. Nothing is wrong here."),
    ),
    "attached_strange": (
        N_("{count} files belong to no title any more."),
        N_("They take room, but harm nothing."),
    ),
    "picture_in_backup": (
        N_("{count} photos or covers cannot be shown, and a backup has them."),
        N_("Repair brings them back."),
    ),
    "photo_damaged": (
        N_("{count} photos of members cannot be shown."),
        N_("Take them again at the next visit."),
    ),
    "cover_damaged": (
        N_("{count} covers cannot be shown."),
        N_("Scan or choose them again."),
    ),
    "not_encrypted": (
        N_("The library file is not locked."),
        N_("Who takes this computer can read the members' data."),
    ),
    "lock_other": (
        N_("The lock beside the library file is damaged or of another library."),
        N_("Make a backup now, and keep the recovery code at hand."),
    ),
    "lock_no_recovery": (
        N_("No recovery code was made yet."),
        N_("Without it nobody opens this library when the computer forgets its key."),
    ),
    "lock_copy_missing": (
        N_("One of the two lock files is missing."),
        N_("Repair writes it again."),
    ),
    "backup_none": (N_("There is no place for backups."), N_("Choose one at Backups.")),
    "backup_yellow": (
        N_("The newest backup is more than three days old."),
        N_("Make one today at Backups."),
    ),
    "backup_red": (
        N_("The newest backup is more than a week old."),
        N_("Make one now at Backups."),
    ),
    "backup_unreadable": (
        N_("The newest backup in {where} cannot be read."),
        N_("Make a new one now at Backups, best on another disk or stick."),
    ),
    "disk_full_soon": (
        N_("The disk is nearly full: {megabytes} MB are left."),
        N_("Free some space before nothing can be saved any more."),
    ),
    "disk_unreadable": (
        N_("The disk does not answer."),
        N_("Make a backup now, and let somebody look at the disk."),
    ),
    "disk_lies": (
        N_("The disk gave back something else than was written to it."),
        N_("Make a backup on another disk now, and replace this one."),
    ),
    "disk_errors": (
        N_("The system has noted {count} errors on this disk."),
        N_("Make a backup on another disk now, and let somebody check this one."),
    ),
    "disk_degraded": (
        N_("A disk is missing in the array that holds the library."),
        N_("Make a backup on another disk now, and let somebody replace the missing one."),
    ),
    "disk_failing": (
        N_("Windows says that the disk {what} is failing."),
        N_("Make a backup on another disk now, and replace this one."),
    ),
    "disk_refuses": (
        N_("A test file could not be written to the data folder."),
        N_("Check the folder's rights and the room on the disk."),
    ),
    "file_taken": (
        N_("A test file was taken away right after it was written."),
        N_("Most often it is the virus scanner. Let it leave PerpusDesk's data folder alone."),
    ),
    "place_network": (
        N_("The data folder is on a network share ({what})."),
        N_("Move it to this computer's own disk."),
    ),
    "place_synced": (
        N_("The data folder is synchronised by another program ({what})."),
        N_("Move it to a folder that only PerpusDesk uses."),
    ),
    "clock_suspect": (
        N_("The computer's clock looks wrong."),
        N_("Set the computer's date and time."),
    ),
    "clock_off": (
        N_("The computer's clock is {minutes} minutes off the server's."),
        N_("Set the computer's date and time."),
    ),
    "files_left": (
        N_("{count} files of broken-off work are in the data folder ({megabytes} MB)."),
        N_("Repair removes them."),
    ),
    "copies_old": (
        N_("{count} old copies of the library file are in the data folder ({megabytes} MB)."),
        N_("They can be moved to another disk or removed by who looks after the computer."),
    ),
    "check_failed": (
        N_("This could not be checked."),
        N_("Try again; if it stays so, send the report to who looks after the program."),
    ),
}


@dataclass(frozen=True, slots=True)
class SaidFinding:
    """One finding: what it is, and what it means or asks for."""

    what: str
    means: str

    def __str__(self) -> str:
        return f"{self.what} {self.means}"


def check_name(check: str) -> str:
    """Return what a check looks at."""
    return _(CHECK_NAMES[check])


def say_finding(finding: Finding) -> SaidFinding:
    """Return a finding in the language in use."""
    what, means = _TEXTS[finding.code]
    facts = {
        name: number(value) if isinstance(value, int) else value
        for name, value in finding.facts.items()
    }
    return SaidFinding(_(what).format(**facts), _(means).format(**facts))


_REPAIRS: Final[Mapping[str, str]] = {
    "salvaged": N_("Damaged library file read into a new one"),
    "rows_wrong": N_("Records made anew from the log"),
    "digest_wrong": N_("Sums reckoned anew"),
    "search_wrong": N_("Search index made anew"),
    "torn_end": N_("Notes from before a power cut taken in"),
    "torn_nothing": N_("Unfinished step before a power cut cleared away"),
    "lock_copy_missing": N_("Lock file written again"),
    "attached_in_backup": N_("Digital files brought back from a backup"),
    "picture_in_backup": N_("Photos and covers brought back from a backup"),
    "files_left": N_("Left-over files removed"),
}


def repair_name(code: str) -> str:
    """Return what was put right."""
    return _(_REPAIRS[code]) if code in _REPAIRS else code


def say_salvage(report: Report) -> list[str]:
    """Return what a salvage came to, sentence by sentence."""
    said = [_("{count} notes were read and are there again.").format(count=number(report.ops))]
    back = report.from_packages + report.from_backups
    if back:
        said.append(_("{count} of them came from packages and backups.").format(count=number(back)))
    if report.written_anew:
        text = _("{count} were written down anew from what the records still told.")
        said.append(text.format(count=number(report.written_anew)))
    if report.reentered:
        text = _(
            "Of {count} it cannot be told any more which device wrote them; this computer entered"
            " them again."
        )
        said.append(text.format(count=number(report.reentered)))
    if report.left_out:
        text = _(
            "{count} were left out: a device that was shut out may have written them. The next"
            " exchange brings those that count."
        )
        said.append(text.format(count=number(report.left_out)))
    if report.changed:
        text = _(
            "In {count} places the notes are not as they were written. Nobody can tell what was"
            " there; an older backup may."
        )
        said.append(text.format(count=number(report.changed)))
    if report.gaps:
        said.append(
            ngettext(
                "At least {count} note is missing. The next exchange brings it if the server"
                " has it.",
                "At least {count} notes are missing. The next exchange brings those that the"
                " server has.",
                report.gaps,
            ).format(count=number(report.gaps))
        )
    if report.new_identity:
        said.append(_("This computer must be joined to the server again."))
    said.append(
        _(_SAFE)
        if report.whole
        else _("Compare the last loans and members of the day with your notes.")
    )
    said.append(_("The damaged file is kept as {file}.").format(file=report.kept_as))
    return said
