"""The command line of the server: exit codes, documents, jobs for a process that runs."""

import json
from pathlib import Path

import pytest

from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk_server.__main__ import run
from perpusdesk_server.commands import serving_of
from perpusdesk_server.control import Control
from server.places import listening


@pytest.fixture(autouse=True)
def no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "server"


def call(capsys: pytest.CaptureFixture[str], folder: Path, *words: str) -> tuple[int, dict]:
    capsys.readouterr()
    code = run(["--json", "--data", str(folder), *words])
    out = capsys.readouterr().out
    return code, json.loads(out) if out else {}


def test_a_server_is_set_up_once(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    code, made = call(capsys, folder, "init", "--library", "Kota Contoh")
    assert (code, made["library"]) == (0, "Kota Contoh")
    assert Path(made["keys"]).stat().st_mode & 0o077 == 0
    again, told = call(capsys, folder, "init")
    assert (again, told["error"]["code"]) == (2, "library_exists")
    assert call(capsys, folder, "doctor") == (0, {"healthy": True, "findings": []})


def test_a_code_needs_an_address(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    call(capsys, folder, "init", "--library", "Kota Contoh")
    code, told = call(capsys, folder, "enrol")
    assert (code, told["error"]["code"]) == (2, "address")
    code, told = call(capsys, folder, "enrol", "--role", "ratu")
    assert (code, told["error"]["code"]) == (2, "role")
    url, picture = "https://perpus.kota.example", tmp_path / "code.svg"
    assert call(capsys, folder, "address", url)[0] == 0
    code, made = call(capsys, folder, "enrol", "--out", str(picture))
    assert (code, made["server"]) == (0, url)
    assert made["code"].startswith("PDESK-")
    assert picture.read_bytes().startswith(b"<?xml")
    for option in ("--device", "--restore"):
        code, told = call(capsys, folder, "enrol", option, "77")
        assert (code, told["error"]["code"]) == (2, "device")


def test_the_server_shuts_out_no_server_and_nobody_unknown(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    call(capsys, folder, "init", "--library", "Kota Contoh")
    code, told = call(capsys, folder, "revoke", "77")
    assert (code, told["error"]["code"]) == (2, "device")
    code, told = call(capsys, folder, "revoke", "1")
    assert (code, told["refused"]["code"]) == (1, "device_own")


def test_a_job_is_done_by_the_server_that_runs(
    capsys: pytest.CaptureFixture[str], folder: Path
) -> None:
    call(capsys, folder, "init", "--library", "Kota Contoh")
    serving = serving_of(folder, "http://127.0.0.1")
    control = Control(folder.parent / "server.keys", "http://127.0.0.1:1", None)
    with listening(serving, control=control) as port:
        kept = folder.parent / "server.keys" / "control.json"
        kept.write_text(kept.read_text().replace(":1", f":{port}"))
        code, found = call(capsys, folder, "devices")
        assert (code, [one["role"] for one in found["devices"]]) == (0, ["server"])
        code, told = call(capsys, folder, "revoke", "1")
        assert (code, told["refused"]["code"]) == (1, "device_own")
    control.close()
    assert not kept.exists()
    assert call(capsys, folder, "status")[1]["role"] == "server"


def test_a_copy_is_whole_and_holds_no_secret(
    capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path
) -> None:
    call(capsys, folder, "init", "--library", "Kota Contoh")
    code, made = call(capsys, folder, "backup", "--out", str(tmp_path / "copies"))
    assert code == 0
    copies, again = str(tmp_path / "copies"), tmp_path / "again"
    code, told = call(capsys, folder, "restore", "--from", copies, "--to", str(again))
    assert code == 0
    assert told["rows"] == made["rows"]
    with Library.open(again) as copy, Library.open(folder) as there:
        assert copy.digest() == there.digest()
        assert copy.value("select count(*) from op") == made["rows"]
    kept = b"".join(one.read_bytes() for one in Path(made["file"]).parent.iterdir())
    for secret in KeyStore(folder).files.iterdir():
        assert secret.read_bytes() not in kept
