"""The log helps those who help, and tells nothing about any person."""

from __future__ import annotations

import json
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from perpusdesk.common import log
from perpusdesk.common.errors import Fault, KnownError

LOGGER = logging.getLogger("perpusdesk.test")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    yield tmp_path / "logs"
    log.stop_logging()
    logging.getLogger().setLevel(level)


def _lines(file: Path | None) -> list[dict[str, Any]]:
    assert file is not None
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def test_numbers_and_codes_are_told_texts_are_not(folder: Path) -> None:
    file = log.start_logging(folder)
    facts = ("Siti Aminah", 12, Fault.DISK_FULL, log.Code("0.1.0"), UUID(int=1), None, ["Siti"])
    LOGGER.info("name %s took %d ms: %s in %s for %s %s %s", *facts)
    LOGGER.info("by %(name)s in %(ms)d ms", {"name": "Siti", "ms": 3})
    first, second = _lines(file)
    assert first["facts"] == ["text(11)", 12, "disk_full", "0.1.0", str(UUID(int=1)), None, "list"]
    assert second["facts"] == {"name": "text(4)", "ms": 3}
    assert (first["level"], first["where"]) == ("info", "perpusdesk.test")
    assert first["at"].endswith("+00:00")
    assert "Siti" not in json.dumps([first, second])


def test_an_error_is_told_by_kind_and_place_without_its_message(
    folder: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("no way")
    file = log.start_logging(folder)
    try:
        try:
            raise OSError(28, "No space", "/home/siti/file")
        except OSError as error:
            raise KnownError(Fault.DISK_FULL, member="Siti") from error
    except KnownError:
        LOGGER.exception("no way")
    error = _lines(file)[0]["error"]
    assert (error["type"], error["fault"]) == ("KnownError", "disk_full")
    assert (error["cause"]["type"], error["cause"]["errno"]) == ("OSError", 28)
    place = error["places"][-1]
    assert place.startswith("tests/common/test_log.py:")
    assert "siti" not in json.dumps(error).lower()


def test_uncaught_errors_are_logged_in_threads_too(
    folder: Path, expect_log: Callable[[str], None], capfd: pytest.CaptureFixture[str]
) -> None:
    expect_log("uncaught error")
    file = log.start_logging(folder)
    try:
        raise KeyError("Siti")
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    hook_arguments = threading.ExceptHookArgs((ValueError, ValueError("Siti"), None, None))
    threading.excepthook(hook_arguments)
    assert [line["error"]["type"] for line in _lines(file)] == ["KeyError", "ValueError"]
    assert "KeyError" in capfd.readouterr().err


def test_the_file_rotates_and_old_ones_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "LARGEST", 2000)
    log.start_logging(folder)
    for number in range(400):
        LOGGER.info("line %d", number)
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["desktop.log"] + [
        f"desktop.log.{number}" for number in range(1, log.KEPT + 1)
    ]
    assert all(file.stat().st_size <= log.LARGEST for file in files)
    assert _lines(folder / "desktop.log")[-1]["facts"] == [399]


def test_a_folder_that_cannot_be_written_does_not_stop_the_program(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert log.start_logging(tmp_path / "file" / "logs") is None
    LOGGER.info("still here")


def test_starting_twice_writes_each_line_once(folder: Path) -> None:
    log.start_logging(folder)
    file = log.start_logging(folder, "other")
    LOGGER.info("once")
    assert file is not None
    assert file.name == "other.log"
    assert len(_lines(file)) == 1
    assert (folder / "desktop.log").read_text("utf-8") == ""
