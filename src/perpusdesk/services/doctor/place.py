"""Where the data folder is: not on a network share, not in a folder that is synchronised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.folder import refuse_unsafe

NAME: Final = "place"


def _look(patient: Patient) -> Iterator[Finding]:
    try:
        refuse_unsafe(patient.folder)
    except KnownError as error:
        kind = str(error.facts.get("kind") or "network")
        facts = {"what": str(error.facts.get("what") or "")}
        yield Finding(NAME, f"place_{kind}", Severity.WARNING, facts)


CHECK: Final = Check(NAME, _look, quick=True)
