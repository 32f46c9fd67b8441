"""Benchmarks through the real window: scan to painted answer, stalls, start, memory."""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import psutil
from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QTimer

from perpusdesk.app.application import make_application
from perpusdesk.app.bare_window import PROBE_BARE
from perpusdesk.app.demo_play import offscreen
from perpusdesk.app.program import Program
from perpusdesk.common.own_program import own_call
from perpusdesk.common.settings import Settings
from perpusdesk.scan.types import Scan, Source, Symbology
from perpusdesk.services.bench.bench_desk import machine, quantiles
from perpusdesk.services.bench.bench_library import barcode, card
from perpusdesk.services.circulation.modes import DESK_MODE, RETURNING
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.library import Library
from perpusdesk.ui.kit.scan_box import local_now

SCANS: Final = 1_000
STALL_MS: Final = 50
_TICK_MS: Final = 4
_STARTS: Final = 5
_PATIENCE_S: Final = 120
PROBE_START: Final = "--probe-start"


def bench_window(name: str, data: Path, size: int) -> dict[str, Any]:
    """Run the benchmark ``desk`` (scans through the window) or ``start``.

    On a machine without a screen the window is drawn in memory.
    """
    if not has_screen(sys.platform, os.environ):
        offscreen()
    return _desk(data, size) if name == "desk" else _start(data, size)


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Tell whether windows can be shown here."""
    screens = ("DISPLAY", "WAYLAND_DISPLAY")
    return not platform.startswith("linux") or any(environment.get(name) for name in screens)


class _Watchdog(QObject):
    """Notices when the interface does nothing for a while."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._clock = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        self._clock.start()
        self._timer.start()

    def _tick(self) -> None:
        self.gaps.append(self._clock.nsecsElapsed() / 1e6 - _TICK_MS)
        self._clock.restart()


class _Painted(QObject):
    """Leaves the loop at the first painting after the answer was put on the screen."""

    def __init__(self, program: Program) -> None:
        super().__init__()
        self._loop = QEventLoop()
        self._answered = False
        self._program = program
        program.desk_page.shown.connect(self._shown)
        program.desk_page.widget.installEventFilter(self)

    def scan(self, code: str) -> float:
        """Scan ``code``; return the ms until its answer was painted."""
        self._answered = False
        began = time.perf_counter()
        self._program.window.take_scan(Scan(code, Symbology.CODE128, local_now(), Source.SCANNER))
        self._loop.exec()
        return (time.perf_counter() - began) * 1000

    def _shown(self, _turn: object) -> None:
        self._answered = True
        self._program.desk_page.widget.update()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if self._answered and event.type() == QEvent.Type.Paint:
            self._answered = False
            QTimer.singleShot(0, self._loop.quit)
        return False


def _desk(data: Path, size: int) -> dict[str, Any]:
    make_application(Settings(sounds=False), None)
    program = Program(open_desk(Library.open(data)))
    program.window.show()
    painted, watchdog = _Painted(program), _Watchdog()
    chance = random.Random(11)  # noqa: S311 - which book is scanned is no secret
    for _ in range(20):
        painted.scan(card(chance.randrange(size // 5)))
    watchdog.start()
    spent = []
    for _ in range(SCANS // 4):
        spent.append(painted.scan(card(chance.randrange(size // 5))))
        code = barcode(chance.randrange(size))
        spent.append(painted.scan(code))
        program.desk_page.set_mode(RETURNING)
        spent.append(painted.scan(code))
        program.desk_page.set_mode(DESK_MODE)
        spent.append(painted.scan(barcode(chance.randrange(size))))
    resident = psutil.Process().memory_info().rss / 2**20
    program.tasks.wait_idle()
    program.window.close()
    stalls = [gap for gap in watchdog.gaps if gap > STALL_MS]
    return {
        "scan_to_painted_ms": quantiles(spent),
        "interface_gap_ms": {**quantiles(watchdog.gaps), "max": round(max(watchdog.gaps), 1)},
        "stalls_over_50_ms": len(stalls),
        "resident_mib": round(resident, 1),
    }


def _start(data: Path, size: int) -> dict[str, Any]:
    cold = [_one_start(data, drop=True) for _ in range(_STARTS)]
    warm = [_one_start(data, drop=False) for _ in range(_STARTS)]
    bare = [_bare_start() for _ in range(_STARTS)]
    return {
        "bench": "start",
        "size": size,
        "machine": {**machine(), "caches_dropped": all(start["dropped"] for start in cold)},
        "figures": {
            "cold_ms": _spread([start["ms"] for start in cold]),
            "warm_ms": _spread([start["ms"] for start in warm]),
            "resident_mib": _spread([start["resident_mib"] for start in warm]),
        },
        "baseline": {"python_and_qt_window_ms": _spread(bare)},
        "ratio": {
            "warm_to_bare": round(
                sorted(s["ms"] for s in warm)[_STARTS // 2] / sorted(bare)[_STARTS // 2], 2
            )
        },
    }


def _spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)
    return {
        "min": round(ordered[0], 1),
        "p50": round(ordered[len(ordered) // 2], 1),
        "max": round(ordered[-1], 1),
    }


def _one_start(data: Path, *, drop: bool) -> dict[str, Any]:
    dropped = _drop_caches() if drop else False
    began = time.time()
    out = subprocess.run(  # noqa: S603 - this very program
        own_call(PROBE_START),
        env={**os.environ, "PERPUSDESK_BENCH": json.dumps([str(data), began])},
        capture_output=True,
        text=True,
        check=True,
        timeout=_PATIENCE_S,
    )
    found: dict[str, Any] = json.loads(out.stdout.splitlines()[-1])
    return {**found, "dropped": dropped}


def probe_start() -> None:
    """In a process of its own: open the desk, wait until it is usable, tell when that was."""
    data, began = json.loads(os.environ["PERPUSDESK_BENCH"])
    make_application(Settings(sounds=False), None)
    program = Program(open_desk(Library.open(Path(data))))
    loop = QEventLoop()
    program.desk_page.shown.connect(lambda _turn: QTimer.singleShot(0, loop.quit))
    program.show()
    loop.exec()
    ms = (time.time() - began) * 1000
    gc.collect()
    resident = psutil.Process().memory_info().rss / 2**20
    sys.stdout.write(json.dumps({"ms": ms, "resident_mib": resident}) + "\n")
    program.window.close()


def _bare_start() -> float:
    began = time.perf_counter()
    command = own_call(PROBE_BARE)
    subprocess.run(command, check=True, timeout=_PATIENCE_S)  # noqa: S603 - this very program
    return (time.perf_counter() - began) * 1000


def _drop_caches() -> bool:
    """Ask the system to forget what it read; only an administrator may."""
    with contextlib.suppress(OSError):
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3")
        return True
    return False
