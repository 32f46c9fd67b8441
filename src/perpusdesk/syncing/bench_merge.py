"""How fast ops of others are folded: beside bare inserts of the same rows, and a city's day.

The fold and its floor take turns within one run, batch by batch, so that a noisy machine troubles
them alike. The floor is ``executemany`` of the driver: it writes the rows that the fold left, the
log's and the records', into the same tables with their indexes, in as many transactions. On
PostgreSQL it is pipelined, as psycopg does it.
"""

from __future__ import annotations

import contextlib
import gc
import os
import platform
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol

import psutil

from perpusdesk.domain.merge.lanes import LANES, lane_of_stream
from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.records import EVENT_RECORDS, FIELD_RECORDS
from perpusdesk.protocol import wire
from perpusdesk.protocol.keys import make_key, package_bytes, public_of, sign
from perpusdesk.protocol.messages import Package
from perpusdesk.storage.library import Library
from perpusdesk.storage.parts import in_parts
from perpusdesk.syncing.bench_merge_day import BRANCHES, city_day, in_turn
from perpusdesk.syncing.engine.opening import open_all

BATCH: Final = 500
EXCHANGE: Final = 20
_TABLES: Final = ("op", *FIELD_RECORDS, *EVENT_RECORDS)
_MB: Final = 1_000_000


Rows = dict[str, list[Any]]
"""Rows of several tables, whole as they are stored."""


class Place(Protocol):
    """Where libraries are made for a measurement: one engine."""

    @property
    def name(self) -> str:
        """What the engine is called."""

    def library(self) -> Library:
        """Make an empty library; the caller closes it."""

    def bare(self) -> contextlib.AbstractContextManager[Callable[[Rows], None]]:
        """Make one more, and give what writes rows into it in one transaction, and no more."""


@dataclass(slots=True)
class _Times:
    fold: float = 0.0
    again: float = 0.0
    floor: float = 0.0


