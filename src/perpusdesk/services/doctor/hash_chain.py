"""Was the log changed past the program? Its hash chains and the signed packages tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.chain_check import Kind, verify
from perpusdesk.storage.package_check import verify_packages

NAME: Final = "chain"
_LOST: Final = frozenset({Kind.MISSING, Kind.CUT_OFF, Kind.PACKAGE_GONE})


def _look(patient: Patient) -> Iterator[Finding]:
    def told(done: int, of: int) -> None:
        patient.pause()
        patient.progress(done / of if of else 0.0)

    found = verify(patient.library, told)
    found += verify_packages(patient.library)
    counts = Counter("chain_lost" if one.kind in _LOST else "chain_broken" for one in found)
    for code, count in counts.items():
        yield Finding(NAME, code, Severity.DAMAGE, {"count": count})


CHECK: Final = Check(NAME, _look)
