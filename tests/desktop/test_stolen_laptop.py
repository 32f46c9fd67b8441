"""The laptop test: the data folder without its key names nobody, in any file, in any writing.

A real desk works in a process of its own (window, services, import, export, photo, attached file,
slip, card, fault report, backup) and is killed in the middle of it; then every byte that it left in
the data folder, the log folder and the folder of settings is searched.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import zstandard

from perpusdesk.common.passing import passing_folder, sweep
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library

WORDS = (
    "Zubaidah Kencanawati",
    "Kencanawati",
    "0811-7654-3210",
    "081176543210",
    "3171019905550001",
    "Jalan Melur Sembilan",
    "ZK-77001",
    "Hikayat Burung Enggang Perak",
    "Enggang",
    "Wirasasmita Tersisih",
)

ZSTANDARD = b"\x28\xb5\x2f\xfd"
DESK = Path(__file__).with_name("stolen_desk.py")


def found_in(folder: Path) -> set[tuple[str, str]]:
    """Each of the words in each file, in the writings in which a program may keep a text."""
    found = set()
    for file in (one for one in folder.rglob("*") if one.is_file()):
        data = unpacked(file.read_bytes())
        lower = data.lower()
        for word in WORDS:
            forms = [word.encode(), word.lower().encode(), word.encode("utf-16-le")]
            forms += [word.encode("utf-16-be")]
            if any(form in data or form in lower for form in forms):
                found.add((str(file.relative_to(folder)), word))
    return found


def unpacked(data: bytes) -> bytes:
    """What a file holds where it is no more than packed, as far as it goes."""
    if not data.startswith(ZSTANDARD):
        return data
    return zstandard.ZstdDecompressor().decompressobj().decompress(data)


def worked(place: Path, *, encrypted: bool) -> Path:
    """Let a desk work, and pull its battery; returns the folder with all that it left."""
    home = place / "home"
    variables = {
        "XDG_DATA_HOME": home / "data",
        "XDG_CONFIG_HOME": home / "config",
        "XDG_STATE_HOME": home / "state",
        "XDG_CACHE_HOME": home / "cache",
        "PERPUSDESK_PASSING": place / "memory",
    }
    (place / "out").mkdir(parents=True)
    (place / "memory").mkdir()
    environment = {**os.environ, **{name: str(path) for name, path in variables.items()}}
    environment["PYTHONPATH"] = os.pathsep.join(
        [str(Path(__file__).parent.parent), environment.get("PYTHONPATH", "")]
    )
    command = [sys.executable, str(DESK), str(home), str(place / "out"), str(int(encrypted))]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as desk:
        assert desk.stdout is not None
        said = desk.stdout.readline()
        os.kill(desk.pid, signal.SIGKILL)
    assert said.strip() == "worked", said
    return home


@pytest.fixture(scope="module")
def laptop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return worked(tmp_path_factory.mktemp("laptop"), encrypted=True)


@pytest.mark.skipif(os.name != "posix", reason="pulls the battery by SIGKILL")
def test_nobody_is_named_in_what_a_stolen_laptop_holds(laptop: Path) -> None:
    left = {file.name for file in (laptop / "library").rglob("*") if file.is_file()}
    assert {"library.db", "library.db-wal", "library.key"} <= left
    assert any(name.endswith(".pdf") for name in left), "the attached file is here"
    assert any(file.is_file() for file in (laptop / "stick").rglob("*")), "the backup is here"
    assert {"snapshot.pieces", "snapshot.passing", "0.pieces"} <= left, "and the snapshots"
    assert found_in(laptop) == set()


@pytest.mark.skipif(os.name != "posix", reason="pulls the battery by SIGKILL")
def test_an_export_is_plain_where_the_person_put_it_and_nowhere_else(laptop: Path) -> None:
    exported = {file for file, word in found_in(laptop.parent / "out") if word == WORDS[0]}
    assert "anggota.csv" in exported
    assert not list(laptop.rglob("anggota*"))


@pytest.mark.skipif(os.name != "posix", reason="pulls the battery by SIGKILL")
def test_with_its_key_everything_is_there(laptop: Path, tmp_path: Path) -> None:
    home = Path(shutil.copytree(laptop, tmp_path / "home"))
    assert KeyStore(home / "library").files.parent == home
    with Library.open(home / "library") as library:
        assert library.value("select count(*) from member where name = ?", WORDS[0]) == 1


@pytest.mark.skipif(os.name != "posix", reason="pulls the battery by SIGKILL")
def test_the_search_finds_them_where_nothing_is_encrypted(tmp_path: Path) -> None:
    """The test of the test: the same day in a plain library is full of names."""
    found = found_in(worked(tmp_path, encrypted=False))
    assert {word for _file, word in found} == set(WORDS)
    files = {Path(file).name for file, _word in found}
    assert {"library.db-wal"} <= files or {"library.db"} <= files
    assert {"snapshot.pieces", "0.pieces"} <= files
    assert any(name.endswith((".pdf", ".csv")) for name in files)


def test_what_was_to_be_printed_goes_at_the_next_start(
    laptop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = laptop.parent / "memory"
    assert list(memory.rglob("*.pdf"))
    monkeypatch.setenv("PERPUSDESK_PASSING", str(memory))
    own = passing_folder()
    sweep()
    assert list(memory.iterdir()) == [own]
