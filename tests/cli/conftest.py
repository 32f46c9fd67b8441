"""The command line as scripts use it, on a library of its own for each test."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from helpers.command_line import Answer, Call, Typed, no_desktop
from helpers.library import copy_library
from perpusdesk.cli.main import run
from perpusdesk.services.set_up import NewLibrary, create_library
from perpusdesk.storage.library import Library


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with three members and three titles, as the command line itself makes them."""
    folder = tmp_path_factory.mktemp("cli") / "library"
    create_library(folder, NewLibrary("Perpustakaan Uji", "Pusat", staff="Petugas Uji")).close()
    for words in (
        ["member", "add", "--name", "Siti Misalnya", "--card", "A0001"],
        ["member", "add", "--name", "Budi Misalnya", "--card", "A0002", "--phone", "081200000002"],
        ["member", "add", "--name", "Rina Umpama", "--card", "A0003"],
        ["title", "add", "--title", "Pelaut Kertas", "--author", "Andini Contoh", "--copies", "2"],
        ["title", "add", "--title", "Kebun di Atap", "--isbn", "0-306-40615-2", "--year", "1998"],
        ["title", "add", "--title", "Menghitung Hujan", "--copies", "3"],
    ):
        assert run([*words, "--data", str(folder), "--json"], no_desktop()) == 0
    return folder


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Let standard input hold lines."""

    def lines(*wanted: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{one}\n" for one in wanted)))

    return lines


@pytest.fixture
def library(made: Path, tmp_path: Path) -> Path:
    """The folder of a library that a test may change."""
    return copy_library(made, tmp_path / "library")


@pytest.fixture
def call(library: Path, capfd: pytest.CaptureFixture[str]) -> Call:
    """Run ``perpusdesk`` with these words on the test's library."""

    def answer(*words: object, json: bool = True) -> Answer:
        capfd.readouterr()
        common = ["--data", str(library), *(["--json"] if json else [])]
        code = run([*common, *map(str, words)], no_desktop())
        told = capfd.readouterr()
        return Answer(code, told.out, told.err)

    return answer


@pytest.fixture
def barcodes(library: Path) -> list[str]:
    """The barcodes of the six copies, in order."""
    with Library.open(library, writable=False) as opened:
        return [row[0] for row in opened.rows("select barcode from copy order by barcode")]


@pytest.fixture
def seen(library: Path) -> Callable[[], tuple[str, int]]:
    """Return what tells that nothing was written: the digest and the number of ops."""

    def look() -> tuple[str, int]:
        with Library.open(library, writable=False) as opened:
            return opened.digest(), opened.value("select count(*) from op")

    return look
