"""Joining a server and looking after devices, as scripts do it, over real HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.command_line import Answer, Call, no_desktop
from helpers.enrol_server import EnrolServer
from perpusdesk.cli.main import run
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.membership import membership, own_certificate

CliFor = Callable[..., Answer]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EnrolServer]:
    made = EnrolServer(tmp_path / "server")
    yield made
    made.close()


@pytest.fixture
def cli(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CliFor:
    """Run ``perpusdesk`` with these words in a data folder of its own."""

    def answer(folder: str, *words: str) -> Answer:
        capfd.readouterr()
        code = run(["--data", str(tmp_path / folder), "--json", *words], no_desktop())
        told = capfd.readouterr()
        return Answer(code, told.out, told.err)

    return answer


def test_a_desk_brings_its_library_and_a_van_joins_it(
    server: EnrolServer, call: Call, cli: CliFor, library: Path, tmp_path: Path
) -> None:
    desk = call("enrol", server.code("admin"))
    assert desk.code == 0, desk.err
    assert (desk.document["number"], desk.document["role"]) == (1, "admin")
    assert desk.document["keys"] == "file"
    assert call("status").document["keys"] == "file"
    van = cli("van", "enrol", *server.code("van").split("-"), "--name", "Mobil Melati")
    assert van.code == 0, van.err
    assert van.document["number"] == 3  # the server has the second
    with Library.open(library) as one, Library.open(tmp_path / "van") as other:
        assert one.id == other.id
        known, certificate = membership(other), own_certificate(other)
    assert known is not None
    assert known.url == server.url
    assert certificate is not None
    assert certificate.name == "Mobil Melati"
    listed = cli("server", "devices", "list").document["devices"]
    assert {one["role"] for one in listed} == {"admin", "server", "van"}


def test_a_lost_key_is_told_and_comes_back_by_a_code_for_the_device(
    server: EnrolServer, cli: CliFor, tmp_path: Path, library: Path
) -> None:
    brought = run(["--data", str(library), "enrol", server.code()], no_desktop())
    assert brought == 0
    first = cli("van", "enrol", server.code("van"))
    assert first.code == 0
    for path in KeyStore(tmp_path / "van").files.iterdir():
        if not path.name.startswith("database-"):
            path.unlink()
    assert cli("van", "status").document["keys"] == "lost"
    known = cli("van", "enrol", server.code("van"))
    assert known.document["refused"]["code"] == "device_known"
    code = server.code("van", device=bytes.fromhex(first.document["device"]))
    again = cli("van", "enrol", code)
    assert again.code == 0, again.err
    assert again.document["number"] == first.document["number"]
    assert cli("van", "status").document["keys"] == "file"


def test_what_the_server_refuses_is_told_with_its_code(
    server: EnrolServer, call: Call, cli: CliFor
) -> None:
    assert call("enrol", server.code()).code == 0
    code = server.code()
    assert cli("one", "enrol", code).code == 0
    again = cli("two", "enrol", code)
    assert again.code == 1
    assert again.document["refused"]["code"] == "code_used"
    assert cli("three", "init", "--library", "Lain", "--branch", "Lain").code == 0
    other = cli("three", "enrol", server.code())
    assert other.code == 1
    assert other.document["refused"]["code"] == "wrong_library"
    assert "tetap seperti semula" in other.document["refused"]["message"]


def test_a_mistyped_code_names_the_group(server: EnrolServer, call: Call) -> None:
    groups = server.code().split("-")
    groups[3] = groups[3][::-1] if groups[3] != groups[3][::-1] else "000000"
    answer = call("enrol", *groups)
    assert answer.code == 2
    assert answer.document["error"]["code"] == "code_mistyped"
    assert "3" in answer.document["error"]["message"]
    assert call("enrol", "B000457").document["error"]["code"] == "code_not_a_code"


def test_a_server_that_is_not_there_changes_nothing(
    server: EnrolServer, cli: CliFor, tmp_path: Path
) -> None:
    code = server.code()
    server.close()
    answer = cli("new", "enrol", code)
    assert answer.code == 3
    assert answer.document["fault"]["code"] == "unreachable"
    assert not (tmp_path / "new").exists()


def test_without_tls_only_this_machine_is_talked_to(
    server: EnrolServer, cli: CliFor, tmp_path: Path
) -> None:
    server.url = "http://192.0.2.1:8470"
    answer = cli("new", "enrol", server.code())
    assert answer.code == 1
    assert answer.document["refused"]["code"] == "not_secure"
    assert not (tmp_path / "new").exists()


def test_devices_are_shut_out_and_let_in(server: EnrolServer, call: Call, cli: CliFor) -> None:
    assert call("enrol", server.code("admin")).code == 0
    mine = call("devices", "list").document["devices"]
    assert [(one["number"], one["own"], one["revoked"]) for one in mine] == [(1, True, False)]
    assert cli("van", "enrol", server.code("van"), "--name", "Mobil").code == 0
    out = cli("server", "devices", "revoke", "Mobil", "--reason", "Laptop dicuri")
    assert (out.code, out.document["device"]["revoked"]) == (0, True), out.err
    assert cli("van", "enrol", server.code("van")).document["refused"]["code"] == "device_revoked"
    assert not cli("server", "devices", "allow", "Mobil").document["device"]["revoked"]
    assert cli("server", "devices", "revoke", "server kota").document["refused"]["code"] == (
        "device_own"
    )
    own = call("devices", "revoke", "1", "--reason", "Coba")
    assert own.code == 1
    assert own.document["refused"]["code"] == "device_own"
    unknown = call("devices", "revoke", "77")
    assert (unknown.code, unknown.document["error"]["code"]) == (2, "device_unknown")
    assert call("devices", "quarantine").document == {"quarantine": []}
