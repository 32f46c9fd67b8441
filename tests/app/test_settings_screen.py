"""The settings screen in the running program: what is chosen holds at once and is kept."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from helpers.keys import scan
from helpers.library import SmallLibrary
from helpers.ui_audit import audit_everywhere
from perpusdesk import __version__
from perpusdesk.app.program import Program
from perpusdesk.common import paths
from perpusdesk.common.i18n import set_language
from perpusdesk.common.settings import DECLARATIONS, SettingsFile, Value
from perpusdesk.services.library.about import notices
from perpusdesk.services.library.autostart import Autostart, autostart_state, entry_file
from perpusdesk.services.staff.shift import take_over
from perpusdesk.ui.kit import theme
from perpusdesk.ui.kit.sounds import Sound
from perpusdesk.ui.settings.device import ELSEWHERE, GROUPS
from perpusdesk.ui.settings.editors import ChoiceEditor, TickEditor


@pytest.fixture
def opened(program: Program) -> Program:
    """The program with its settings in front."""
    program.window.go("settings")
    program.tasks.wait_idle()
    return program


def choose(program: Program, name: str, value: Value) -> None:
    editor = program.preferences.page.device.editors[name]
    assert isinstance(editor, ChoiceEditor)
    editor.edit.choose(value)
    editor.edit.activated.emit(editor.edit.currentIndex())
    program.tasks.wait_idle()


def kept(settings: SettingsFile, name: str) -> object:
    return getattr(SettingsFile(settings.path).values, name)


def as_head(program: Program, small: SmallLibrary) -> None:
    program.tasks.run(lambda: take_over(program.desk, small.staff["head"]))
    program.preferences.page.opened()
    program.tasks.wait_idle()


def test_every_setting_has_its_place() -> None:
    listed = [name for _heading, names in GROUPS for name in names]
    assert sorted([*listed, *ELSEWHERE]) == sorted(DECLARATIONS)


def test_text_size_and_colours_hold_at_once(
    opened: Program, qapp: QApplication, settings: SettingsFile
) -> None:
    small_text = qapp.font().pointSizeF()
    choose(opened, "text_size", 150)
    assert qapp.font().pointSizeF() == pytest.approx(1.5 * small_text)
    choose(opened, "colour_scheme", "dark")
    assert theme.tokens().window == "#1D232B"
    choose(opened, "colour_scheme", "high_contrast")
    used = qapp.findChild(theme.Theme)
    assert used is not None and used.settings.high_contrast
    assert (kept(settings, "text_size"), kept(settings, "colour_scheme")) == (150, "high_contrast")


def test_sounds_follow_and_can_be_tried(opened: Program, settings: SettingsFile) -> None:
    page = opened.preferences.page
    page.device.sound_asked.emit()
    assert opened.sounds.last is None
    tick = page.device.editors["sounds"]
    assert isinstance(tick, TickEditor)
    tick.click()
    opened.tasks.wait_idle()
    page.device.sound_asked.emit()
    assert opened.sounds.last is Sound.OK
    assert kept(settings, "sounds") is True


def test_a_value_set_elsewhere_is_shown_and_kept(opened: Program, settings: SettingsFile) -> None:
    settings.change(text_size=115, slip_printer="file:/dev/usb/lp7")
    opened.preferences.page.opened()
    opened.tasks.wait_idle()
    editors = opened.preferences.page.device.editors
    for name, value in (("text_size", 115), ("slip_printer", "file:/dev/usb/lp7")):
        editor = editors[name]
        assert isinstance(editor, ChoiceEditor)
        assert editor.edit.value() == value


def test_a_scanner_is_taught_and_used_at_once(
    opened: Program, small: SmallLibrary, settings: SettingsFile
) -> None:
    part = opened.preferences.page.device.scanner
    part.again.click()
    scan(opened.window, "~B0001#")
    assert opened.window.page == "settings"
    assert opened.preferences.page.device.scanner.lesson.field.text() == "~B0001#"
    part.lesson._other()
    part.lesson.printed.setText("B0001")
    part.lesson._compare()
    opened.tasks.wait_idle()
    assert (kept(settings, "scanner_prefix"), kept(settings, "scanner_suffix")) == ("~", "#")
    opened.window.box.take_focus()
    scan(opened.window, "~A0001#")
    opened.tasks.wait_idle()
    assert opened.desk_page.visit_open


def test_the_camera_chosen_here_is_the_one_that_opens(opened: Program, tmp_path: Path) -> None:
    folder = f"folder:{tmp_path}"
    opened.settings.change(camera=folder)
    opened.preferences.follow(opened.settings.values)
    assert opened.camera._camera == folder


def test_the_rule_that_decides_is_told(opened: Program, small: SmallLibrary) -> None:
    rules = opened.preferences.page.rules
    rules.category.choose(small.categories["child"])
    rules.category.activated.emit(0)
    opened.tasks.wait_idle()
    assert rules.decision.text().startswith("Anak: 7 hari")
    assert "Umum: kalah" in rules.others.text()


def test_who_may_not_change_rules_sees_them_only(opened: Program) -> None:
    page = opened.preferences.page
    assert page.closed.ticks and not any(tick.isEnabled() for tick in page.closed.ticks)
    assert not any(tick.isEnabled() for tick in page.rules.ticks.values())


def test_a_closed_day_is_added_unticked_and_undone(
    opened: Program, small: SmallLibrary, qtbot: QtBot
) -> None:
    as_head(opened, small)
    closed = opened.preferences.page.closed
    closed.first.setText("09-11-2026")
    closed.add()
    assert len(closed.ticks) == 1
    closed.name.setText("Rapat kerja")
    closed.add()
    opened.tasks.wait_idle()
    assert [tick.isChecked() for tick in closed.ticks] == [True, True]
    assert "Rapat kerja" in closed.ticks[0].text()
    assert closed.name.text() == ""
    closed.ticks[0].click()
    opened.tasks.wait_idle()
    assert [tick.isChecked() for tick in closed.ticks] == [False, True]
    opened.window.registry.run("undo")
    opened.tasks.wait_idle()
    opened.preferences.page.opened()
    opened.tasks.wait_idle()
    assert [tick.isChecked() for tick in closed.ticks] == [True, True]


def test_a_house_rule_is_switched(opened: Program, small: SmallLibrary) -> None:
    as_head(opened, small)
    opened.preferences.page.rules.ticks["block_when_overdue"].click()
    opened.tasks.wait_idle()
    assert not small.desk().house.block_when_overdue
    assert small.desk().house.block_from_debt == 20_000


@pytest.mark.parametrize("code", ["id", "en"])
@pytest.mark.parametrize("tab", [0, 1, 2])
def test_the_settings_can_be_used_by_everybody(
    program: Program, small: SmallLibrary, qapp: QApplication, code: str, tab: int
) -> None:
    set_language(code)
    program.tasks.run(lambda: take_over(program.desk, small.staff["head"]))
    program.window.go("settings")
    program.preferences.page.tabs.setCurrentIndex(tab)
    program.tasks.wait_idle()
    assert audit_everywhere(qapp, program.preferences.page.widget) == []


# -- starting with the computer --------------------------------------------------------------------

only_linux = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere it is no file of the test's own folder"
)


@only_linux
def test_starting_with_the_computer_is_what_the_system_says(opened: Program) -> None:
    part = opened.preferences.page.device.autostart
    assert not part.tick.isChecked()
    part.tick.click()
    opened.tasks.wait_idle()
    assert autostart_state().standing is Autostart.ON
    entry_file().unlink()  # switched off by the desktop's own settings
    opened.preferences.page.opened()
    opened.tasks.wait_idle()
    assert not part.tick.isChecked()
    assert part.tick.isEnabled()


@only_linux
def test_another_copy_and_a_refusal_are_told(opened: Program, qapp: QApplication) -> None:
    entry_file().parent.mkdir(parents=True)
    entry_file().write_text("[Desktop Entry]\nExec=/home/pust/lama/perpusdesk\n", "utf-8")
    part = opened.preferences.page.device.autostart
    part.refresh()
    opened.tasks.wait_idle()
    assert part.tick.isChecked()
    assert "/home/pust/lama/perpusdesk" in part.said.text()
    assert audit_everywhere(qapp, opened.window) == []
    entry_file().unlink()
    entry_file().mkdir()  # nothing can be written over it
    part.tick.setChecked(False)
    part.tick.setChecked(True)
    opened.tasks.wait_idle()
    assert part.said.isVisibleTo(part)
    assert not part.tick.isChecked()


# -- about the program -----------------------------------------------------------------------------


def test_it_tells_what_it_is_and_opens_its_folders(
    opened: Program, user_folders: Path, qapp: QApplication
) -> None:
    part = opened.preferences.page.about
    shown: list[Path] = []
    part.opener = lambda url: shown.append(Path(url.toLocalFile()))
    logs = paths.log_folder()
    assert not logs.exists()
    for button in (part.logs, part.data):
        button.click()
        opened.tasks.wait_idle()
    assert shown == [logs, opened.desk.library.folder]
    assert logs.is_dir()
    part.copied.click()
    copied = qapp.clipboard().text()
    assert f"PerpusDesk {__version__}, dari kode sumber" in copied
    assert str(opened.desk.library.folder) in copied


def test_the_licences_are_shown_whole_and_left_by_esc(
    opened: Program, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "PySide6: LGPL-3\n" * 40_000
    (tmp_path / "notices.txt").write_text(text, "utf-8")
    monkeypatch.setattr("perpusdesk.services.library.about.resources", tmp_path.joinpath)
    part = opened.preferences.page.about
    part.licences.click()
    opened.tasks.wait_idle()
    panel = part._notices
    assert panel is not None
    qtbot.waitUntil(lambda: panel.text.toPlainText() == text)
    assert panel.text.verticalScrollBar().value() == 0
    qtbot.keyClick(panel.text, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_from_the_source_the_packages_are_listed(qapp: QApplication) -> None:
    listed = notices().splitlines()
    assert any(line.startswith("peewee ") for line in listed)
    assert not any(line.startswith("perpusdesk ") for line in listed)
