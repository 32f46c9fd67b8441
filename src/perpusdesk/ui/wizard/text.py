"""The sentences of the first run."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from perpusdesk.common.formats import date_and_time
from perpusdesk.common.i18n import _
from perpusdesk.protocol.enrolment_code import BadCode, EnrolmentCode, read
from perpusdesk.protocol.recovery_code import BadCode as BadRecovery
from perpusdesk.protocol.recovery_code import read_code
from perpusdesk.services.safety.restore import FoundStore
from perpusdesk.services.wording.enrolment import say_bad_code, say_code
from perpusdesk.services.wording.recovery import say_bad_code as say_bad_recovery
from perpusdesk.ui.wizard.steps import Answers, Step, Way, Wrong

LANGUAGE_NAMES = {"id": "Bahasa Indonesia", "en": "English"}


def heading(step: Step, answers: Answers) -> str:
    """Return the question of a step."""
    if step is Step.LANGUAGE:
        return _("Welcome")
    if step is Step.WAY:
        return _("What would you like to start with?")
    if step is Step.LIBRARY:
        return _("Your library")
    if step is Step.CODE:
        return _("The code of the library")
    if step is Step.BACKUP:
        return _("Restore from a backup")
    if step is Step.PERSON:
        return _("Who works at this desk?")
    if step is Step.SCANNER:
        return _("Try the scanner")
    if step is Step.SHEET:
        return _("Recovery sheet")
    if answers.way is Way.JOIN:
        return _("Ready to join")
    return _("The demo library") if answers.way is Way.DEMO else _("All set")


def why(step: Step, answers: Answers) -> str:
    """Return the sentence under the question."""
    if step is Step.LANGUAGE:
        return _("Choose the language of this computer. It can be changed at any time.")
    if step is Step.WAY:
        return _("You can come back to this choice later; nothing is lost.")
    if step is Step.LIBRARY:
        return _("These names stand on slips, cards and reports.")
    if step is Step.CODE:
        return _("It is good for this one computer, once.")
    if step is Step.BACKUP:
        return _("From a stick or a folder, or from the server. Have the recovery sheet at hand.")
    if step is Step.PERSON:
        return _("The first person may do everything; others are added later.")
    if step is Step.SCANNER:
        return _("One test scan teaches PerpusDesk how your scanner types.")
    if step is Step.SHEET:
        return about_sheet()
    if answers.way is Way.JOIN:
        return ready_to_join()
    return ready_demo() if answers.way is Way.DEMO else ready()


def ways() -> list[tuple[Way, str, str, str]]:
    """Return each way with its icon, its name and what it means."""
    return [
        (
            Way.NEW,
            "home",
            _("A new library"),
            _("For real work. Takes a minute; your catalogue and members come later."),
        ),
        (
            Way.DEMO,
            "book",
            _("The demo library"),
            _("Made-up members and a year of loans, to try everything without fear."),
        ),
        (
            Way.JOIN,
            "exchange",
            _("Join a library that exists"),
            _("With a code from its administrator. Catalogue, members and rules come from there."),
        ),
        (
            Way.RESTORE,
            "saved",
            _("Restore from a backup"),
            _("From a stick, a folder or the server, after a computer was lost or broke."),
        ),
    ]


def zones() -> list[tuple[str, int]]:
    """Return the time zones to choose from."""
    return [
        (_("WIB (western Indonesian time)"), 420),
        (_("WITA (central Indonesian time)"), 480),
        (_("WIT (eastern Indonesian time)"), 540),
    ]


def roles() -> list[tuple[str, str]]:
    """Return the roles that the first person may have."""
    return [(_("Administrator"), "administrator"), (_("Head of the library"), "head")]


def usual_branch() -> str:
    """Return the name proposed for the first branch."""
    return _("Main library")


def about_pin() -> str:
    """Return what a PIN in the first run does."""
    return _(
        "Six digits or more, asked for whenever the program starts. It can be chosen later, in the"
        " settings."
    )


def usual_person() -> str:
    """Return the name of a first person that nobody named."""
    return _("Desk staff")


def wrong(name: str, what: Wrong, answers: Answers) -> str:
    """Return what is wrong with an answer."""
    if what is Wrong.BAD_CODE:
        return bad_code(answers.code)
    if what is Wrong.WEAK_PIN:
        return _("This PIN is too short or too easy: use six digits without a pattern.")
    if what is Wrong.NOT_THE_GROUP:
        return _("That is not group {group}. Look at the sheet again, or do it later.").format(
            group=answers.group
        )
    if what is Wrong.BAD_RECOVERY:
        return bad_recovery(answers.recovery)
    if what is Wrong.MISSING:
        return {
            "library": _("Write the library's name."),
            "branch": _("Write the branch's name, for example Main library."),
            "person": _("Write a name, or skip this step."),
            "backup": _("Plug in the stick, or choose the folder of the backup."),
            "device": _("Write a name for this computer, for example Front desk."),
        }[name]
    return {
        Wrong.TOO_LONG: _("This is too long for a slip; make it shorter."),
        Wrong.NETWORK: _(
            "This folder is on a network; a library is not safe there. Choose another."
        ),
        Wrong.SYNCED: _(
            "Another program synchronises this folder; a library is not safe there. Choose another."
        ),
        Wrong.TAKEN: _("There is a library in this folder already. Choose another."),
        Wrong.READ_ONLY: _("Nothing can be written in this folder. Choose another."),
    }[what]


def bad_recovery(code: str) -> str:
    """Return what is wrong with a recovery code."""
    bad = read_code(code)
    said = say_bad_recovery(bad) if isinstance(bad, BadRecovery) else None
    return f"{said.what} {said.todo}" if said else ""


def found_backup(found: FoundStore) -> str:
    """Return whose backup was found, and of when."""
    at = date_and_time(found.newest.astimezone()) if found.newest else "-"
    name = " · ".join(part for part in (found.lock.name, found.lock.branch) if part)
    return _("{name}, backup of {when}").format(name=name, when=at)


def last_verb(step: Step) -> str:
    """Return what the last button does."""
    return _("Restore") if step is Step.BACKUP else _("Start")


def skip_verb(step: Step) -> str:
    """Return what the button says that passes a step over."""
    return _("Not now") if step is Step.SHEET else _("Skip")


def about_sheet() -> str:
    """Return what the recovery sheet is for."""
    return _(
        "Your data are encrypted. If this computer breaks or is installed anew, only this code"
        " opens the library and its backups. Print it and lock it away; PerpusDesk keeps no copy."
    )


def later() -> str:
    """Return that nothing is lost by leaving the sheet for later."""
    return _("Not now: a notice reminds you, and Safety > Key makes a sheet at any time.")


def group_wanted(group: int) -> str:
    """Return which group is to be typed back."""
    return _("Type group {group} from your sheet").format(group=group)


def sheet_saved(name: str) -> str:
    """Return that the sheet was saved."""
    return _("Saved: {file}. Print it, then delete the file.").format(file=name)


def sheet_opened() -> str:
    """Return that the sheet was opened for printing."""
    return _("The sheet is open to be printed.")


def sheet_not_opened() -> str:
    """Return that no program opens the sheet."""
    return _("No program here opens a PDF. Save the sheet, or write the code down by hand.")


def no_stick() -> str:
    """Return what to do where no stick has a backup."""
    return _("No stick with a backup is plugged in. Plug one in and look again.")


def about_replacing() -> str:
    """Return where the code for a lost computer is from."""
    return _(
        "The administrator makes it on the server: Devices, the lost computer, Issue a code for it."
    )


def restoring() -> str:
    """Return what happens while a backup is restored."""
    return _("Restoring the backup …")


def restoring_why(code: EnrolmentCode) -> str:
    """Return what takes its time while a backup comes from a server."""
    return _(
        "It comes from {server}. If the line breaks, try again: what has come is not lost."
    ).format(server=urlsplit(code.server).netloc)


def bad_code(code: str) -> str:
    """Return what is wrong with a code, or that there is none."""
    bad = read(code)
    if isinstance(bad, BadCode) and code.strip():
        return say_bad_code(bad).what
    return _("Enter the whole code; it begins with PDESK.")


def place(step: int, of: int) -> str:
    """Return which step this is."""
    return _("Step {step} of {all}").format(step=step, all=of)


def folder_is(folder: Path) -> str:
    """Return where the library's file will be."""
    return _("The library is kept in {folder}").format(folder=folder)


def summary(answers: Answers) -> str:
    """Return branch, time zone and person in one line."""
    if answers.way is Way.JOIN:
        code = read(answers.code)
        return say_code(code) if isinstance(code, EnrolmentCode) else ""
    zone = {420: "WIB", 480: "WITA", 540: "WIT"}.get(answers.zone, "")
    parts = (answers.branch.strip(), zone, answers.person.strip() or usual_person())
    return " · ".join(part for part in parts if part)


def ready() -> str:
    """Return what comes after the last step."""
    return _(
        "The usual loan rules, opening hours and public holidays are set; look them over under "
        "Settings. Scan a card or press F2 to begin."
    )


def ready_to_join() -> str:
    """Return what comes after a code was given."""
    return _(
        "This computer now asks the library's server to let it in. Stay connected until then; "
        "afterwards it works without a network too."
    )


def joining(code: EnrolmentCode) -> str:
    """Return what happens while the server is asked."""
    return _("Joining {server} …").format(server=urlsplit(code.server).netloc)


def ready_demo() -> str:
    """Return what comes after the demo was chosen."""
    return _(
        "It is made on this computer in about a minute and marked by a coloured strip. Nothing you "
        "do there touches a real library."
    )
