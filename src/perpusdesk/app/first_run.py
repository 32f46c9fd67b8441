"""From the wizard's answers to a library and to this device's settings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.i18n import language
from perpusdesk.common.settings import SettingsFile, Value
from perpusdesk.services.set_up import NewLibrary, create_library
from perpusdesk.storage.library import Library
from perpusdesk.ui.kit.scanner_lesson import values_of
from perpusdesk.ui.wizard import text
from perpusdesk.ui.wizard.folder_check import check_folder
from perpusdesk.ui.wizard.steps import Answers, Way, Wizard, nearest_zone

JOIN_LATER: Final = "join_later"
"""Local note that this library wants to be joined with other desks."""


def first_wizard(folder: Path) -> Wizard:
    """Return the first run's questions, with what this computer already tells."""
    zone = nearest_zone(datetime.now().astimezone().utcoffset())
    return Wizard(Answers(language(), folder, zone), check_folder)


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
        if answers.way is Way.JOIN:
            library.put_local(JOIN_LATER, 1)
        folder = {"data_folder": str(answers.folder)} if moved else {}
        note_device(settings, answers, **folder)
    except BaseException:
        library.close()
        raise
    return library


def note_device(settings: SettingsFile, answers: Answers, **more: Value) -> None:
    """Note the language and the scanner of this device. Raises ``KnownError``."""
    changes: dict[str, Any] = {"language": answers.language, **more}
    if answers.scanner is not None:
        changes |= values_of(answers.scanner)
    settings.change(**changes)
