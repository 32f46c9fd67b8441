"""What holds for every call: options anywhere, one document, exit codes, language, completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.command_line import Call, no_desktop
from perpusdesk import __version__
from perpusdesk.cli.main import Desktop, run
from perpusdesk.common.paths import default_data_folder, settings_file
from perpusdesk.common.settings import SettingsFile
from perpusdesk.storage.library import FILE_NAME

COMMANDS = (
    ("lend",),
    ("return",),
    ("renew",),
    ("undo",),
    ("member", "add"),
    ("member", "show"),
    ("member", "find"),
    ("title", "add"),
    ("title", "show"),
    ("copy", "show"),
    ("search",),
    ("scan",),
    ("status",),
    ("digest",),
    ("init",),
    ("demo",),
    ("version",),
    ("print", "labels"),
    ("print", "cards"),
    ("print", "receipt"),
    ("print", "report"),
    ("bench", "desk"),
    ("bench", "start"),
    ("bench", "scan"),
)


@pytest.mark.parametrize("place", range(4))
def test_the_common_options_may_stand_anywhere(
    library: Path, capsys: pytest.CaptureFixture[str], place: int
) -> None:
    words = ["member", "show", "A0001"]
    words[place:place] = ["--json", f"--data={library}", "--lang", "en"]
    assert run(words, no_desktop()) == 0
    assert json.loads(capsys.readouterr().out)["member"]["card"] == "A0001"


def test_after_two_dashes_nothing_is_an_option(call: Call) -> None:
    answer = call("member", "find", "--", "--json", json=False)
    assert (answer.code, answer.out) == (0, "")


@pytest.mark.parametrize(
    "words",
    [
        ("unheard",),
        ("lend",),
        ("lend", "--member", "A0001"),
        ("lend", "--unheard", "B1"),
        ("member",),
        ("search", "--limit", "many", "x"),
        ("search", "--limit", "0", "x"),
        ("--lang", "fr", "status"),
        ("--lang",),
        ("--data=", "status"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_wrong_usage_is_one_document_and_one_sentence(
    capfd: pytest.CaptureFixture[str], words: tuple[str, ...], language: str
) -> None:
    assert run(["--json", "--lang", language, *words], no_desktop()) == 2
    told = capfd.readouterr()
    error = json.loads(told.out)["error"]
    assert error["code"] == "usage"
    assert error["message"]
    assert told.err == error["message"] + "\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("visits",), "Tidak ada perintah visits. Maksud Anda visit, init?"),
        (("version", "satu", "dua"), "Terlalu banyak: satu dua."),
        (("lend", "--member"), "--member memerlukan isi di belakangnya."),
        (("search", "--limit", "banyak", "x"), "harus bilangan bulat."),
        (("search", "--limit", "0", "x"), "paling sedikit 1."),
    ],
    ids=str,
)
def test_slips_of_the_keyboard_are_told_in_the_language_in_use(
    capfd: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    assert run([*words, "--lang", "id"], no_desktop()) == 2
    told = capfd.readouterr().err
    assert says in told
    assert "Did you" not in told and "Input should" not in told and "Got " not in told


def test_without_words_the_desktop_opens_with_what_was_named(tmp_path: Path) -> None:
    opened: list[tuple[Path | None, str | None, list[Path]]] = []
    desktop = Desktop(lambda *how: opened.append(how) or 0, no_desktop().demo, no_desktop().bench)
    file = tmp_path / "1.pdx"
    assert run(["--data", str(tmp_path), "--lang", "en"], desktop) == 0
    assert run([], desktop) == 0
    assert run([str(file), "--data", str(tmp_path)], desktop) == 0
    assert opened == [(tmp_path, "en", []), (None, None, []), (tmp_path, None, [file])]


def test_demo_hands_on_folder_language_and_exit_code(tmp_path: Path) -> None:
    played = []
    desktop = Desktop(no_desktop().open, lambda *how: played.append(how) or 3, no_desktop().bench)
    assert run(["demo", "--headless", "--out", str(tmp_path), "--lang", "en"], desktop) == 3
    assert run(["demo", "--data", "here"], desktop) == 3
    assert played == [(None, "en", tmp_path), (Path("here"), None, None)]


def test_language_and_folder_come_from_this_devices_settings(
    library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    SettingsFile(settings_file()).change(language="en", data_folder=str(library))
    assert run(["return", "NOTHING"], no_desktop()) == 1
    assert "belongs to no copy" in capsys.readouterr().err
    assert run(["return", "NOTHING", "--lang", "id"], no_desktop()) == 1
    assert "belongs to no copy" not in capsys.readouterr().err


def test_the_usual_folder_is_the_users_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", "--library", "Rumah", "--branch", "Pusat", "--json"], no_desktop()) == 0
    made = json.loads(capsys.readouterr().out)
    assert (default_data_folder() / FILE_NAME).is_file()
    assert run(["status", "--json"], no_desktop()) == 0
    status = json.loads(capsys.readouterr().out)
    assert {name: status[name] for name in made} == made


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_in_the_language_in_use(
    capfd: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run([*words, "--help"], no_desktop()) == 0
    indonesian = capfd.readouterr().out
    assert "Pemakaian: perpusdesk" in indonesian
    assert "Tampilkan bantuan ini." in indonesian
    assert run([*words, "--help", "--lang", "en"], no_desktop()) == 0
    english = capfd.readouterr().out
    assert "Usage: perpusdesk" in english
    assert "Show this help and leave." in english


def test_a_bug_is_a_fault_and_says_that_the_data_are_safe(
    call: Call, monkeypatch: pytest.MonkeyPatch, expect_log
) -> None:
    from perpusdesk.cli import library_commands

    def broken(_desk: object) -> str:
        raise ZeroDivisionError("a bug")

    expect_log("ERROR perpusdesk.cli.ending: unexpected failure")
    monkeypatch.setattr(library_commands, "library_name", broken)
    answer = call("status")
    assert answer.code == 3
    assert answer.document["fault"]["code"] == "bug"
    assert "ZeroDivisionError" in answer.err


def _perpusdesk(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "perpusdesk", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **more},
        timeout=120,
    )


def test_the_program_itself_answers_and_ends_with_its_exit_code(library: Path) -> None:
    version = _perpusdesk("version", "--json")
    assert (version.returncode, json.loads(version.stdout)) == (0, {"version": __version__})
    shown = _perpusdesk("member", "show", "A0001", "--json", "--data", str(library))
    assert json.loads(shown.stdout)["member"]["name"] == "Siti Misalnya"
    refused = _perpusdesk("return", "NOTHING", "--data", str(library))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert _perpusdesk("unheard").returncode == 2
    assert _perpusdesk("status", "--data", str(library / "nowhere")).returncode == 3


def test_the_shells_completion_is_answered_and_opens_no_window() -> None:
    completed = _perpusdesk(
        _PERPUSDESK_COMPLETE="complete_bash", COMP_WORDS="perpusdesk le", COMP_CWORD="1"
    )
    assert completed.stdout.split() == ["lend"]
    script = _perpusdesk(_PERPUSDESK_COMPLETE="source_bash")
    assert "_perpusdesk_completion" in script.stdout


def test_it_starts_without_the_toolkit() -> None:
    code = (
        "import sys; from perpusdesk.cli.main import run; run(['version'], None);"
        " print([name for name in sys.modules if name.startswith(('PySide6', 'cv2', 'numpy'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.splitlines()[-1] == "[]"
