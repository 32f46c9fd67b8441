"""How many devices one server process serves: routine exchanges over HTTP, from many devices.

The devices only speak: what they send was signed beforehand, and of what they receive they check
the running hash alone, so that on one machine the server is measured and not they. Exchanges begin
at fixed times whether or not the ones before are done; each is measured from when it should have
begun.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import msgspec
import psutil

from perpusdesk.protocol import keys, messages, session, wire
from perpusdesk.protocol.certificates import Certificate, Role
from perpusdesk.protocol.messages import Cursor, Hello, Package, Pull, Pulled, Push, Pushed, Welcome
from perpusdesk.services.set_up import NewLibrary, furnish
from perpusdesk.storage import device_book
from perpusdesk.storage.packages import next_hash
from perpusdesk.syncing.bench_merge_day import city_day
from perpusdesk_server import opening
from perpusdesk_server.bench_line import Line
from perpusdesk_server.config import ServerConfig

OPS_UP: Final = 20
BEHIND: Final = 10
"""So many exchanges of others have gone by when a device asks: 200 ops."""
_P95_MS: Final = 500.0


@dataclass(slots=True)
class Caller:
    """One device: its packages ready to be sent, and its line to the server."""

    device: bytes
    private: bytes
    certificate: bytes
    rounds: deque[list[Package]]
    line: Line | None = None
    token: str = ""


@dataclass(slots=True)
class City:
    """All devices that have nothing to do just now, and how far the server's log was lately."""

    library: bytes
    free: deque[Caller]
    heads: deque[messages.Heads] = field(default_factory=lambda: deque(maxlen=BEHIND + 1))


@dataclass(slots=True)
class Seen:
    """What a run at one rate came to."""

    rate: float
    durations_ms: list[float] = field(default_factory=list)
    ops_down: list[int] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)

    def figures(self, seconds: float) -> dict[str, Any]:
        """Return them as JSON has them."""
        found = sorted(self.durations_ms)
        cuts = statistics.quantiles(found, n=100) if len(found) > 1 else [0.0] * 99
        return {
            "exchanges_per_second": self.rate,
            "done_per_second": round(len(found) / seconds, 1),
            "exchanges": len(found),
            "p50": round(cuts[49], 1),
            "p95": round(cuts[94], 1),
            "p99": round(cuts[98], 1),
            "ops_up": OPS_UP,
            "ops_down": round(statistics.mean(self.ops_down), 1) if self.ops_down else 0,
            "errors": dict(self.errors),
        }

    def good(self) -> bool:
        """Whether it kept up: no error, and 95 of 100 exchanges within half a second."""
        found = sorted(self.durations_ms)
        return bool(found) and not self.errors and found[int(len(found) * 0.95)] <= _P95_MS


def bench_exchange(
    folder: Path, database: str, devices: int, *, rate: float, seconds: float, ramp: bool
) -> dict[str, Any]:
    """Measure; ``database`` is the address of a PostgreSQL, empty for SQLite in ``folder``."""
    rates = [rate]
    if ramp:
        rates += [rate * step for step in (1.5, 2, 2.5, 3, 4, 5)]
    spans = [seconds] + [min(seconds, 15.0)] * (len(rates) - 1)
    needed = sum(int(one * span) + devices for one, span in zip(rates, spans, strict=True))
    callers = _callers(folder, database, devices, needed // devices + 2)
    with _served(folder) as (port, process):
        before = process.cpu_times()
        runs = asyncio.run(_measured(callers, port, rates, spans))
        after, memory = process.cpu_times(), process.memory_info().rss
    figures = [run.figures(span) for run, span in zip(runs, spans, strict=False)]
    kept_up = [run.rate for run in runs if run.good()]
    return {
        "bench": "exchange",
        "size": devices,
        "machine": {"cpus": os.cpu_count(), "database": "postgresql" if database else "sqlite"},
        "figures": {
            **figures[0],
            "saturates_above": max(kept_up, default=0.0),
            "server_cpu_seconds": round(after.user + after.system - before.user - before.system, 1),
            "server_rss_mib": round(memory / 2**20, 1),
            "steps": figures,
        },
        "baseline": {"p95": _P95_MS, "exchanges_per_second": 30.0},
        "ratio": {"p95": round(figures[0]["p95"] / _P95_MS, 3)},
    }


def _callers(folder: Path, database: str, devices: int, rounds: int) -> list[Caller]:
    """Set the server up, admit the devices, and sign what they will send."""
    store = opening.key_store_of(folder)
    library = opening.make_empty(folder, ServerConfig(database=database))
    try:
        furnish(library, NewLibrary("Kota Contoh", "Pusat"))
        _, holder = opening.as_server(library, store, "Server")
        found = []
        for number, ops in enumerate(city_day(devices, OPS_UP * rounds), 10):
            device, private = ops[0].stamp.device, os.urandom(32)
            certificate, data = holder.certify(
                library=library.id,
                device=device,
                key=keys.public_of(private),
                role=Role.DESK,
                branch=None,
                number=number,
                name=f"Meja {number}",
                now_ms=library.now_ms(),
            )
            device_book.put_certificate(library, certificate, data)
            sent = deque(
                _packages(library.id, private, ops[start : start + OPS_UP])
                for start in range(0, len(ops), OPS_UP)
            )
            found.append(Caller(device, private, data, sent))
    finally:
        library.close()
    return found


def _packages(library: bytes, private: bytes, ops: list[Any]) -> list[Package]:
    by_stream: dict[int, list[Any]] = {}
    for op in ops:
        by_stream.setdefault(op.stamp.incarnation, []).append(op)
    bodies = [wire.encode(part) for _, part in sorted(by_stream.items())]
    return [Package(body, keys.sign(private, keys.package_bytes(library, body))) for body in bodies]


@contextlib.contextmanager
def _served(folder: Path) -> Iterator[tuple[int, psutil.Process]]:
    """Start the server as a process of its own; give its port."""
    words = ["--json", "--data", str(folder), "serve", "--port", "0"]
    words += ["--sessions-per-second", "1000", "--address", "http://127.0.0.1"]
    log = (folder.parent / "server.log").open("wb")
    child = subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-m", "perpusdesk_server", *words], stdout=subprocess.PIPE, stderr=log
    )
    try:
        assert child.stdout is not None
        told = b""
        while not told.rstrip().endswith(b"}"):
            line = child.stdout.readline()
            if not line:
                raise RuntimeError((folder.parent / "server.log").read_text()[-2000:])
            told += line
        yield int(json.loads(told)["listening"].rpartition(":")[2]), psutil.Process(child.pid)
    finally:
        child.terminate()
        child.wait(60)
        log.close()


