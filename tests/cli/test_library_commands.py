"""A library as a whole from the command line: init, status, digest, paper, and failures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from helpers.command_line import Call, no_desktop
from perpusdesk import __version__
from perpusdesk.cli.main import run
from perpusdesk.storage.library import FILE_NAME, Library


def test_init_makes_a_library_that_can_be_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ["--data", str(tmp_path / "new")]
    assert run([*data, "init", "--library", "Baru", "--branch", "Timur"], no_desktop()) == 0
    assert "Baru, Timur" in capsys.readouterr().out
    assert run([*data, "status"], no_desktop()) == 0
    assert "library: Baru" in capsys.readouterr().out


def test_init_never_touches_a_library_that_is_there(
    call: Call, seen: Callable[[], tuple[str, int]]
) -> None:
    before = seen()
    answer = call("init", "--library", "Lain", "--branch", "Lain")
    assert answer.code == 2
    assert answer.document["error"]["code"] == "library_exists"
    assert seen() == before


def test_status_tells_what_is_saved_and_what_waits(call: Call) -> None:
    document = call("status").document
    assert set(document) >= {
        "library", "branch", "device", "waiting", "last_exchange", "clock_offset_ms",
        "clock_suspect", "conflicts", "backups", "version",
    }  # fmt: skip
    assert (document["library"], document["branch"]) == ("Perpustakaan Uji", "Pusat")
    assert document["version"] == __version__
    assert document["clock_suspect"] is False
    assert [(one["kind"], one["age_seconds"]) for one in document["backups"]] == [("disk", None)]


def test_the_digest_follows_what_is_written(call: Call, barcodes: list[str]) -> None:
    first = call("digest").document
    assert bytes.fromhex(first["digest"])
    assert sum(first["streams"].values()) == first["ops"]
    call("lend", "--member", "A0001", barcodes[0])
    second = call("digest").document
    assert second["digest"] != first["digest"]
    assert second["ops"] > first["ops"]


@pytest.mark.parametrize(
    "words",
    [
        ("labels", "{copy}"),
        ("labels", "{copy}", "--sheet", "tom-jerry-103", "--start", "3"),
        ("cards", "A0001", "A0002"),
        ("receipt", "--member", "A0001", "--width", "80"),
        ("report",),
        ("report", "--day", "2026-01-31"),
    ],
    ids=" ".join,
)
def test_paper_is_a_pdf_file(
    call: Call, barcodes: list[str], tmp_path: Path, words: tuple[str, ...]
) -> None:
    call("lend", "--member", "A0001", barcodes[0])
    out = tmp_path / "paper" / "out.pdf"
    filled = [word.format(copy=barcodes[0]) for word in words]
    document = call("print", *filled, "--out", out).document
    assert (document["file"], document["bytes"]) == (str(out), out.stat().st_size)
    assert out.read_bytes().startswith(b"%PDF-")
    assert isinstance(document["rows"], int)


@pytest.mark.parametrize(
    ("words", "code", "kind"),
    [
        (("labels", "NOTHING"), 1, "refused"),
        (("labels", "B0", "--sheet", "unheard"), 2, "error"),
        (("cards", "NOBODY"), 1, "refused"),
        (("receipt", "--member", "A0001", "--width", "60"), 2, "error"),
        (("report", "--day", "soon"), 2, "error"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else str(value),
)
def test_paper_that_cannot_be_made_leaves_the_file_that_was_there(
    call: Call, tmp_path: Path, words: tuple[str, ...], code: int, kind: str
) -> None:
    out = tmp_path / "out.pdf"
    out.write_bytes(b"before")
    answer = call("print", *words, "--out", out)
    assert answer.code == code
    assert kind in answer.document
    assert out.read_bytes() == b"before"


def test_paper_where_no_file_can_be_is_unusable_input(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("in the way")
    answer = call("print", "report", "--out", file / "out.pdf")
    assert (answer.code, answer.document["error"]["code"]) == (2, "out")
    assert str(file) in answer.err
    assert file.read_text() == "in the way"


def test_without_a_library_it_says_so_and_makes_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "nowhere"
    code = run(["--data", str(nowhere), "status", "--lang", "en"], no_desktop())
    told = capsys.readouterr()
    assert (code, told.out) == (3, "")
    assert "There is no PerpusDesk library in this folder" in told.err
    assert not nowhere.exists()


def test_a_library_that_is_open_elsewhere_is_left_alone(call: Call, library: Path) -> None:
    with Library.open(library):
        answer = call("member", "add", "--name", "Joko Andai")
    assert answer.code == 3
    assert answer.document["fault"]["code"] == "already_open"
    assert call("member", "find", "Joko").document["members"] == []


def test_a_damaged_file_is_told_and_left_as_it_is(call: Call, library: Path) -> None:
    damaged = b"This is not a database at all. " * 400
    (library / FILE_NAME).write_bytes(damaged)
    answer = call("status")
    assert answer.code == 3
    assert answer.document["fault"]["code"] in ("damaged", "not_a_library")
    assert (library / FILE_NAME).read_bytes() == damaged


def test_a_full_disk_tells_what_was_lent_before_it(
    call: Call, barcodes: list[str], library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real file refuses to grow in the middle of a call of three loans."""
    from perpusdesk.cli import desk_commands

    lend, lent = desk_commands.lend_copy, []

    def lend_on_a_small_disk(desk, *words, **named):
        if lent:
            pages = desk.library.value("pragma page_count")
            desk.library.database.execute_sql(f"pragma max_page_count = {pages}").fetchall()
            desk.library.put_local("fill", b"x" * 60_000)
        lent.append(words)
        return lend(desk, *words, **named)

    monkeypatch.setattr(desk_commands, "lend_copy", lend_on_a_small_disk)
    answer = call("lend", "--member", "A0001", barcodes[0], barcodes[2])
    assert answer.code == 3
    assert answer.document["fault"]["code"] == "disk_full"
    assert [loan["copy"] for loan in answer.document["loans"]] == [barcodes[0]]
    monkeypatch.undo()
    assert call("copy", "show", barcodes[0]).document["status"] == "on_loan"
    assert call("copy", "show", barcodes[2]).document["status"] == "available"


def test_reports_are_of_the_day_that_was_asked_for(call: Call, tmp_path: Path) -> None:
    today = call("print", "report", "--out", tmp_path / "a.pdf").document
    named = call("print", "report", "--day", date.today(), "--out", tmp_path / "b.pdf").document
    assert today["rows"] == named["rows"]
