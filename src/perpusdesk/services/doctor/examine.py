"""The examination: all checks in their order, and the mending of what they found."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Final

from perpusdesk.services.doctor import (
    attached,
    backup_state,
    clock,
    disk,
    disk_health,
    file_whole,
    hash_chain,
    held_back,
    lock_whole,
    pictures,
    place,
    rows_told,
    strays,
    torn_end,
)
from perpusdesk.services.doctor.parts import (
    Check,
    Finding,
    Patient,
    Severity,
    StoppedError,
)
from perpusdesk.storage.library import Library

CHECKS: Final[tuple[Check, ...]] = (
    file_whole.CHECK,
    torn_end.CHECK,
    rows_told.CHECK,
    hash_chain.CHECK,
    held_back.CHECK,
    attached.CHECK,
    pictures.CHECK,
    lock_whole.CHECK,
    backup_state.CHECK,
    disk.CHECK,
    disk_health.CHECK,
    place.CHECK,
    clock.CHECK,
    strays.CHECK,
)
_LOG: Final = logging.getLogger(__name__)


def examine(patient: Patient, *, quick: bool = False) -> Iterator[tuple[Check, list[Finding]]]:
    """Yield each check with what it found; each takes a share of ``patient.progress``.

    A check that fails tells so as a finding of its own; ``StoppedError`` passes.
    """
    checks = [check for check in CHECKS if check.quick or not quick]
    told = patient.progress
    for place_, check in enumerate(checks):
        patient.pause()

        def share(done: float, at: int = place_) -> None:
            told((at + done) / len(checks))

        patient.progress = share
        share(0.0)
        yield check, _looked(check, patient)
    patient.progress = told
    told(1.0)


def _looked(check: Check, patient: Patient) -> list[Finding]:
    try:
        return list(check.look(patient))
    except StoppedError:
        raise
    except Exception as error:  # what a damaged file makes of a query cannot be foreseen
        _LOG.info("the check %s failed: %r", check.name, error)
        return [Finding(check.name, "check_failed", Severity.WARNING, {"check": check.name})]


def mend(library: Library, findings: Iterable[Finding]) -> list[tuple[Finding, bool]]:
    """Put right what can be, on the library's thread; return each finding with whether it is.

    Raises ``KnownError`` when the disk refuses; what was mended before stays so.
    """
    by_name = {check.name: check for check in CHECKS}
    done = []
    for finding in findings:
        mender = by_name[finding.check].mend
        mended = bool(finding.mendable and mender is not None and mender(library, finding))
        done.append((finding, mended))
    return done


def is_healthy(findings: Iterable[Finding]) -> bool:
    """Whether the library itself is whole."""
    return all(one.severity in (Severity.NOTE, Severity.ADVICE) for one in findings)
