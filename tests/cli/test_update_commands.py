"""``perpusdesk update``: by stick and by server, installed by a stand-in that really runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.command_line import Call, Typed
from helpers.releases import KEY, PUBLISHERS, laid_out
from perpusdesk import __version__
from perpusdesk.cli import update_commands
from perpusdesk.services.safety.installing import started
from perpusdesk_server import updates as server_updates
from perpusdesk_server.__main__ import run as run_server

INSTALLER = b'#!/bin/sh\necho "$1" > "$(dirname "$0")/came"\n'


@pytest.fixture(autouse=True)
def publisher_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (update_commands, server_updates):
        monkeypatch.setattr(module, "publisher_keys", lambda: PUBLISHERS)


def test_a_release_from_a_stick_is_checked_and_installed(
    call: Call, library: Path, tmp_path: Path
) -> None:
    answer = call("update", "install")
    assert (answer.code, answer.document["error"]["code"]) == (2, "no_update")
    laid_out(tmp_path / "stick", INSTALLER)
    answer = call("update", "check", "--folder", tmp_path / "stick")
    assert answer.code == 0
    newer = answer.document["newer"]
    assert (newer["version"], newer["ready"]) == ("9.0.0", True)
    answer = call("update", "install")
    assert (answer.code, answer.document) == (0, {"version": "9.0.0", "started": True})
    started.pop().wait(30)
    assert (library / "updates" / "came").read_text() == "--silent\n"


def test_a_release_of_somebody_else_is_refused(call: Call, tmp_path: Path) -> None:
    laid_out(tmp_path / "stick", INSTALLER, key=KEY[::-1])
    answer = call("update", "check", "--folder", tmp_path / "stick")
    assert (answer.code, answer.document["error"]["code"]) == (2, "forged")


def test_without_a_server_that_is_told_and_there_is_no_way_back(call: Call) -> None:
    answer = call("update", "check")
    assert (answer.code, answer.document["fault"]["code"]) == (3, "not_enrolled")
    answer = call("update", "back")
    assert (answer.code, answer.document["fault"]["code"]) == (3, "no_former_program")


def test_nothing_newer_on_an_empty_stick(call: Call, tmp_path: Path) -> None:
    answer = call("update", "check", "--folder", tmp_path)
    assert answer.document == {"version": __version__, "newer": None, "back": None}
    assert str(tmp_path) in answer.err
    answer = call("update", "check", "--folder", tmp_path / "pulled")
    assert (answer.code, answer.document["error"]["code"]) == (2, "folder")


def test_a_server_is_given_a_release(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    server, files = str(tmp_path / "server"), laid_out(tmp_path / "release", INSTALLER)
    assert run_server(["--data", server, "updates", "add", str(tmp_path / "nothing")]) == 2
    assert run_server(["--data", server, "updates", "add", *map(str, files)]) == 0
    assert run_server(["--data", server, "updates", "list"]) == 0
    assert "9.0.0" in capfd.readouterr().out


@pytest.mark.usefixtures("quick_hashes")
def test_where_people_sign_in_only_who_may_installs_and_goes_back(
    call: Call, tmp_path: Path, typed: Typed
) -> None:
    laid_out(tmp_path / "stick", INSTALLER)
    assert call("update", "check", "--folder", tmp_path / "stick").code == 0
    typed("482913")
    assert call("staff", "pin", "Petugas Uji").code == 0
    for word in ("install", "back"):
        refused = call("update", word).document["refused"]
        assert (refused["code"], refused["facts"]) == ("right_missing", {"right": "updates"})
    assert not started
    typed("482913")
    assert call("update", "install", "--who", "Petugas Uji").code == 0
    started.pop().wait(30)
