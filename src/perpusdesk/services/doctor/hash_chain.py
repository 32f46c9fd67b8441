"""Was the log changed past the program? Its hash chains, the signed packages and backups tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from perpusdesk.common.errors import KnownError
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.services.safety.restore import known_stores
from perpusdesk.storage.chain_check import Kind, compare, verify
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
    yield from _other_than_backups(patient)


def _other_than_backups(patient: Patient) -> Iterator[Finding]:
    """Compare with the oldest and the newest backup of each place: chains may be made anew."""
    for store in known_stores(patient.library, patient.keys):
        names = store.backups()
        for name in dict.fromkeys((*names[-1:], *names[:1])):
            patient.pause()
            try:
                other = compare(patient.library, store.manifest(name).chain)
            except KnownError:  # told by the check of the backups
                continue
            if other:
                yield Finding(NAME, "chain_other", Severity.WARNING, {"where": store.place.where})
                break


CHECK: Final = Check(NAME, _look)
