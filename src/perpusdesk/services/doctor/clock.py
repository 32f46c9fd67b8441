"""The computer's clock: believable, and near the server's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.exchange_log import last_done

NAME: Final = "clock"
_MOST_MS: Final = 5 * 60_000


def _look(patient: Patient) -> Iterator[Finding]:
    if patient.library.clock_suspect:
        yield Finding(NAME, "clock_suspect", Severity.ADVICE)
    last = last_done(patient.library)
    if last is not None and last.offset_ms is not None and abs(last.offset_ms) > _MOST_MS:
        minutes = abs(last.offset_ms) // 60_000
        yield Finding(NAME, "clock_off", Severity.ADVICE, {"minutes": minutes})


CHECK: Final = Check(NAME, _look, quick=True)
