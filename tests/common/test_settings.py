"""Device settings survive bad files, bad values, newer programs and two windows."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.common.i18n import _
from perpusdesk.common.settings import DECLARATIONS, Settings, SettingsFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def test_without_a_file_the_defaults_hold_and_nothing_is_written(path: Path) -> None:
    assert SettingsFile(path).values == Settings()
    assert not path.exists()


def test_every_default_is_within_its_own_limits() -> None:
    assert all(one.accepts(one.default) for one in DECLARATIONS.values())


def test_every_setting_has_an_indonesian_text() -> None:
    assert [one.name for one in DECLARATIONS.values() if _(one.text) == one.text] == []


def _values(name: str) -> st.SearchStrategy[str | int | bool]:
    declared = DECLARATIONS[name]
    if declared.choices:
        return st.sampled_from(declared.choices)
    if declared.limits:
        return st.integers(*declared.limits)
    return st.booleans() if declared.kind is bool else st.text(max_size=20)


@given(st.fixed_dictionaries({}, optional={name: _values(name) for name in DECLARATIONS}))
def test_what_is_changed_is_there_at_the_next_start(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, str | int | bool]
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    changed = SettingsFile(path).change(**changes)
    assert asdict(changed) == asdict(Settings()) | changes
    assert SettingsFile(path).values == changed


@pytest.mark.parametrize(
    "changes",
    [
        {"text_size": 89},
        {"text_size": 151},
        {"volume": True},
        {"sounds": 1},
        {"slip_width": 60},
        {"language": "fr"},
        {"camera": 0},
        {"unheard_of": 1},
    ],
)
def test_a_wrong_value_is_refused_and_nothing_is_written(
    path: Path, changes: dict[str, str | int | bool]
) -> None:
    settings = SettingsFile(path)
    with pytest.raises(ValueError, match=next(iter(changes))):
        settings.change(**{"mirror_camera": True}, **changes)
    assert settings.values == Settings()
    assert not path.exists()


def test_a_wrong_value_in_the_file_counts_as_its_default(path: Path) -> None:
    path.write_text('text_size = 9000\nsounds = "loud"\nvolume = 30\n', "utf-8")
    settings = SettingsFile(path)
    assert settings.values == Settings(volume=30)
    assert settings.set_aside is None


def test_keys_of_a_newer_program_stay(path: Path) -> None:
    path.write_text('volume = 30\nhologram = "blue"\n[future]\na = [1, 2]\n', "utf-8")
    SettingsFile(path).change(volume=40)
    kept = tomllib.loads(path.read_text("utf-8"))
    assert kept == {"volume": 40, "hologram": "blue", "future": {"a": [1, 2]}}


def test_a_change_elsewhere_in_between_is_not_lost(path: Path) -> None:
    here, there = SettingsFile(path), SettingsFile(path)
    there.change(volume=10)
    assert here.change(text_size=120) == Settings(volume=10, text_size=120)


@pytest.mark.parametrize("content", [b"volume = ", b"\xff\xfe", b"\x00" * 300, b"a=" + b"[" * 9999])
def test_a_broken_file_is_set_aside_whole(path: Path, content: bytes) -> None:
    path.with_name("settings.toml.broken-1").write_bytes(b"an older one")
    path.write_bytes(content)
    settings = SettingsFile(path)
    assert settings.values == Settings()
    assert settings.set_aside == path.with_name("settings.toml.broken-2")
    assert settings.set_aside.read_bytes() == content
    assert settings.change(volume=5) == SettingsFile(path).values


@given(st.binary(max_size=200))
def test_no_content_stops_the_program(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.toml"
    path.write_bytes(content)
    assert isinstance(SettingsFile(path).values, Settings)
