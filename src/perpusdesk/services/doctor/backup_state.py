"""The backups: young enough, and the newest one as it was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.backup_age import BackupAge, worst
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.services.safety.backup_places import place_states
from perpusdesk.services.safety.restore import known_stores

NAME: Final = "backup"


def _look(patient: Patient) -> Iterator[Finding]:
    states = place_states(patient.library)
    if not states:
        yield Finding(NAME, "backup_none", Severity.ADVICE)
        return
    age = worst([state.age for state in states])
    if age is not BackupAge.FRESH:
        yield Finding(NAME, f"backup_{age.value}", Severity.ADVICE)
    for store in known_stores(patient.library, patient.keys):
        patient.pause()
        names = store.backups()
        try:
            if names:
                store.manifest(names[0])
        except KnownError:
            facts = {"where": store.place.where}
            yield Finding(NAME, "backup_unreadable", Severity.DAMAGE, facts)


CHECK: Final = Check(NAME, _look)
