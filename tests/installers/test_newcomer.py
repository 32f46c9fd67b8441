"""The newcomer starts what the menu starts, and nothing when something is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers import newcomer


def test_the_menu_entry_is_read_without_the_place_for_files(tmp_path: Path) -> None:
    entry = tmp_path / ".local/share/applications/perpusdesk.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text('[Desktop Entry]\nName=PerpusDesk\nExec="/home/a b/perpusdesk" %F\n', "utf-8")
    assert newcomer.menu_command(tmp_path) == ["/home/a b/perpusdesk"]


def test_what_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "")
    assert newcomer.main([]) == 3
    assert "xdotool" in capsys.readouterr().err
