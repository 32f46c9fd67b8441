"""The program's own trial of itself: it passes here, and a broken part is named, it alone."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from perpusdesk.app import self_test as trial
from perpusdesk.app import self_test_library, self_test_parts, self_test_scan, self_test_window
from perpusdesk.app.self_test import Report, Stage, Step
from perpusdesk.common.i18n import set_language
from perpusdesk.common.paths import resources
from perpusdesk.scan import zbar
from perpusdesk.syncing.folder import FolderExchange

Break = Callable[[pytest.MonkeyPatch], object]


def without_zbar(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(zbar, "_scanner", lambda: None)


def with_another_copy(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(self_test_library, "COPY", "UJI000124")


def with_nothing_written(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(FolderExchange, "_write", lambda *_: iter(()))


def without_sounds(patch: pytest.MonkeyPatch) -> None:
    def lost(*parts: str) -> Path:
        return resources("lost" if "sounds" in parts else ".", *parts)

    patch.setattr("perpusdesk.app.self_test_parts.resources", lost)


def in_english(patch: pytest.MonkeyPatch) -> None:
    patch.setattr("perpusdesk.common.i18n.set_language", lambda _code: set_language("en"))


def done(steps: dict[str, Step], folder: Path) -> dict[str, Any]:
    """Do steps as the program does them; return the report."""
    report = Report(folder / "report.json")
    stage = Stage(folder / "stage")
    stage.folder.mkdir()
    for name, step in steps.items():
        report.do(name, step, stage)
    report.end()
    found: dict[str, Any] = json.loads((folder / "report.json").read_text("utf-8"))
    return found


PARTS = self_test_parts.STEPS
SCAN = self_test_scan.STEPS
LIBRARY = {"library": self_test_window.STEPS["library"], **self_test_library.STEPS}


@pytest.mark.parametrize(
    ("steps", "broken", "harm"),
    [
        (PARTS, "resources", without_sounds),
        pytest.param(PARTS, "texts", in_english, marks=pytest.mark.slow),
        pytest.param(SCAN, "zbar", without_zbar, marks=pytest.mark.slow),
        pytest.param(LIBRARY, "label paper", with_another_copy, marks=pytest.mark.slow),
        (LIBRARY, "exchange by folder", with_nothing_written),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_part_is_named_and_only_it(
    steps: dict[str, Step],
    broken: str,
    harm: Break,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    harm(monkeypatch)
    report = done(steps, tmp_path)
    failed = [step["name"] for step in report["steps"] if not step["ok"]]
    assert failed == [broken]
    assert not report["passed"]
    assert [step["name"] for step in report["steps"]] == list(steps)


def test_what_was_not_packed_is_a_failed_step(tmp_path: Path) -> None:
    code = trial.self_test(tmp_path / "out.json", ("perpusdesk.app.not_packed",))
    report = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert code == trial.FAILED
    (step,) = report["steps"]
    assert "not_packed" in step["error"]


_HANGS = """
import sys, time, types
from pathlib import Path
from perpusdesk.app import self_test as trial
part = types.ModuleType("hanging")
part.STEPS = {"waits for ever": lambda stage: time.sleep(60)}
sys.modules["hanging"] = part
watch = trial.Watchdog
trial.Watchdog = lambda report: watch(report, 0.3)
trial.self_test(Path(sys.argv[1]), ("hanging",))
"""


def test_a_step_that_hangs_is_ended_and_its_stacks_are_written(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    ended = subprocess.run([sys.executable, "-c", _HANGS, str(out)], check=False, timeout=150)
    assert ended.returncode == trial.FAILED
    report = json.loads(out.read_text("utf-8"))
    (step,) = report["steps"]
    assert step["name"] == "waits for ever"
    assert "time.sleep(60)" in json.dumps(step["stacks"]) or "lambda" in json.dumps(step["stacks"])
    assert not report["passed"]


@pytest.mark.slow
def test_the_whole_program_tries_itself_and_touches_nothing_of_the_users(
    tmp_path: Path, user_folders: Path
) -> None:
    """Without an output stream, as a windowed program has it."""
    words = [sys.executable, "-m", "perpusdesk", "--self-test", str(tmp_path / "out.json")]
    ended = subprocess.run(
        ["sh", "-c", 'exec "$@" >&- 2>&-', "sh", *words], check=False, timeout=150
    )
    report = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert ended.returncode == trial.PASSED, [one for one in report["steps"] if not one["ok"]]
    assert report["passed"]
    assert {step["name"] for step in report["steps"]} >= {
        *PARTS,
        *SCAN,
        *LIBRARY,
        "commands",
        "desk",
        "screens",
    }
    assert not QImage(str(tmp_path / "out.png")).isNull()
    left = {file.name for file in user_folders.rglob("*") if file.is_file()}
    assert left == set()
