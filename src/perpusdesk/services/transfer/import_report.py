"""What an import did, or would do: counts, and each row that did not go in with its reason."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final
from uuid import UUID

from perpusdesk.common.errors import Fault
from perpusdesk.domain.decisions import Refused
from perpusdesk.exchange.import_rows import BadRow
from perpusdesk.exchange.title_record import Note
from perpusdesk.storage.row_log import RowLog

REFUSED, NOTED, DOUBLE, MENDED = "refused", "noted", "double", "mended"
"""Why a row is in the log: not taken; taken, but somebody should look; there already; taken, and
put in order on the way. Lists have them in this order."""

MENDS: Final = frozenset({Note.TEXT_REPAIRED, Note.ISBN_RESTORED, Note.CLASS_PROPOSED})
"""What was put in order; all other notes are worth a look."""

MOST_SHOWN: Final = 2000
"""So many refused rows and so many duplicates are listed; all are counted, all are in the file."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that did not go in: its file and number, why, and the facts of that."""

    file: str
    row: int
    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DoubleRow:
    """A row that the library (or an earlier row) has already: ``id`` is the record it is."""

    file: str
    row: int
    kind: str
    id: UUID
    text: str


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that breaks off: its name, the rows that could be read, and what is the matter."""

    file: str
    rows: int
    fault: Fault


@dataclass(slots=True)
class ImportReport:
    """The whole of it; kinds are titles, copies, members, loans.

    ``read`` counts rows (records, copies, members, loans as the files have them), ``merged`` those
    whose title was there and that brought copies. ``library`` is
    counted in the database at the end. ``run`` is ``None`` for a dry run, ``stopped`` tells that
    somebody cancelled it: what is in stays. ``set_aside`` is the file with all refused rows,
    ``log`` lists every row that somebody should look at, if anybody wants to. ``broken`` are files
    that could be read up to some place only: what stood before it is in. With a ``refusal`` nothing
    was read.
    """

    format: str
    files: tuple[str, ...]
    run: UUID | None = None
    read: int = 0
    added: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    duplicates: int = 0
    merged: int = 0
    refused_rows: int = 0
    refused: list[RefusedRow] = field(default_factory=list)
    doubles: list[DoubleRow] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    library: dict[str, int] = field(default_factory=dict)
    set_aside: Path | None = None
    stopped: bool = False
    seconds: float = 0.0
    log: RowLog | None = None
    broken: list[BrokenFile] = field(default_factory=list)
    refusal: Refused | None = None

    def refuse(self, file: str, row: int, code: str, facts: Mapping[str, str], text: str) -> None:
        """Note a row that cannot go in; ``text`` is what stands in it."""
        self.refused_rows += 1
        if len(self.refused) < MOST_SHOWN:
            self.refused.append(RefusedRow(file, row, code, facts))
        if self.log:
            self.log.put(REFUSED, code, file, row, facts=facts, text=text)

    @property
    def mended(self) -> int:
        """How often something was put in order."""
        return sum(count for code, count in self.notes.items() if code in MENDS)

    @property
    def doubtful(self) -> int:
        """How often something was taken that somebody should look at."""
        return sum(self.notes.values()) - self.mended

    def double(self, one: DoubleRow) -> None:
        """Note a row that is there already."""
        self.duplicates += 1
        if len(self.doubles) < MOST_SHOWN:
            self.doubles.append(one)
        if self.log:
            self.log.put(DOUBLE, one.kind, one.file, one.row, text=one.text, record=one.id)

    def note(self, file: str, row: int, codes: Iterable[str], text: str, record: UUID) -> None:
        """Note what is odd about a row that goes in."""
        for code in codes:
            self.notes[code] += 1
            if self.log:
                what = MENDED if code in MENDS else NOTED
                self.log.put(what, code, file, row, text=text, record=record)


class SetAside:
    """The files in which refused rows wait for somebody to put them in order."""

    def __init__(self, folder: Path, name: str) -> None:
        self.table = folder / f"{name}.csv"
        self._marc = folder / f"{name}.mrc"
        self._rows: list[tuple[str, int, str, str, str]] = []
        self._records: list[bytes] = []

    def __enter__(self) -> SetAside:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.flush()

    def forget(self) -> None:
        """Begin anew: a run that is gone on with meets all its rows again."""
        for file in (self.table, self._marc):
            file.unlink(missing_ok=True)

    def put(self, file: str, row: int, code: str, facts: Mapping[str, str], bad: BadRow) -> None:
        """Keep one row."""
        told = " ".join(f"{name}={value}" for name, value in facts.items())
        self._rows.append((file, row, code, told, bad.text))
        if bad.marc:
            self._records.append(bad.marc)

    def flush(self) -> None:
        """Write what was put so far."""
        if self._rows:
            self.table.parent.mkdir(exist_ok=True)
            new = not self.table.exists()
            with self.table.open("a", newline="", encoding="utf-8-sig" if new else "utf-8") as text:
                writer = csv.writer(text)
                if new:
                    writer.writerow(("file", "row", "code", "facts", "content"))
                writer.writerows(self._rows)
            self._rows.clear()
        if self._records:
            with self._marc.open("ab") as records:
                records.writelines(self._records)
            self._records.clear()
