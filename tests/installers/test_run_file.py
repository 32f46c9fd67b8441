"""The self-extracting installer of Linux, with a small program in place of the real one."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from installers.linux import run

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="for Linux")

PROGRAM = '#!/bin/sh\n[ "$1" = version ] || echo started > "$HOME/started"\necho "$0"\n'
ENTRY = "[Desktop Entry]\nExec=perpusdesk %F\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    place = tmp_path / "home of a librarian"
    place.mkdir()
    return place


def packed(folder: Path, program: str = PROGRAM, name: str = "x.run") -> Path:
    """Return an installer with a program that is ``program``."""
    files = {
        "perpusdesk": program,
        "uninstall.sh": run.uninstaller(),
        "share/applications/perpusdesk.desktop": ENTRY,
        "share/icons/hicolor/scalable/apps/perpusdesk.svg": "<svg/>",
    }
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:xz") as tar:
        for place, text in files.items():
            entry = tarfile.TarInfo(f"program/{place}")
            entry.mode, entry.size = 0o755, len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    made = folder / name
    made.write_bytes(run.script(archive.getvalue(), 1 << 20).encode() + archive.getvalue())
    return made


def start(home: Path, file: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    told = {"HOME": str(home), "PATH": os.environ["PATH"], **more}
    command = ["sh", str(file), *words]
    return subprocess.run(command, env=told, capture_output=True, text=True, check=False)


def versions(home: Path) -> list[Path]:
    return sorted(one for one in (home / ".local/lib/perpusdesk").iterdir() if one.is_dir())


def test_it_installs_for_one_user_and_the_menu_finds_it(home: Path, tmp_path: Path) -> None:
    done = start(home, packed(tmp_path))
    assert done.returncode == 0, done.stderr
    link = home / ".local/bin/perpusdesk"
    assert link.resolve() == versions(home)[0] / "perpusdesk"
    entry = (home / ".local/share/applications/perpusdesk.desktop").read_text("utf-8")
    assert f'Exec="{link}" %F' in entry
    assert not (home / "started").exists()


def test_silent_it_says_nothing(home: Path, tmp_path: Path) -> None:
    done = start(home, packed(tmp_path), "--silent")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_newer_one_takes_the_place_of_the_older(home: Path, tmp_path: Path) -> None:
    start(home, packed(tmp_path))
    older = versions(home)[0]
    autostart = home / ".config/autostart/perpusdesk.desktop"
    autostart.parent.mkdir(parents=True)
    autostart.write_text(f"Exec={older}/perpusdesk\n", "utf-8")
    newer = PROGRAM.replace("started", "newer")
    assert start(home, packed(tmp_path, newer)).returncode == 0
    (left,) = versions(home)
    assert left != older
    assert "newer" in (home / ".local/bin/perpusdesk").read_text("utf-8")
    assert autostart.read_text("utf-8") == f"Exec={left}/perpusdesk\n"


@pytest.mark.parametrize("broken", ["#!/bin/sh\nexit 1\n", "#!/no/such/program\n"])
def test_a_program_that_does_not_start_here_harms_nothing(
    home: Path, tmp_path: Path, broken: str
) -> None:
    start(home, packed(tmp_path))
    before = versions(home)
    done = start(home, packed(tmp_path, broken))
    assert done.returncode == 3
    assert "does not start" in done.stderr
    assert versions(home) == before
    assert (home / ".local/bin/perpusdesk").read_text("utf-8") == PROGRAM


def test_a_damaged_file_harms_nothing(home: Path, tmp_path: Path) -> None:
    file = packed(tmp_path)
    start(home, file)
    before = versions(home)
    content = bytearray(file.read_bytes())
    content[-40] ^= 1
    file.write_bytes(content)
    done = start(home, file)
    assert (done.returncode, "damaged" in done.stderr) == (3, True)
    assert versions(home) == before


def test_it_waits_for_the_program_that_started_it_and_starts_the_new_one(
    home: Path, tmp_path: Path
) -> None:
    with subprocess.Popen(["sleep", "1.5"]) as running:
        done = start(home, packed(tmp_path), "--silent", PERPUSDESK_PID=str(running.pid))
        assert done.returncode == 0
        assert running.poll() is not None or not _alive(running.pid)
    began = time.monotonic()
    while not (home / "started").exists() and time.monotonic() < began + 60:
        time.sleep(0.05)
    assert (home / "started").exists()


def test_a_program_that_does_not_end_is_left_alone(home: Path, tmp_path: Path) -> None:
    file = packed(tmp_path)
    start(home, file)
    before = versions(home)
    told = {"PERPUSDESK_PID": str(os.getpid()), "PERPUSDESK_PATIENCE": "0"}
    done = start(home, file, "--silent", **told)
    assert (done.returncode, "did not end" in done.stderr) == (3, True)
    assert versions(home) == before


def test_what_still_runs_keeps_its_files_until_the_next_time(home: Path, tmp_path: Path) -> None:
    file = packed(tmp_path)
    start(home, file)
    older = versions(home)[0]
    sleeper = shutil.copy("/bin/sleep", older / "sleep")
    with subprocess.Popen([sleeper, "60"]) as running:
        start(home, file)
        assert older in versions(home)
        done = start(home, older.parent / "uninstall.sh")
        assert (done.returncode, "is running" in done.stderr) == (3, True)
        running.kill()
    start(home, file)
    assert older not in versions(home)


@pytest.mark.parametrize("delete", [False, True])
def test_it_goes_and_libraries_stay_unless_told_otherwise(
    home: Path, tmp_path: Path, delete: bool
) -> None:
    start(home, packed(tmp_path))
    data = home / ".local/share/PerpusDesk/library/library.db"
    data.parent.mkdir(parents=True)
    data.write_bytes(b"books")
    icon = home / ".local/share/icons/hicolor/scalable/apps/perpusdesk.svg"
    assert icon.is_file()
    words = ["--delete-data"] if delete else []
    done = start(home, home / ".local/lib/perpusdesk/uninstall.sh", *words)
    assert done.returncode == 0, done.stderr
    assert not (home / ".local/lib/perpusdesk").exists()
    assert not (home / ".local/bin/perpusdesk").is_symlink()
    assert not icon.exists()
    assert data.exists() is not delete


def test_words_it_does_not_know_do_nothing(home: Path, tmp_path: Path) -> None:
    assert start(home, packed(tmp_path), "--everything").returncode == 2
    assert start(home, packed(tmp_path), "--delete-data").returncode == 2
    assert not (home / ".local").exists()


def _alive(process: int) -> bool:
    status = Path(f"/proc/{process}/status")
    return status.exists() and "State:\tZ" not in status.read_text("utf-8")
