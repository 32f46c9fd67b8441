"""Moving a library in: look first, then write in batches that can be undone as one run."""

from __future__ import annotations

import contextlib
import gc
import itertools
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known
from perpusdesk.domain.decisions import Refused
from perpusdesk.exchange.import_rows import Row
from perpusdesk.exchange.open_files import Format, Opened, detect, open_file, order_of
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_aside import keep, place_for
from perpusdesk.services.transfer.import_batch import Batch
from perpusdesk.services.transfer.import_intake import Intake
from perpusdesk.services.transfer.import_keys import load_titles
from perpusdesk.services.transfer.import_manners import ALONE, Manners, Pace
from perpusdesk.services.transfer.import_memory import (
    RunMemory,
    added_so_far,
    known_names,
    recall_columns,
    remember_columns,
    remember_run,
)
from perpusdesk.services.transfer.import_report import BrokenFile, ImportReport, SetAside
from perpusdesk.services.transfer.import_rights import may_import
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.key_index import KeyIndex
from perpusdesk.storage.queries import imports
from perpusdesk.storage.row_log import RowLog

_BATCH: Final = 1000
_PULLED: Final = 50
_REST_AFTER: Final = 20
_EVERY: Final = 0.2
_SMALL_THINGS: Final = 100_000


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows read so far, about how many there are, and the seconds that are left (about)."""

    done: int
    of: int
    seconds_left: float | None


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to be read.

    ``format`` says what they are (default: each by its content), ``formats`` what single ones are,
    ``columns`` what columns mean (name to field, "" for none; default: what was said the last
    time), ``mend`` whether broken accents are made whole. ``resumed`` is a run that was broken
    off and is to be gone on with.
    """

    format: Format | None = None
    columns: Mapping[str, str] | None = None
    mend: bool = True
    formats: Mapping[Path, Format] = field(default_factory=dict)
    resumed: UUID | None = None


def plan(
    desk: Desk,
    files: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    progress: Callable[[Progress], object] | None = None,
    stop: Callable[[], bool] | None = None,
    log: RowLog | None = None,
) -> ImportReport:
    """Read the files and tell what an import would do; nothing is written.

    ``log`` gets each row that is refused, doubtful or there already. Raises ``KnownError`` for
    files that cannot be read at all.
    """
    ways = _Ways(progress, stop, ALONE)
    return _Run(desk, files, wishes or Wishes(), ways, log).go(dry=True)


def run(
    desk: Desk,
    files: Sequence[Path],
    wishes: Wishes | None = None,
    *,
    progress: Callable[[Progress], object] | None = None,
    stop: Callable[[], bool] | None = None,
    log: RowLog | None = None,
    manners: Manners = ALONE,
) -> ImportReport:
    """Take the files in, batch by batch; what is committed stays, whatever happens next.

    ``stop`` is asked between batches. Doing it again goes on where it was broken off: what is
    there already is passed over. With ``manners`` the library is used in short turns, and this may
    run on a thread of its own. Who may not import gets a report with the refusal. Raises
    ``KnownError`` (a file of which nothing can be read, the disk).
    """
    with manners.turn():
        refusal = may_import(desk)
    if refusal is not None:
        return ImportReport("", tuple(path.name for path in files), refusal=refusal)
    ways = _Ways(progress, stop, manners)
    return _Run(desk, files, wishes or Wishes(), ways, log).go(dry=False)


class _Ways:
    """How a run speaks with whoever asked for it."""

    def __init__(
        self,
        progress: Callable[[Progress], object] | None,
        stop: Callable[[], bool] | None,
        manners: Manners,
    ) -> None:
        self.progress = progress or (lambda _: None)
        self.stop = stop or (lambda: False)
        self.manners = manners


