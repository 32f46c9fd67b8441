"""What newer programs wrote and this one does not understand yet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity

NAME: Final = "held"


def _look(patient: Patient) -> Iterator[Finding]:
    count = patient.library.exchange.holds_back()
    if count:
        yield Finding(NAME, "held_back", Severity.NOTE, {"count": count})


CHECK: Final = Check(NAME, _look)
