"""How long a scan takes until it is safe on disk: at city size, small, and the floor of the disk.

All three take turns within one run, so that a noisy machine troubles them alike.
"""

from __future__ import annotations

import os
import platform
import random
import shutil
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.services.bench.bench_library import barcode, card, ensure_bench_library
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.circulation.understand import understand
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.database import connect
from perpusdesk.storage.library import FILE_NAME, Library

SMALL = 10_000
ROUNDS = 600
_WARM_UP = 30
_OPENINGS = 15


def bench_desk(folder: Path, size: int, rounds: int = ROUNDS) -> dict[str, Any]:
    """Measure lending and taking back; times in ms. The libraries are made when not there."""
    large = ensure_bench_library(folder / str(size), size)
    small = ensure_bench_library(folder / str(SMALL), SMALL)
    locked = _locked_copy(large)
    opening = opening_ms(large), opening_ms(locked)
    with (
        Library.open(large) as one,
        Library.open(small) as other,
        Library.open(locked) as safe,
    ):
        city, town = Lane(open_desk(one), size), Lane(open_desk(other), SMALL)
        closed = Lane(open_desk(safe), size)
        floor = Floor(folder / "floor.db")
        for turn in range(rounds + _WARM_UP):
            keep = turn >= _WARM_UP
            for lane in (city, town, closed):
                lane.turn(turn, keep=keep)
            floor.turn(keep=keep)
        floor.close()
    return _result(size, city, town, floor) | _encryption(city, closed, opening)


def opening_ms(folder: Path, rounds: int = _OPENINGS) -> float:
    """Return the median of opening and closing a library, its key looked up each time; in ms."""
    return statistics.median(_timed(lambda: Library.open(folder).close())[0] for _ in range(rounds))


def _locked_copy(folder: Path) -> Path:
    """Return an encrypted copy of a library, made when it is not there."""
    copy = folder.with_name(f"{folder.name}-locked")
    if not (copy / FILE_NAME).exists():
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy)
    Library.open(copy, encrypted=True).close()
    return copy


def _encryption(open_: Lane, closed: Lane, opening: tuple[float, float]) -> dict[str, Any]:
    names = ("p50", "p95", "p99")
    plain, locked = quantiles(open_.lend_ms), quantiles(closed.lend_ms)
    back, locked_back = quantiles(open_.return_ms), quantiles(closed.return_ms)
    return {
        "encryption": {
            "lend_ms": locked,
            "return_ms": locked_back,
            "lend_ratio": {name: round(locked[name] / plain[name], 2) for name in names},
            "return_ratio": {name: round(locked_back[name] / back[name], 2) for name in names},
            "opening_ms": {"plain": round(opening[0], 2), "encrypted": round(opening[1], 2)},
        }
    }


class Lane:
    """One library's turns: a copy is lent to a member, then taken back."""

    def __init__(self, desk: Desk, size: int) -> None:
        self._desk, self._size = desk, size
        self._chance = random.Random(7)
        self._copies = self._chance.sample(range(size), min(size, ROUNDS + _WARM_UP + 50))
        self.lend_ms: list[float] = []
        self.return_ms: list[float] = []

    def turn(self, number: int, *, keep: bool) -> None:
        """Scan a card and a copy (lend), then the copy again (return); each is committed."""
        member_code = card(self._chance.randrange(max(1, self._size // 5)))
        code = barcode(self._copies[number % len(self._copies)])
        member = understand(self._desk, member_code, scanned=True).member
        assert member is not None
        lent, result = _timed(lambda: self._lend(code, member))
        back, _done = _timed(lambda: self._return(code))
        if keep and not isinstance(result, Refused):
            self.lend_ms.append(lent)
            self.return_ms.append(back)

    def _lend(self, code: str, member: UUID) -> object:
        copy = understand(self._desk, code, scanned=True).copy
        assert copy is not None
        return lend(self._desk, member, copy)

    def _return(self, code: str) -> object:
        copy = understand(self._desk, code, scanned=True).copy
        assert copy is not None
        return take_back(self._desk, copy)


class Floor:
    """One bare commit of one small row, with the same driver, journal and safety as the desk's."""

    def __init__(self, file: Path) -> None:
        file.unlink(missing_ok=True)
        self._database = connect(file)
        self.journal = self._database.execute_sql("pragma journal_mode = wal").fetchall()[0][0]
        self._database.execute_sql("create table row(number integer primary key, text text)")
        self.ms: list[float] = []

    def turn(self, *, keep: bool) -> None:
        """Commit one row."""
        spent, _done = _timed(self._commit)
        if keep:
            self.ms.append(spent)

    def _commit(self) -> None:
        with self._database.atomic("IMMEDIATE"):
            self._database.execute_sql("insert into row(text) values ('x')")

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def quantiles(values: Sequence[float]) -> dict[str, float]:
    """Return p50, p95, p99 and the count, in ms with two decimals."""
    cuts = statistics.quantiles(values, n=100, method="inclusive")
    named = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98]}
    return {**{name: round(value, 3) for name, value in named.items()}, "count": len(values)}


def machine() -> dict[str, Any]:
    """Return what the figures were taken on, without naming it."""
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "system": platform.system(),
    }


def _timed(work: Callable[[], object]) -> tuple[float, object]:
    began = time.perf_counter()
    result = work()
    return (time.perf_counter() - began) * 1000, result


def _result(size: int, city: Lane, town: Lane, floor: Floor) -> dict[str, Any]:
    lent, small = quantiles(city.lend_ms), quantiles(town.lend_ms)
    back, small_back = quantiles(city.return_ms), quantiles(town.return_ms)
    bare = quantiles(floor.ms)
    names = ("p50", "p95", "p99")
    return {
        "bench": "desk",
        "size": size,
        "machine": machine(),
        "figures": {"lend_ms": lent, "return_ms": back},
        "baseline": {
            "bare_commit_ms": bare,
            f"lend_ms_at_{SMALL}": small,
            f"return_ms_at_{SMALL}": small_back,
        },
        "ratio": {
            "lend_to_small": {name: round(lent[name] / small[name], 2) for name in names},
            "return_to_small": {name: round(back[name] / small_back[name], 2) for name in names},
            "lend_to_bare_commit": {name: round(lent[name] / bare[name], 2) for name in names},
        },
    }
