"""Moving a library in: look first, then write in batches that can be undone as one run."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.decisions import Refused
from perpusdesk.exchange.columns import key_of
from perpusdesk.exchange.open_files import Format, Opened, detect, open_file, order_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.import_batch import Batch
from perpusdesk.services.import_intake import Intake
from perpusdesk.services.import_keys import load_titles
from perpusdesk.services.import_report import ImportReport, SetAside
from perpusdesk.storage.key_index import KeyIndex
from perpusdesk.storage.queries import imports

FOLDER: Final = "imports"
RUNS: Final = "imports/runs"
_COLUMNS: Final = "imports/columns/"
_BATCH: Final = 1000
_EVERY: Final = 0.2


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows read so far, about how many there are, and the seconds that are left (about)."""

    done: int
    of: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to be read.

    ``format`` says what they are (default: each by its content), ``columns`` what columns mean
    (name to field, "" for none), ``mend`` whether broken accents are made whole.
    """

    format: Format | None = None
    columns: Mapping[str, str] | None = None
    mend: bool = True


def plan(
    desk: Desk,
    files: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    progress: Callable[[Progress], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> ImportReport:
    """Read the files and tell what an import would do; nothing is written.

    Raises ``KnownError`` for files that cannot be read at all.
    """
    return _Run(desk, files, wishes or Wishes(), progress, stop).go(dry=True)


def run(
    desk: Desk,
    files: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    progress: Callable[[Progress], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> ImportReport:
    """Take the files in, batch by batch; what is committed stays, whatever happens next.

    ``stop`` is asked between batches. Doing it again goes on where it was broken off: what is
    there already is passed over. Raises ``KnownError`` (a file, the disk).
    """
    return _Run(desk, files, wishes or Wishes(), progress, stop).go(dry=False)


class _Run:
    """One walk through the files."""

    def __init__(
        self,
        desk: Desk,
        files: Sequence[Path],
        wishes: Wishes,
        progress: Callable[[Progress], object] | None,
        stop: Callable[[], bool] | None,
    ) -> None:
        self._desk = desk
        self._wishes = wishes
        self._progress = progress or (lambda _: None)
        self._stop = stop or (lambda: False)
        self._began = self._told = time.monotonic()
        formats = [(path, wishes.format or detect(path)) for path in files]
        self._files = sorted(formats, key=lambda pair: order_of(*pair))
        names = tuple(path.name for path in files)
        self._report = ImportReport(formats[0][1].value if formats else "", names)
        self._batch: Batch | None = None

    def go(self, *, dry: bool) -> ImportReport:
        report = self._report
        with contextlib.ExitStack() as stack:
            index = stack.enter_context(contextlib.closing(KeyIndex()))
            load_titles(self._desk, index)
            aside = None
            if not dry:
                aside = stack.enter_context(self._begin())
            intake = Intake(self._desk, index, report, self._batch, aside)
            for number, (path, format_) in enumerate(self._files):
                self._file(intake, number, path, format_)
                if report.stopped:
                    break
            if self._batch:
                self._write()
                self._finish(self._batch, aside)
        report.library = imports.counts(self._desk.library)
        report.seconds = round(time.monotonic() - self._began, 3)
        return report

    def _begin(self) -> SetAside:
        run = self._report.run = self._desk.library.new_id()
        self._batch = Batch(self._desk, run)
        self._batch.begin(self._report.format, ", ".join(self._report.files)[:500])
        known = known_runs(self._desk)
        self._desk.library.put_local(RUNS, json.dumps([*known, str(run)]))
        return SetAside(self._desk.library.folder / FOLDER, str(run))

    def _finish(self, batch: Batch, aside: SetAside | None) -> None:
        if not self._report.stopped:
            batch.end(self._report.read)
        if aside and self._report.refused_rows:
            aside.flush()
            self._report.set_aside = aside.table
        self._desk.library.tidy()

    def _file(self, intake: Intake, number: int, path: Path, format_: Format) -> None:
        intake.begin_file(path.name)
        names = self._wishes.columns or ()
        opened = open_file(path, format_, self._said, names=names, mend=self._wishes.mend)
        for row in opened.rows:
            intake.take(row)
            if self._batch and self._batch.size >= _BATCH:
                self._write()
            if self._report.read % 100 == 0 and self._paused(number, opened):
                self._report.stopped = True
                break
        self._report.columns[path.name] = opened.columns

    def _write(self) -> None:
        refused = self._batch.write() if self._batch else None
        if isinstance(refused, Refused):
            raise KnownError(Fault.UNUSABLE_INPUT, cause=refused.reason.value)

    def _paused(self, number: int, opened: Opened) -> bool:
        """Tell how far it is, now and then; return whether somebody wants it to stop."""
        now = time.monotonic()
        if now - self._told >= _EVERY:
            self._told = now
            share = (number + opened.done()) / len(self._files)
            done, passed = self._report.read, now - self._began
            left = passed * (1 - share) / share if share > 0.001 else None
            self._progress(Progress(done, round(done / share) if share > 0.001 else done, left))
        return self._stop()

    def _said(self, header: list[str]) -> Mapping[str, str]:
        """Return what people said of these columns, now or the last time; now is remembered."""
        name = _COLUMNS + _name_of(header)
        if self._wishes.columns is not None:
            if self._batch:
                self._desk.library.put_local(name, json.dumps(dict(self._wishes.columns)))
            return self._wishes.columns
        kept: Any = self._desk.library.local(name)
        said: dict[str, str] = json.loads(kept) if kept else {}
        return said


def known_runs(desk: Desk) -> list[str]:
    """Return the ids of the runs of this device, the oldest first."""
    kept: Any = desk.library.local(RUNS)
    return [str(run) for run in json.loads(kept)] if kept else []


def _name_of(header: list[str]) -> str:
    text = "|".join(sorted(key_of(cell) for cell in header))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
