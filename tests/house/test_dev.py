"""dev.py: the one file that a fresh machine starts with."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from repository import ROOT

OLD_PYTHON = (3, 8)


@pytest.fixture
def dev() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_it_and_is_told_what_is_needed(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ast.parse((ROOT / "dev.py").read_text("utf-8"), feature_version=OLD_PYTHON)
    monkeypatch.setattr(dev.sys, "version_info", (3, 9, 2))
    assert dev.main(["test"]) == 3
    assert "needs Python 3.11 or newer" in capsys.readouterr().err


def test_it_needs_only_the_standard_library() -> None:
    tree = ast.parse((ROOT / "dev.py").read_text("utf-8"))
    names = {
        (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert names - sys.stdlib_module_names == set()


@pytest.mark.parametrize(("words", "code"), [([], 2), (["unheard"], 2), (["--help"], 0)])
def test_without_a_known_command_it_says_how_it_is_used(words: list[str], code: int) -> None:
    told = subprocess.run(
        [sys.executable, "dev.py", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == code
    assert "test --slow" in told.stdout


def test_one_failing_check_fails_all_but_stops_none(
    dev: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    later = tmp_path / "later"
    steps = {
        "first": ("-c", "raise SystemExit(5)"),
        "second": ("-c", f"open({str(later)!r}, 'w')"),
    }
    dev.PYTHON = sys.executable
    assert dev.run_all(steps) == 1
    assert later.exists()
    assert "Failed: first." in capfd.readouterr().out
    assert dev.run_all({"second": steps["second"]}) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="system libraries are looked for on Linux")
def test_missing_libraries_are_named_in_one_line(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dev.loads("libc.so.6")
    monkeypatch.setattr(dev, "LIBRARIES", {"libc.so.6": "libc6", "libnone.so.9": "libnone9"})
    monkeypatch.setattr(dev.shutil, "which", lambda _name: "apt-get")
    assert dev.missing_packages() == ["libnone9"]
    monkeypatch.setattr(dev.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(dev, "name_here", lambda package: package)
    with pytest.raises(dev.SetupError) as stopped:
        dev.install_packages(["libnone9", "libother1"])
    line = str(stopped.value).splitlines()[-1]
    assert line.startswith("sudo apt-get update && sudo apt-get install")
    assert line.endswith("libnone9 libother1")


def test_a_changed_lock_or_project_file_renews_the_environment(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed: list[str] = []

    def install() -> None:
        installed.append("once")
        dev.STAMP.write_text(dev.fingerprint(), "utf-8")

    (tmp_path / "pyproject.toml").write_text("[project]")
    (tmp_path / "requirements.lock").write_text("one==1")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(dev, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(dev, "missing_packages", list)
    monkeypatch.setattr(dev, "install_environment", install)
    for change in ("", "two==2", ""):
        dev.LOCK.write_text(dev.LOCK.read_text() + change)
        dev.prepare()
    assert len(installed) == 2


def test_a_failed_installation_is_one_sentence_and_leaves_no_stamp(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text("of an older lock")
    lock = tmp_path / "requirements.lock"
    lock.write_text("no such package ==")
    monkeypatch.setattr(dev, "STAMP", stamp)
    monkeypatch.setattr(dev, "LOCK", lock)
    monkeypatch.setattr(dev, "PYTHON", sys.executable)
    with pytest.raises(dev.SetupError, match="run the same command again"):
        dev.install_environment()
    assert not stamp.exists()


@pytest.mark.parametrize(("display", "words"), [("", ["--seed", "1"]), (":0", []), ("", [])])
def test_without_a_screen_the_demo_is_played_into_pictures(
    dev: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    display: str,
    words: list[str],
) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev.sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr(dev, "start", lambda *arguments: started.append(arguments) or 0)
    assert dev.demo(words) == 0
    extra = [] if display else ["--headless", "--out", str(dev.PICTURES)]
    assert started == [("-m", "perpusdesk", "demo", *extra, *words)]
    assert (str(dev.PICTURES) in capsys.readouterr().out) is not bool(display)
