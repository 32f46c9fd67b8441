"""``sync --folder``: what a stick does for scripts and for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.command_line import Answer, Call, no_desktop
from helpers.enrol_server import EnrolServer
from perpusdesk.cli.main import run

CliFor = Callable[..., Answer]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[EnrolServer]:
    made = EnrolServer(tmp_path / "server")
    yield made
    made.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def van(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> CliFor:
    """Run ``perpusdesk`` with these words on the van."""

    def answer(*words: object, json: bool = True) -> Answer:
        capfd.readouterr()
        common = ["--data", str(tmp_path / "van"), *(["--json"] if json else [])]
        code = run([*common, *map(str, words)], no_desktop())
        told = capfd.readouterr()
        return Answer(code, told.out, told.err)

    return answer


def test_a_van_is_started_from_a_stick_and_works_both_ways(
    server: EnrolServer, call: Call, van: CliFor, stick: Path, barcodes: list[str]
) -> None:
    assert call("enrol", server.code()).code == 0
    told = call("sync", "--folder", stick, "--snapshot")
    assert told.code == 0, told.err
    assert told.document["sent"] > 0
    assert Path(told.document["snapshot"]).is_file()
    assert van("enrol", server.code("van")).code == 0
    first = van("sync", "--folder", stick)
    assert first.code == 0, first.err
    assert first.document["started_from_snapshot"]
    assert van("lend", "--member", "A0001", barcodes[0]).code == 0
    assert van("sync", "--folder", stick).document["sent"] > 0
    assert call("sync", "--folder", stick).document["received"] > 0
    assert call("copy", "show", barcodes[0]).document["status"] == "on_loan"
    digests = [each("digest").document["digest"] for each in (call, van)]
    call("sync", "--folder", stick)
    van("sync", "--folder", stick)
    digests = [each("digest").document["digest"] for each in (call, van)]
    assert digests[0] == digests[1]


def test_who_stands_alone_is_told_what_to_do(call: Call, stick: Path) -> None:
    told = call("sync", "--folder", stick)
    assert told.code == 3
    assert told.document["fault"]["code"] == "not_enrolled"
    assert not list(stick.iterdir())


def test_a_folder_that_is_not_there_is_told(server: EnrolServer, call: Call, stick: Path) -> None:
    call("enrol", server.code())
    assert call("sync", "--folder", stick / "absent").code in {2, 3}


def test_half_a_file_is_told_in_words(server: EnrolServer, call: Call, stick: Path) -> None:
    call("enrol", server.code())
    call("sync", "--folder", stick)
    (file,) = (stick / "PerpusDesk").iterdir()
    file.write_bytes(file.read_bytes()[:-10])
    told = call("sync", "--folder", stick, json=False)
    assert "1 berkas tidak utuh" in told.err
    assert "ditulis" in told.out
