"""A packed program and the processes it starts; streams where there is no console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from perpusdesk.common.own_program import outside_environment, own_call


def test_the_source_starts_itself_by_its_python() -> None:
    assert own_call("--x", "y") == [sys.executable, "-m", "perpusdesk", "--x", "y"]


def test_a_packed_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_call("--x", "y") == [sys.executable, "--x", "y"]


def test_others_do_not_hear_that_this_program_is_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_PYI_APPLICATION_HOME_DIR", "/here")
    monkeypatch.setenv("KEPT", "1")
    assert "PYINSTALLER_RESET_ENVIRONMENT" not in outside_environment()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    told = outside_environment()
    assert told["PYINSTALLER_RESET_ENVIRONMENT"] == "1"
    assert told["KEPT"] == "1"
    assert not [name for name in told if name.startswith("_PYI_")]
    assert os.environ["_PYI_APPLICATION_HOME_DIR"] == "/here"


_SPEAKS = """
import sys
from perpusdesk.common.own_program import whole_streams
whole_streams()
print("Sudah kembali \\u2192 rak \\u2022", flush=True)
print("juga di sini \\u2192", file=sys.stderr, flush=True)
sys.stdin.read(1)
from pathlib import Path
Path(sys.argv[1]).write_text("alive")
"""


def test_what_is_redirected_is_utf8_whatever_the_console_knows() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SPEAKS, os.devnull],
        env={**os.environ, "PYTHONIOENCODING": "cp437"},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    assert "Sudah kembali → rak •" in done.stdout.decode("utf-8")
    assert "→" in done.stderr.decode("utf-8")


@pytest.mark.skipif(os.name != "posix", reason="a shell closes the streams")
def test_without_a_console_nothing_that_is_said_ends_the_program(tmp_path: Path) -> None:
    said = tmp_path / "said"
    words = ["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", sys.executable, "-c", _SPEAKS, str(said)]
    assert subprocess.run(words, check=False).returncode == 0
    assert said.read_text() == "alive"
