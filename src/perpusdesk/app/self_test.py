"""``perpusdesk --self-test [FILE]``: does everything once in a folder of its own, and reports.

For whoever packs or installs the program, and for help from afar: what is missing in a frozen
program shows here and not at the desk. Nothing of the user's is touched: library, keys and settings
are made in a temporary folder. No dialog is ever shown, and it ends by itself in any case.
"""

from __future__ import annotations

import faulthandler
import importlib
import json
import os
import shutil
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TextIO

from perpusdesk import __version__
from perpusdesk.common.errors import KnownError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.paths import is_frozen, log_folder

NAME: Final = "self-test.json"
PASSED: Final = 0
FAILED: Final = 3
PATIENCE_S: Final = 120
_GRACE_S: Final = 30
_ATTEMPTS: Final = 4
_ATTEMPT_S: Final = 0.1
_PARTS: Final = (
    "perpusdesk.app.self_test_parts",
    "perpusdesk.app.self_test_scan",
    "perpusdesk.app.self_test_window",
    "perpusdesk.app.self_test_library",
)
"""Modules whose ``STEPS`` are done in this order; one that cannot be imported is a failed step."""


@dataclass(slots=True)
class Stage:
    """What the steps share: the folder of this run, and what earlier steps put into it."""

    folder: Path
    picture: Path | None = None
    """Where the picture of the window goes, if it is wanted."""
    props: dict[str, Any] = field(default_factory=dict)

    def give(self, **props: Any) -> None:
        """Leave something for later steps."""
        self.props.update(props)

    def take(self, name: str) -> Any:
        """Return what an earlier step left. Raises ``LookupError`` when that one failed."""
        if name not in self.props:
            raise LookupError(f"not reached: no {name}")
        return self.props[name]


Step = Callable[[Stage], str]
"""Does one thing and returns what is to be said of it; raises whatever goes wrong."""


def self_test(
    out: Path | None,
    parts: tuple[str, ...] = _PARTS,
    more: Mapping[str, Callable[[Path], str]] | None = None,
) -> int:
    """Do all steps, write the report to ``out`` and return the exit code; nothing is raised.

    ``more`` are steps of parts that this one does not know (the command line), done last; they are
    given the folder of this run.
    ``out``: a JSON file, by default ``self-test.json`` in the folder of the log; the picture of
    the window goes beside one that is named.
    """
    report = Report(out or log_folder() / NAME)
    _no_system_dialogs()
    folder = Path(tempfile.mkdtemp(prefix="perpusdesk-self-test-"))
    guard = Watchdog(report)
    try:
        _apart(folder)
        stage = Stage(folder, out.with_suffix(".png") if out else None)
        for name, step in _steps(parts):
            report.do(name, step, stage)
        for name, check in (more or {}).items():
            report.do(name, _alone(check), stage)
    finally:
        guard.stop()
        shutil.rmtree(folder, ignore_errors=True)
    report.end()
    return PASSED if report.passed else FAILED


def _steps(parts: tuple[str, ...]) -> Iterator[tuple[str, Step]]:
    for part in parts:
        try:
            found: dict[str, Step] = importlib.import_module(part).STEPS
        except Exception as error:  # a part that was not packed
            yield part.rpartition(".")[2], _failing(error)
            continue
        yield from found.items()


def _alone(check: Callable[[Path], str]) -> Step:
    def step(stage: Stage) -> str:
        return check(stage.folder)

    return step


def _failing(error: Exception) -> Step:
    def fail(_stage: Stage) -> str:
        raise error

    return fail


class Report:
    """What came of each step; the file is brought up to date with each, should one be the last."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.steps: list[dict[str, Any]] = []
        self.running = ""
        self._ended = False

    @property
    def passed(self) -> bool:
        """Whether every step went well, and there were some."""
        return self._ended and all(step["ok"] for step in self.steps) and bool(self.steps)

    def do(self, name: str, step: Step, stage: Stage) -> None:
        """Do a step and note what it came to."""
        self.running, began = name, time.monotonic()
        self._write()
        try:
            found: dict[str, Any] = {"ok": True, "detail": step(stage)}
        except Exception as error:  # each step is caught on its own, that is what this is for
            where = traceback.format_exc(limit=-4)
            found = {"ok": False, "error": f"{type(error).__name__}: {error}", "where": where}
        took = round((time.monotonic() - began) * 1000)
        self.steps.append({"name": name, **found, "ms": took})

    def end(self) -> None:
        """Write the whole report, also to whoever started this."""
        self.running, self._ended = "", True
        self._write()
        sys.stdout.write(self._text())
        sys.stdout.flush()

    def late(self) -> None:
        """Write that the step under way does not come to its end, and where it is."""
        frames = sys._current_frames().items()
        stacks = {str(thread): traceback.format_stack(frame) for thread, frame in frames}
        error = f"took longer than {PATIENCE_S} s"
        self.steps.append(
            {"name": self.running, "ok": False, "error": error, "stacks": stacks, "ms": 0}
        )
        self._write()

    def _text(self) -> str:
        told = {
            "passed": self.passed,
            "version": __version__,
            "frozen": is_frozen(),
            "platform": f"{sys.platform} Python {sys.version.split()[0]}",
            "steps": self.steps,
            **({"running": self.running} if self.running else {}),
        }
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"

    def _write(self) -> None:
        for attempt in range(_ATTEMPTS):
            try:
                write_atomically(self._file, self._text().encode("utf-8"))
                return
            except (OSError, KnownError):  # an antivirus looks at it; the exit code still tells
                time.sleep(_ATTEMPT_S * attempt)


class Watchdog:
    """Ends the process when the steps take too long; Qt or a native library may hang for ever.

    Where not even Python runs any more, or a native library crashes, the stacks are left in a
    file beside the report.
    """

    def __init__(self, report: Report, patience: float = PATIENCE_S) -> None:
        self._timer = threading.Timer(patience, self._bite)
        self._timer.daemon = True
        self._report = report
        self._stacks = report._file.with_suffix(".stacks.txt")
        self._out: TextIO | None = None
        try:
            self._stacks.parent.mkdir(parents=True, exist_ok=True)
            self._out = self._stacks.open("w", encoding="utf-8")
            faulthandler.enable(self._out)
            faulthandler.dump_traceback_later(patience + _GRACE_S, exit=True, file=self._out)
        except OSError:  # no place for a report: the exit code still tells
            pass
        self._timer.start()

    def stop(self) -> None:
        """All is done: watch no longer, leave no empty file."""
        self._timer.cancel()
        faulthandler.cancel_dump_traceback_later()
        faulthandler.disable()
        if self._out is not None:
            self._out.close()
            self._stacks.unlink(missing_ok=True)

    def _bite(self) -> None:
        self._report.late()
        os._exit(FAILED)


def _apart(folder: Path) -> None:
    """Point at places of this run whatever the program would look for in the user's."""
    os.environ["PERPUSDESK_PASSING"] = str(folder / "passing")
    os.environ.pop("PERPUSDESK_CAMERA", None)


def _no_system_dialogs() -> None:
    """Let a crash end the process; Windows would ask somebody to close the program."""
    if sys.platform == "win32":
        import ctypes

        critical, no_fault_box, no_file_box = 0x1, 0x2, 0x8000
        ctypes.windll.kernel32.SetErrorMode(critical | no_fault_box | no_file_box)