def bench_merge(size: int, places: Sequence[Place], absent: dict[str, str]) -> dict[str, Any]:
    """Measure each engine; ``absent`` says which could not be measured, and why."""
    days = city_day(BRANCHES, max(1, size // BRANCHES))
    found: dict[str, Any] = {}
    for place in places:
        day = _city_day(place, days)
        found[place.name] = {**_fold_beside_floor(place, in_turn(days)), "city_day": day}
    return {
        "bench": "merge",
        "size": sum(map(len, days)),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} CPUs",
        "figures": found | {name: f"not measured: {why}" for name, why in absent.items()},
    }


# -- the fold beside bare inserts -----------------------------------------------------------------


def _fold_beside_floor(place: Place, ops: list[Op]) -> dict[str, Any]:
    batches = list(in_parts(ops, BATCH))
    rows = _rows_of(place, batches)
    shares = [_share(rows, number, len(batches)) for number in range(len(batches))]
    times, count = _Times(), sum(map(len, rows.values()))
    with contextlib.closing(place.library()) as library, place.bare() as write:
        for batch, share in zip(batches, shares, strict=True):
            times.fold += _timed(library.ingest, batch)
            times.floor += _timed(write, share)
        for batch in batches:
            times.again += _timed(library.ingest, batch)
    return {
        "ratio": round(times.floor / times.fold, 3),
        "ops_per_second": round(len(ops) / times.fold),
        "repeated_ops_per_second": round(len(ops) / times.again),
        "bare_rows": count,
        "bare_rows_per_second": round(count / times.floor),
        "batch": BATCH,
    }


def _rows_of(place: Place, batches: Sequence[Sequence[Op]]) -> Rows:
    """Return the rows that the fold leaves."""
    with contextlib.closing(place.library()) as library:
        for batch in batches:
            library.ingest(batch)
        return {table: library.rows(f'select * from "{table}"') for table in _TABLES}


def _share(rows: Rows, number: int, of: int) -> Rows:
    """Return every table's rows that the ``number``-th of so many transactions writes."""
    return {
        table: part
        for table, all_ in rows.items()
        if (part := all_[len(all_) * number // of : len(all_) * (number + 1) // of])
    }


def _timed(work: Callable[[Any], Any], what: Any) -> float:
    begun = time.perf_counter()
    work(what)
    return time.perf_counter() - begun


# -- a city's day through the server's door -------------------------------------------------------


class _Push(NamedTuple):
    device: bytes
    packages: list[Package]


class _Everybody:
    """The keys of the day's devices; the server has them from their certificates."""

    def __init__(self, library: bytes) -> None:
        self._library = library
        self._keys: dict[bytes, bytes] = {}
        self._public: dict[bytes, bytes] = {}
        self._devices: dict[bytes, bytes] = {}

    def pushes(self, days: list[list[Op]], at_once: int) -> list[_Push]:
        """Return what the branches send, ``at_once`` ops each time (0: all), in turn."""
        rounds: list[list[_Push]] = []
        for day in days:
            sent = [self._push(list(part)) for part in in_parts(day, at_once or len(day))]
            for number, push in enumerate(sent):
                rounds += [[]] if number == len(rounds) else []
                rounds[number].append(push)
        return [push for one in rounds for push in one]

    def _push(self, ops: list[Op]) -> _Push:
        device = ops[0].stamp.device
        if device not in self._keys:
            self._keys[device] = make_key(device * 2)
            self._public[device] = public_of(self._keys[device])
            self._devices[wire.short_name(device)] = device
        bodies = [
            body
            for lane in LANES
            if (mine := [op for op in ops if lane_of_stream(op.stamp.incarnation) == lane])
            for body in wire.fit(mine)
        ]
        return _Push(device, [self._signed(device, body) for body in bodies])

    def _signed(self, device: bytes, body: bytes) -> Package:
        return Package(body, sign(self._keys[device], package_bytes(self._library, body)))

    def keys_of(self, short: bytes) -> list[tuple[bytes, bytes]]:
        """Return (device, public key) of a device."""
        device = self._devices[short]
        return [(device, self._public[device])]

    def certificates(self, shorts: Iterable[bytes]) -> list[bytes]:
        """Return nothing: no certificates are exchanged here."""
        return []

    def may_redact(self, device: bytes) -> bool:
        """Whether a device may take words out of what others wrote: none here."""
        return False

    def keep(self, certificates: Iterable[bytes]) -> int:
        """Keep nothing."""
        return 0

    def may_push(self, device: bytes) -> bool:
        """Let everybody."""
        return True


class _Memory:
    """How much memory this process has at the most during a block; looked at every 10 ms."""

    def __enter__(self) -> _Memory:
        gc.collect()
        self._process = psutil.Process()
        self._highest = self._process.memory_info().rss
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def _look(self) -> None:
        while not self._end.wait(0.01):
            self._highest = max(self._highest, self._process.memory_info().rss)

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    @property
    def highest_mb(self) -> float:
        """How much it was, in MB."""
        return float(self._highest) / _MB


def _city_day(place: Place, days: list[list[Op]]) -> dict[str, Any]:
    whole, memory, _ = _received(place, days, 0)
    in_bits, _, bits = _received(place, days, EXCHANGE)
    return {
        "branches": len(days),
        "ops": sum(map(len, days)),
        "seconds_each_branch_at_once": round(whole, 2),
        f"seconds_in_exchanges_of_{EXCHANGE}": round(in_bits, 2),
        "exchanges": bits,
        "resident_mb": round(memory),
    }


def _received(place: Place, days: list[list[Op]], at_once: int) -> tuple[float, float, int]:
    """Return the seconds that the server takes, its memory in MB, and for how many pushes."""
    with contextlib.closing(place.library()) as library:
        everybody = _Everybody(library.id)
        pushes = everybody.pushes(days, at_once)
        with _Memory() as memory:
            begun = time.perf_counter()
            for device, packages in pushes:
                opened = open_all(packages, everybody, library.id).opened
                library.exchange.accept(opened, device)
            seconds = time.perf_counter() - begun
    return seconds, memory.highest_mb, len(pushes)
