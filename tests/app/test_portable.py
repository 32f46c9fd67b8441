"""A program on a stick: its data beside it, its keys never, and how another computer opens it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.test_start import Begun
from helpers.ui_audit import audit_everywhere
from perpusdesk.app.start import Place
from perpusdesk.common import paths
from perpusdesk.common.settings import SettingsFile
from perpusdesk.protocol.recovery_code import new_code
from perpusdesk.services.safety import recovery
from perpusdesk.services.set_up import NewLibrary, create_library
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.ui.start.pages import ProblemPage
from perpusdesk.ui.start.unlock_page import UnlockPage

CODE = new_code(bytes(range(16)))
Plug = Callable[[Path], Path]


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Plug:
    """Let the running program be one that lies in a folder; return its folder of data."""

    def plugged(stick: Path) -> Path:
        (stick / "app").mkdir(parents=True, exist_ok=True)
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(stick / "app" / "PerpusDesk.exe"))
        return stick / "app" / "Data"

    return plugged


@pytest.fixture
def data(tmp_path: Path, plug: Plug) -> Path:
    """The data of a portable program on a stick."""
    made = plug(tmp_path / "stick")
    (made.parent / "portable.txt").touch()
    return made


def library_on(data: Path) -> Path:
    with create_library(data / "library", NewLibrary("Perpustakaan Keliling", "Pusat")) as made:
        recovery.give_recovery(made, CODE)
    return data / "library"


def to_another_computer(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    for variable in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(variable, str(home))


def words(page: object) -> str:
    assert isinstance(page, QWidget)
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def test_everything_is_beside_a_program_with_the_mark(data: Path) -> None:
    assert paths.default_data_folder() == data / "library"
    assert paths.demo_data_folder() == data / "demo"
    assert paths.settings_file() == data / "settings.toml"
    assert paths.log_folder() == data / "logs"


def test_without_the_mark_everything_is_the_users(
    tmp_path: Path, plug: Plug, user_folders: Path
) -> None:
    plug(tmp_path / "stick")
    for place in (paths.default_data_folder(), paths.settings_file(), paths.log_folder()):
        assert user_folders in place.parents


def test_no_key_is_on_the_stick(data: Path, user_folders: Path) -> None:
    folder = library_on(data)
    keys = system_key_store(folder)
    assert user_folders in keys.files.parents
    kept = [file.read_bytes() for file in keys.files.iterdir()]
    assert kept
    on_stick = [file.read_bytes() for file in data.parent.rglob("*") if file.is_file()]
    assert not [key for key in kept for content in on_stick if key in content]


def test_a_folder_elsewhere_keeps_its_keys_beside_it(data: Path, tmp_path: Path) -> None:
    assert paths.keys_folder(tmp_path / "elsewhere") == tmp_path / "elsewhere.keys"


def test_a_chosen_folder_is_found_where_the_stick_is_today(
    data: Path, tmp_path: Path, plug: Plug
) -> None:
    kept = paths.kept_as(data / "cabang")
    assert paths.kept_folder(kept) == data / "cabang"
    (tmp_path / "stick").rename(tmp_path / "another letter")
    today = plug(tmp_path / "another letter")
    assert paths.kept_folder(kept) == today / "cabang"
    away = tmp_path / "on this computer"
    assert paths.kept_folder(paths.kept_as(away)) == away


@pytest.fixture
def carried(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library on a stick that now comes to another computer."""
    folder = library_on(data)
    to_another_computer(monkeypatch, tmp_path / "other computer")
    return folder


def test_another_computer_asks_for_the_code_once(
    carried: Path, settings: SettingsFile, qtbot: QtBot, qapp: QApplication
) -> None:
    begun = Begun(settings, Place(carried))
    begun.start.begin()
    qtbot.waitUntil(lambda: isinstance(begun.page, UnlockPage))
    page = begun.page
    assert isinstance(page, UnlockPage)
    assert "belum pernah dibuka di komputer ini" in words(page)
    assert audit_everywhere(qapp, begun.start.window) == []
    page.entry.edit.setText(CODE)
    page.open_button.click()
    qtbot.waitUntil(lambda: begun.library is not None)
    begun.close()
    with Library.open(carried, encrypted=True) as again:
        assert again.value("select count(*) from branch") == 1


def test_without_a_sheet_it_says_where_to_print_one(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: SettingsFile,
    qtbot: QtBot,
) -> None:
    create_library(data / "library", NewLibrary("Perpustakaan Keliling", "Pusat")).close()
    to_another_computer(monkeypatch, tmp_path / "other computer")
    begun = Begun(settings, Place(data / "library"))
    begun.start.begin()
    qtbot.waitUntil(lambda: isinstance(begun.page, ProblemPage))
    assert "cetak lembar itu di sana" in words(begun.page)
    begun.close()


def test_the_demo_of_another_computer_can_be_made_anew(
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: SettingsFile,
    qtbot: QtBot,
) -> None:
    folder = paths.demo_data_folder()
    create_library(folder, NewLibrary("Demo", "Pusat")).close()
    to_another_computer(monkeypatch, tmp_path / "other computer")
    begun = Begun(settings, Place(folder, demo=True))
    made: list[bool] = []
    monkeypatch.setattr(begun.start, "_make_demo", lambda: made.append(folder.exists()))
    begun.start.begin()
    qtbot.waitUntil(lambda: isinstance(begun.page, ProblemPage))
    page = begun.page
    assert isinstance(page, ProblemPage)
    (button,) = [one for one in page.findChildren(QPushButton) if "ulang perpus" in one.text()]
    button.click()
    qtbot.waitUntil(lambda: made == [False])
    begun.close()


# -- a stick that takes nothing --------------------------------------------------------------------


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """Mount something at a folder for the time of a test, where the system lets us."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    if subprocess.run(["mount", *options, folder], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def said_by_program(data: Path, settings: SettingsFile, qtbot: QtBot) -> str:
    """Start on the library of a stick; return what is said."""
    begun = Begun(settings, Place(data / "library"))
    begun.start.begin()
    qtbot.waitUntil(lambda: isinstance(begun.page, ProblemPage))
    said = words(begun.page)
    begun.close()
    return said


def test_a_write_protected_stick_is_told_in_words(
    data: Path, settings: SettingsFile, qtbot: QtBot
) -> None:
    library_on(data)
    stick = data.parent.parent
    with mounted(stick, "--bind", str(stick)):
        subprocess.run(["mount", "-o", "remount,bind,ro", stick], check=True)
        assert "tidak bisa ditulisi" in said_by_program(data, settings, qtbot)


def test_a_full_stick_is_told_in_words_and_opens_when_there_is_room(
    tmp_path: Path, plug: Plug, settings: SettingsFile, qtbot: QtBot
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with mounted(stick, "-t", "tmpfs", "-o", "size=6m", "tmpfs"):
        data = plug(stick)
        (data.parent / "portable.txt").touch()
        library_on(data)
        filler = stick / "filler"
        filler.write_bytes(b"x" * shutil.disk_usage(stick).free)
        assert "penuh" in said_by_program(data, settings, qtbot)
        filler.unlink()
        with Library.open(data / "library", encrypted=True) as again:
            assert again.value("select count(*) from branch") == 1