class _Run:
    """One walk through the files."""

    def __init__(
        self, desk: Desk, files: Sequence[Path], wishes: Wishes, ways: _Ways, log: RowLog | None
    ) -> None:
        self._desk = desk
        self._wishes = wishes
        self._ways = ways
        self._turn = ways.manners.turn
        self._pace = Pace(ways.manners, _BATCH)
        self._began = self._told = time.monotonic()
        formats = [(path, self._format(path)) for path in files]
        self._files = sorted(formats, key=lambda pair: order_of(*pair))
        names = tuple(path.name for path in files)
        self._report = ImportReport(formats[0][1].value if formats else "", names, log=log)
        self._batch: Batch | None = None
        self._quiet: Desk | None = None
        self._before: Counter[str] = Counter()
        self._kept_aside: Path | None = None

    def _format(self, path: Path) -> Format:
        return self._wishes.formats.get(path) or self._wishes.format or detect(path)

    def go(self, *, dry: bool) -> ImportReport:
        report = self._report
        with contextlib.ExitStack() as stack:
            stack.enter_context(_seldom_tidied())
            index = stack.enter_context(contextlib.closing(KeyIndex()))
            load_titles(self._desk, index, self._turn)
            with self._turn():
                aside = None if dry else stack.enter_context(self._begin())
                names = known_names(self._desk)
                intake = Intake(self._desk, index, report, self._batch, aside)
            if self._batch and self._ways.manners.shared:
                self._quiet = stack.enter_context(self._desk.beside())
            for number, (path, format_) in enumerate(self._files):
                self._file(intake, number, path, format_, names)
                if report.stopped:
                    break
            if self._batch:
                with self._turn():
                    self._write()
                with self._turn():
                    self._finish(self._batch, aside)
                with self._turn():
                    self._desk.library.tidy()
            with self._turn():
                report.library = imports.counts(self._desk.library)
        report.seconds = round(time.monotonic() - self._began, 3)
        return report

    def _begin(self) -> SetAside:
        run = self._report.run = self._wishes.resumed or self._desk.library.new_id()
        self._batch = Batch(self._desk, run)
        if not self._wishes.resumed:
            self._batch.begin(self._report.format, ", ".join(self._report.files)[:500])
        else:
            self._before = Counter(added_so_far(self._desk, run))
        remember_run(self._desk, run, self._memory())
        aside = SetAside(place_for(self._desk), str(run))
        aside.forget()
        return aside

    def _memory(self) -> RunMemory:
        report = self._report
        return RunMemory(
            files=[str(path) for path, _ in self._files],
            formats={str(path): format_.value for path, format_ in self._files},
            mend=self._wishes.mend,
            added=dict(self._before + report.added),
            updated=dict(report.updated),
            refused=report.refused_rows,
            set_aside=str(self._kept_aside or ""),
            stopped=report.stopped,
        )

    def _finish(self, batch: Batch, aside: SetAside | None) -> None:
        if not self._report.stopped:
            batch.end(self._report.read)
        if aside and self._report.refused_rows:
            aside.flush()
            self._report.set_aside = aside.table
            self._kept_aside = keep(self._desk, aside.table)
        if self._report.run:
            remember_run(self._desk, self._report.run, self._memory())

    def _file(
        self, intake: Intake, number: int, path: Path, format_: Format, known: set[str]
    ) -> None:
        intake.begin_file(path.name)
        names = self._wishes.columns if self._wishes.columns is not None else known
        opened = open_file(path, format_, self._said, names=names, mend=self._wishes.mend)
        before, more = self._report.read, True
        while more:
            rows, error = _pulled(opened.rows, path)
            more = len(rows) == _PULLED and error is None
            while rows:
                with self._turn():
                    self._take(intake, rows)
            self._rest()
            if error is not None:
                self._broken(path, self._report.read - before, error)
            if self._paused(number, opened):
                self._report.stopped = True
                break
        self._report.columns[path.name] = opened.columns

    def _broken(self, path: Path, rows: int, error: KnownError) -> None:
        """Keep what could be read of a file; one of which that is nothing is a fault."""
        if not rows:
            raise error
        self._report.broken.append(BrokenFile(path.name, rows, error.fault))

    def _take(self, intake: Intake, rows: deque[Row]) -> None:
        """Take rows until there are none, or the turn is over."""
        self._pace.begin_turn()
        while rows and not self._pace.over:
            intake.take(rows.popleft())
            if self._batch and self._batch.size >= self._pace.size:
                self._write()

    def _rest(self) -> None:
        """Let what was written go from the log into the file, so that no desk's commit has to."""
        if self._quiet and self._pace.writes >= _REST_AFTER:
            self._pace.writes = 0
            self._quiet.library.rest()

    def _write(self) -> None:
        if self._batch is None:
            return
        count, began = self._batch.size, time.monotonic()
        refused = self._batch.write()
        if isinstance(refused, Refused):
            said = say_refusal(refused, self._desk)
            raise KnownError(Fault.UNUSABLE_INPUT, cause=said.what, code=refused.reason.value)
        self._pace.wrote(count, time.monotonic() - began)

    def _paused(self, number: int, opened: Opened) -> bool:
        """Tell how far it is, now and then; return whether somebody wants it to stop."""
        now = time.monotonic()
        if now - self._told >= _EVERY:
            self._told = now
            share = (number + opened.done()) / len(self._files)
            done, passed = self._report.read, now - self._began
            left = passed * (1 - share) / share if share > 0.001 else None
            about = round(done / share) if share > 0.001 else done
            self._ways.progress(Progress(done, about, left))
        return self._ways.stop()

    def _said(self, header: list[str]) -> Mapping[str, str]:
        """Return what people said of these columns, now or the last time; now is remembered."""
        with self._turn():
            if self._wishes.columns is None:
                return recall_columns(self._desk, header)
            if self._batch:
                remember_columns(self._desk, header, self._wishes.columns)
            return self._wishes.columns


@contextlib.contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Let Python look for rings of garbage seldom: a batch is many small things, none in a ring."""
    before = gc.get_threshold()
    gc.set_threshold(_SMALL_THINGS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _pulled(rows: Iterator[Row], path: Path) -> tuple[deque[Row], KnownError | None]:
    """Return the next rows, fewer at the end, and what is the matter where the file breaks off.

    A file that goes away while it is read (a stick that was pulled) is one that breaks off.
    """
    found: deque[Row] = deque()
    try:
        found.extend(itertools.islice(rows, _PULLED))
    except KnownError as error:
        return found, error
    except OSError as error:
        gone = KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=str(error))
        known = as_known(error, path)
        return found, known if known and known.fault is Fault.DISK_FULL else gone
    return found, None
