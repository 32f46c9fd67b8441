"""How many MARC records move in per second and in how much memory; pymarc's bare parsing beside.

The records are the Library of Congress's where its file stands beside the checkout, else made ones.
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from typing import Any, Final, TypeVar

import psutil
from pymarc import MARCReader

from perpusdesk.exchange.demo_data import demo_titles
from perpusdesk.exchange.export_rows import ExportTitle
from perpusdesk.exchange.marc_stream import pieces
from perpusdesk.exchange.marc_write import marc_fields
from perpusdesk.exchange.marcxml import as_iso2709
from perpusdesk.exchange.record_files import stream_of
from perpusdesk.services.bench.bench_desk import machine
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.services.transfer.import_run import run
from perpusdesk.storage.library import FILE_NAME

T = TypeVar("T")
REAL: Final = Path("..", "shared", "data", "lc-books", "BooksAll.2016.part01.utf8.mrc.xz")
_WHEN: Final = datetime(2026, 1, 1, tzinfo=UTC)
_MIB: Final = 1 << 20
_LOOK_S: Final = 0.05


@dataclass(frozen=True, slots=True)
class _Spent:
    """Seconds by the clock on the wall, and of the processor: for this process, for others."""

    wall: float
    processor: float
    beside: float = 0.0

    def rates(self, name: str, records: int) -> dict[str, int]:
        return {
            name: round(records / self.wall),
            f"{name}_of_processor": round(records / self.processor),
        }


def bench_import(folder: Path, size: int, source: Path | None = None) -> dict[str, Any]:
    """Measure the import of ``size`` records into a new library, with search index and ops.

    ``source`` is a MARC file (default: ``REAL`` if it is there, else made records). It is unpacked
    and cut beforehand; pymarc parses what came of it once before and once after. Memory is
    that of all processes together; rates of the processor are those of this one, which writes, and
    the seconds of the one that reads are told beside (not on Windows).
    """
    source = source or (REAL if REAL.is_file() else None)
    file, data = folder / f"records-{size}.mrc", folder / "moved-in"
    _prepare(file, size, source)
    shutil.rmtree(data, ignore_errors=True)
    parsed, before = _timed(lambda: _parsed(file))
    with create_library(data, NewLibrary("Perpustakaan Uji", "Pusat")) as library:
        desk = open_desk(library)
        with PeakMemory() as memory:
            told, ours = _timed(lambda: run(desk, [file]))
    parsed_again, after = _timed(lambda: _parsed(file))
    bare = _Spent(before.wall + after.wall, before.processor + after.processor)
    figures = ours.rates("records_per_second", told.read)
    baseline = bare.rates("pymarc_parse_per_second", parsed + parsed_again)
    return {
        "bench": "import",
        "size": size,
        "machine": machine(),
        "figures": {
            **figures,
            "reading_processor_seconds": round(ours.beside, 1),
            "peak_memory_mib": memory.mib,
            **_facts(told, data / FILE_NAME, made=source is None),
        },
        "baseline": baseline,
        "ratio": {
            "import_to_parse": round(
                figures["records_per_second_of_processor"]
                / baseline["pymarc_parse_per_second_of_processor"],
                2,
            )
        },
    }


class PeakMemory:
    """The most memory that this process and those it starts hold together, looked at often."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look)
        self.mib = 0.0

    def __enter__(self) -> PeakMemory:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while True:
            held = 0
            for process in (self._process, *self._process.children(recursive=True)):
                with contextlib.suppress(psutil.Error):
                    held += process.memory_info().rss
            self.mib = max(self.mib, round(held / _MIB, 1))
            if self._over.wait(_LOOK_S):
                return


def _facts(told: ImportReport, file: Path, *, made: bool) -> dict[str, Any]:
    return {
        "records": told.read,
        "titles": told.added["titles"],
        "duplicates": told.duplicates,
        "refused": told.refused_rows,
        "library_mib": round(file.stat().st_size / _MIB, 1),
        "made_records": made,
    }


def _parsed(file: Path) -> int:
    with file.open("rb") as stream:
        return sum(1 for _ in MARCReader(stream))


def _timed(work: Callable[[], T]) -> tuple[T, _Spent]:
    wall, processor, beside = time.perf_counter(), time.process_time(), _beside()
    result = work()
    now = time.perf_counter(), time.process_time()
    return result, _Spent(now[0] - wall, now[1] - processor, _beside() - beside)


def _beside() -> float:
    """Return the processor's seconds of the processes that this one started and that ended."""
    ended = os.times()
    return ended.children_user + ended.children_system


# -- the records ------------------------------------------------------------------------------


def _prepare(file: Path, size: int, source: Path | None) -> None:
    """Write ``size`` records (all of a shorter source) into a file that is not compressed."""
    with file.open("wb") as out:
        if source is None:
            out.writelines(islice(made_records(), size))
            return
        with stream_of(source) as stream:
            out.writelines(piece.data for piece in islice(pieces(stream), size))


def made_records(seed: int = 1) -> Iterator[bytes]:
    """Yield records without end: the demo's titles, the halves of two of them put together."""
    chance, known = random.Random(seed), list(demo_titles())
    for number in count():
        one, other, third = chance.choices(known, k=3)
        words = [*one.title.split()[: chance.randint(1, 4)], *other.title.split()[-3:]]
        title = ExportTitle(
            id=f"{number:09}",
            title=" ".join(words),
            heading=third.author,
            responsibility=third.responsibility,
            isbn=f"978602{chance.randrange(10**7):07}",
            publisher=other.publisher,
            place=other.place,
            year=str(chance.randint(1950, 2026)),
            language=one.language,
            classification=one.classification,
            subjects="; ".join(one.subjects),
            extent=one.extent,
        )
        marc = as_iso2709(*marc_fields(title, _WHEN))
        if marc is not None:
            yield marc
