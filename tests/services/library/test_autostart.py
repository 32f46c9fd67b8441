"""Starting with the computer: the right command, the system's own place, and no when it says no."""

from __future__ import annotations

import os
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.services.library import autostart
from perpusdesk.services.library.autostart import (
    Autostart,
    autostart_state,
    desktop_entry,
    entry_file,
    entry_line,
    own_command,
    set_autostart,
    windows_line,
)


@pytest.fixture
def linux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")


def frozen_at(program: Path, patch: pytest.MonkeyPatch) -> None:
    program.parent.mkdir(parents=True, exist_ok=True)
    program.touch()
    patch.setattr(sys, "frozen", True, raising=False)
    patch.setattr(sys, "executable", str(program))


# -- what is started -------------------------------------------------------------------------------


def test_a_frozen_program_starts_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    frozen_at(tmp_path / "perpusdesk", monkeypatch)
    assert own_command() == [str(tmp_path / "perpusdesk")]


def test_the_program_for_consoles_starts_the_windowed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    (tmp_path / "PerpusDesk.exe").touch()
    frozen_at(tmp_path / "perpusdesk.com", monkeypatch)
    assert own_command() == [str(tmp_path / "PerpusDesk.exe")]


def test_the_source_starts_by_its_python() -> None:
    assert own_command()[0] == sys.executable
    assert own_command()[1:] == ["-m", "perpusdesk"]


# -- Linux -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("linux")
def test_it_is_switched_on_and_off(user_folders: Path) -> None:
    assert autostart_state().standing is Autostart.OFF
    assert set_autostart(True).standing is Autostart.ON
    file = user_folders / "config" / "autostart" / "perpusdesk.desktop"
    assert file.read_text("utf-8") == desktop_entry(own_command())
    assert set_autostart(False).standing is Autostart.OFF
    assert not file.exists()
    assert set_autostart(False).standing is Autostart.OFF


@pytest.mark.usefixtures("linux")
@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_what_the_desktop_itself_switched_off_is_off(line: str) -> None:
    set_autostart(True)
    file = entry_file()
    kept = [one for one in file.read_text("utf-8").splitlines() if not one.startswith("X-GNOME")]
    file.write_text("\n".join([*kept, line]), "utf-8")
    assert autostart_state().standing is Autostart.OFF
    assert set_autostart(True).standing is Autostart.ON


@pytest.mark.usefixtures("linux")
def test_another_copy_is_told_and_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        frozen_at(tmp_path / "old" / "perpusdesk", elsewhere)
        set_autostart(True)
    state = autostart_state()
    assert state.standing is Autostart.OTHER
    assert str(tmp_path / "old") in state.command
    assert set_autostart(True).standing is Autostart.ON


@pytest.mark.usefixtures("linux")
def test_a_place_that_takes_nothing_is_a_refusal(user_folders: Path) -> None:
    (user_folders / "config").mkdir(parents=True)
    (user_folders / "config" / "autostart").write_text("no folder")
    assert set_autostart(True).standing in (Autostart.REFUSED, Autostart.IMPOSSIBLE)


def test_a_system_without_a_place_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "sunos5")
    assert autostart_state().standing is Autostart.IMPOSSIBLE
    assert set_autostart(True).standing is Autostart.IMPOSSIBLE


def _words(line: str) -> list[str]:
    """Read an ``Exec`` as a desktop does, by the letter of the specification."""
    value = line.replace("%%", "%").replace("\\\\", "\\")
    words, word, inside, signs = [], "", False, iter(value)
    for sign in signs:
        if inside and sign == "\\":
            word += next(signs)
        elif sign == '"':
            inside = not inside
            words += [] if inside else [word]
            word = ""
        elif inside:
            word += sign
    return words


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), min_size=1))
def test_any_command_is_read_back_by_the_desktop(command: list[str]) -> None:
    assert _words(entry_line(command)) == command


# -- Windows (a registry in memory stands in for the system's) -------------------------------------


class Registry(types.ModuleType):
    """As much of ``winreg`` as is used."""

    HKEY_CURRENT_USER, KEY_SET_VALUE, REG_SZ = "HKCU", 2, 1

    def __init__(self) -> None:
        super().__init__("winreg")
        self.keys: dict[str, dict[str, Any]] = {}
        self.locked = False
        self.OpenKey, self.CreateKeyEx = self.open_key, self.create_key
        self.QueryValueEx, self.SetValueEx = self.query, self.set
        self.DeleteValue = self.delete

    @contextmanager
    def open_key(self, _root: str, place: str, _zero: int = 0, wish: int = 0) -> Iterator[Any]:
        if place not in self.keys:
            raise FileNotFoundError(place)
        if self.locked and wish:
            raise PermissionError(place)
        yield self.keys[place]

    @contextmanager
    def create_key(self, root: str, place: str, zero: int, wish: int) -> Iterator[Any]:
        self.keys.setdefault(place, {})
        with self.open_key(root, place, zero, wish) as key:
            yield key

    @staticmethod
    def query(key: dict[str, Any], name: str) -> tuple[Any, int]:
        if name not in key:
            raise FileNotFoundError(name)
        return key[name], 1

    @staticmethod
    def set(key: dict[str, Any], name: str, _zero: int, _kind: int, value: str) -> None:
        key[name] = value

    @staticmethod
    def delete(key: dict[str, Any], name: str) -> None:
        if name not in key:
            raise FileNotFoundError(name)
        del key[name]


@pytest.fixture
def registry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Registry:
    made = Registry()
    monkeypatch.setitem(sys.modules, "winreg", made)
    monkeypatch.setattr(sys, "platform", "win32")
    frozen_at(tmp_path / "Programs" / "PerpusDesk" / "PerpusDesk.exe", monkeypatch)
    return made


def test_the_registry_takes_and_loses_the_value(registry: Registry) -> None:
    assert autostart_state().standing is Autostart.OFF
    assert set_autostart(True).standing is Autostart.ON
    assert registry.keys[autostart._RUN] == {"PerpusDesk": f'"{sys.executable}"'}
    assert set_autostart(False).standing is Autostart.OFF
    assert registry.keys[autostart._RUN] == {}


def test_the_value_of_the_installer_is_the_same_in_other_letters(registry: Registry) -> None:
    registry.keys[autostart._RUN] = {"PerpusDesk": f'"{sys.executable}"'}
    assert autostart_state().standing is Autostart.ON


def test_the_task_manager_switches_it_off_and_a_tick_on_again(registry: Registry) -> None:
    set_autostart(True)
    registry.keys[autostart._APPROVED] = {"PerpusDesk": bytes([3, *range(11)])}
    assert autostart_state().standing is Autostart.OFF
    assert set_autostart(True).standing is Autostart.ON
    assert registry.keys[autostart._APPROVED] == {}


def test_a_locked_registry_is_a_refusal_and_what_was_stays(registry: Registry) -> None:
    set_autostart(True)
    registry.locked = True
    state = set_autostart(False)
    assert state.standing is Autostart.REFUSED
    assert state.command == f'"{sys.executable}"'


def test_a_path_with_blanks_is_one_word() -> None:
    assert windows_line(["C:\\Bu Sri\\a.exe", "-m", "x y"]) == '"C:\\Bu Sri\\a.exe" -m "x y"'


def test_no_test_has_switched_anything_on(user_folders: Path) -> None:
    assert user_folders in entry_file().parents or os.name == "nt"
