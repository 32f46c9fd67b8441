"""The database file itself: every page as it was written, and SQLite's own look at it."""

from __future__ import annotations

from collections.abc import Iterator

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.check import Verdict
from perpusdesk.storage.file_check import check_file

NAME = "file"


def _look(patient: Patient) -> Iterator[Finding]:
    """The file is mended at the next start (``services.doctor.salvage_job``): nobody may use it."""
    library = patient.library
    state = check_file(patient.folder, library.key, stop=patient.stop, progress=patient.progress)
    patient.pause()
    if state.verdict is Verdict.DAMAGED:
        facts = {"pages": state.pages, "bad": state.bad_pages}
        yield Finding(NAME, "file_damaged", Severity.DAMAGE, facts)


CHECK = Check(NAME, _look, quick=True)
