"""Rows, digest and search index against the log, and the log without holes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from perpusdesk.services.doctor.keeping import keep_copy
from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.check import Flaw, check
from perpusdesk.storage.library import Library
from perpusdesk.storage.mending import by_flaw, mend_digest, mend_rows

NAME: Final = "rows"
_MOST: Final = 100_000
_CODES: Final = {
    Flaw.GAP: "log_gap",
    Flaw.UNREADABLE: "log_unreadable",
    Flaw.NO_ROW: "rows_wrong",
    Flaw.NO_OP: "rows_wrong",
    Flaw.OTHER_ROW: "rows_wrong",
    Flaw.DIGEST: "digest_wrong",
    Flaw.SEARCH: "search_wrong",
}
_MENDABLE: Final = frozenset({"rows_wrong", "digest_wrong", "search_wrong"})
_DAMAGE: Final = frozenset({"rows_wrong", "log_unreadable"})


def _look(patient: Patient) -> Iterator[Finding]:
    counts = Counter(_CODES[one.flaw] for one in check(patient.library, limit=_MOST))
    patient.pause()
    if counts["rows_wrong"]:
        del counts["digest_wrong"]  # it follows from the rows
    for code, count in counts.items():
        severity = Severity.DAMAGE if code in _DAMAGE else Severity.WARNING
        yield Finding(NAME, code, severity, {"count": count}, code in _MENDABLE)


def _mend(library: Library, finding: Finding) -> bool:
    if finding.code == "search_wrong":
        library.rebuild_search()
        return True
    found = check(library, limit=_MOST)
    if finding.code == "rows_wrong":
        keep_copy(library)
        mend_rows(library, found)
    else:
        mend_digest(library)
    wrong = {flaw for flaw, code in _CODES.items() if code == finding.code}
    return not by_flaw(check(library, limit=_MOST), wrong.__contains__)


CHECK: Final = Check(NAME, _look, _mend)
