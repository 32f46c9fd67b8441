"""The key of the library on the command line."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from helpers.command_line import Answer, Call
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.services import recovery
from perpusdesk.storage.key_store import KeyStore

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
