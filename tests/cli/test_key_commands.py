"""The key of the library on the command line."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from helpers.command_line import Answer, Call
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.services.safety import recovery
from perpusdesk.services.safety.contact import DAY_MS, SINCE
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library

CODE = new_code(bytes(range(16)))


@pytest.fixture
def sheeted(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with a sheet, of which we know the code."""
    monkeypatch.setattr(recovery, "draw_code", lambda: CODE)
    out = tmp_path / "sheet.pdf"
    assert call("recovery", "--out", out).code == 0
    return out


def typed(call: Call, text: str, monkeypatch: pytest.MonkeyPatch) -> Answer:
    monkeypatch.setattr("sys.stdin", io.StringIO(text + "\n"))
    return call("unlock")


def test_status_tells_of_the_lock(call: Call, sheeted: Path) -> None:
    told = call("status").document
    assert (told["encrypted"], told["key"], told["recovery_sheet"]) == (True, "file", True)
    assert sheeted.read_bytes().startswith(b"%PDF")


def test_a_lost_key_is_told_and_brought_back(
    call: Call, sheeted: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(KeyStore(library).files)
    assert call("digest").document["fault"]["code"] == "key_missing"
    bad = typed(call, CODE[:-1] + "0", monkeypatch)
    assert (bad.code, bad.document["error"]["code"]) == (2, "code_mistyped")
    other = typed(call, new_code(bytes(16)), monkeypatch)
    assert (other.code, other.document["refused"]["code"]) == (1, "recovery_code_wrong")
    good = typed(call, CODE.lower(), monkeypatch)
    assert good.code == 0
    assert good.document["key"] == "file"
    assert call("digest").code == 0


def test_a_device_that_was_away_too_long_stays_closed(call: Call, library: Path) -> None:
    assert call("devices", "contact", "1", "--days", "1").document["device"]["contact_days"] == 1
    assert call("status").code == 0
    with Library.open(library) as opened:
        opened.put_local(SINCE, opened.now_ms() - 2 * DAY_MS)
    for words in (["status"], ["member", "show", "A0001"], ["digest"]):
        answer = call(*words)
        assert (answer.code, answer.document["fault"]["code"]) == (3, "contact_due")
        assert "Siti" not in answer.out
    assert call("sync").document["fault"]["code"] == "not_enrolled"