async def _measured(
    callers: list[Caller], port: int, rates: list[float], spans: list[float]
) -> list[Seen]:
    city = City(await _sessions(callers, port), deque(callers))
    runs: list[Seen] = []
    for caller in callers:  # a routine exchange is not the first of a device
        await _exchange(city, caller)
    for rate, span in zip(rates, spans, strict=True):
        seen = Seen(rate)
        await _run(city, seen, span)
        runs.append(seen)
        if not seen.good():
            break
    for caller in callers:
        if caller.line is not None:
            caller.line.close()
    return runs


async def _sessions(callers: list[Caller], port: int) -> bytes:
    """Let every device prove who it is; return the library's id."""
    library = _read(callers[0].certificate).library
    for caller in callers:
        caller.line = line = await Line.to(port)
        wanted = session.SessionWanted(1, library, caller.device, os.urandom(16))
        told = session.decode_answered(await line.post(session.PATH, session.encode(wanted)))
        assert isinstance(told, session.Challenge), told
        signature = session.device_signature(
            caller.private, library, caller.device, _read(told.certificate).device, told.nonce
        )
        proof = session.Proof(library, caller.device, told.nonce, caller.certificate, signature)
        opened = session.decode_answered(await line.post(session.PATH, session.encode(proof)))
        assert isinstance(opened, session.Session), opened
        caller.token = opened.token
    return library


def _read(certificate: bytes) -> Certificate:
    """Return a certificate that this bench had issued itself."""
    return msgspec.msgpack.decode(certificate[keys.SIGNATURE_BYTES :], type=Certificate)


async def _run(city: City, seen: Seen, seconds: float) -> None:
    began, tasks = time.monotonic(), []
    for number in range(int(seen.rate * seconds)):
        due = began + number / seen.rate
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        if not city.free:
            seen.errors["no device is free"] += 1
            continue
        tasks.append(asyncio.create_task(_once(city, city.free.popleft(), seen, due)))
    await asyncio.gather(*tasks)


async def _once(city: City, caller: Caller, seen: Seen, due: float) -> None:
    try:
        seen.ops_down.append(await _exchange(city, caller))
        seen.durations_ms.append((time.monotonic() - due) * 1000)
    except (OSError, AssertionError, asyncio.IncompleteReadError, ValueError) as error:
        seen.errors[repr(error)[:120]] += 1
    city.free.append(caller)


async def _exchange(city: City, caller: Caller) -> int:
    """Do what an exchange does; return how many ops came down."""
    welcome = await _ask(caller, Hello(city.library, caller.device, None))
    assert isinstance(welcome, Welcome), welcome
    pushed = await _ask(caller, Push(caller.rounds.popleft()))
    assert isinstance(pushed, Pushed), pushed
    assert not pushed.refused and not pushed.unknown, pushed
    city.heads.append(pushed.cursor.heads)
    cursor, ops = Cursor(pushed.cursor.epoch, city.heads[0]), 0
    while True:
        pulled = await _ask(caller, Pull(cursor))
        assert isinstance(pulled, Pulled), pulled
        arrival, hash_ = cursor.heads.get(pulled.lane, (0, bytes(8)))
        for package in pulled.packages:
            arrival, hash_ = arrival + 1, next_hash(hash_, package)
            ops += wire.read_header(package.body).count
        assert not pulled.packages or pulled.cursor.heads[pulled.lane] == (arrival, hash_)
        cursor = pulled.cursor
        if not pulled.more:
            return ops


async def _ask(caller: Caller, request: messages.Request) -> messages.Response:
    assert caller.line is not None
    data = messages.encode(request)
    answer = await caller.line.post(session.EXCHANGE_PATH, data, caller.token)
    return messages.decode_response(answer)
