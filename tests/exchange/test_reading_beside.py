"""Reading in a process beside gives what reading here gives, whatever becomes of that process."""

from __future__ import annotations

import contextlib
import lzma
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from marc_samples import titled

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.words import ready
from perpusdesk.domain.words.entry import TitleTexts, entry
from perpusdesk.domain.words.ready import keep_ready, ready_entry
from perpusdesk.exchange import reading_beside
from perpusdesk.exchange.import_rows import BadRow, Row, TitleRow
from perpusdesk.exchange.reading_beside import read_beside
from perpusdesk.exchange.reading_child import Frame, frames
from perpusdesk.exchange.record_files import read_records
from perpusdesk.exchange.title_fields import title_texts

COUNT = 330


@pytest.fixture(autouse=True)
def always_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_beside, "SMALLEST", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    ready._ready.clear()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "banyak.mrc"
    records = [titled(f"Judul {number} “tua” é") for number in range(COUNT)]
    records[7] = b"00050rubbish" + records[7][12:] + b"rubbish\x1d"
    path.write_bytes(b"".join(records))
    return path


def rows(path: Path, *, xml: bool = False) -> list[Row]:
    return [row for row, _ in read_beside(path, xml=xml)]


def here(path: Path) -> list[Row]:
    return [row for row, _ in read_records(path, xml=False)]


@pytest.fixture
def children() -> Callable[[], list[psutil.Process]]:
    """Return what tells the processes that were started since; other tests may have theirs."""
    before = psutil.Process().children()
    return lambda: [one for one in psutil.Process().children() if one not in before]


def test_the_same_rows_in_the_same_order(file: Path) -> None:
    found = rows(file)
    assert found == here(file)
    assert sum(isinstance(row, TitleRow) for row in found) >= COUNT - 1
    assert any(isinstance(row, BadRow) for row in found)
    shares = [share for _, share in read_beside(file, xml=False)]
    assert shares == sorted(shares) and shares[-1] == 1.0


def test_real_records_survive_the_way(shared_data: Path) -> None:
    path = shared_data / "lc-books" / "lc-indonesia.mrc"
    assert rows(path) == here(path)


def test_words_that_were_worked_out_beside_are_those_worked_out_here(shared_data: Path) -> None:
    """They are asked for once: then they are worked out anew, and must be the same."""
    found = rows(shared_data / "lc-books" / "lc-indonesia.mrc")
    texts = [title_texts(row.record) for row in found if isinstance(row, TitleRow)]
    kept = dict(ready._ready)
    assert len(kept) > 2_000 and kept.keys() <= set(texts)
    for one in texts:
        assert ready_entry(one) == entry(one)
    assert not ready._ready


def test_words_of_titles_that_never_come_are_forgotten() -> None:
    for number in range(10_000):
        keep_ready(TitleTexts(title=f"tak {number}"), entry(TitleTexts(title="x")))
    assert len(ready._ready) <= 4_000
    ready._ready.clear()


def test_another_process_did_it_and_is_gone_afterwards(
    file: Path, children: Callable[[], list[psutil.Process]]
) -> None:
    with contextlib.closing(read_beside(file, xml=False)) as reading:
        next(reading)
        (child,) = children()
        assert child.is_running()
    assert not child.is_running() and not children()


def test_a_killed_process_costs_no_row(
    file: Path, children: Callable[[], list[psutil.Process]]
) -> None:
    file.write_bytes(file.read_bytes() * 40)
    reading = read_beside(file, xml=False)
    found = [next(reading)[0]]
    for child in children():
        child.kill()
    found += [row for row, _ in reading]
    assert found == here(file)


@pytest.mark.parametrize("given", [0, 1, 3])
def test_rows_go_on_here_where_the_other_process_ended(
    file: Path, given: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(path: Path, *, xml: bool) -> list[Frame]:
        return list(frames(path, xml=xml))[:given]

    monkeypatch.setattr(reading_beside, "_frames", broken)
    assert rows(file) == here(file)


def test_where_no_process_starts_it_is_read_here(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(file.with_name("there-is-none")))
    assert rows(file) == here(file)


def test_a_broken_file_gives_its_rows_and_then_its_fault(tmp_path: Path) -> None:
    packed = lzma.compress(b"".join(titled(f"Judul {number}") for number in range(20_000)))
    path = tmp_path / "putus.mrc.xz"
    path.write_bytes(packed[: len(packed) * 2 // 3])
    found = []
    with pytest.raises(KnownError) as told:
        for row, _ in read_beside(path, xml=False):
            found.append(row)
    assert told.value.fault is Fault.DAMAGED and told.value.facts["file"] == str(path)
    assert len(found) > 1_000
    assert found == [row for row, _ in read_records_until_fault(path)]


def read_records_until_fault(path: Path) -> list[tuple[Row, float]]:
    found = []
    with contextlib.suppress(KnownError):
        for pair in read_records(path, xml=False):
            found.append(pair)
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for the program")
def test_a_packed_program_starts_itself_for_it(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = tmp_path / "perpusdesk"
    packed.write_text(f'#!/bin/sh\nexec {sys.executable} -m perpusdesk "$@"\n')
    packed.chmod(0o755)
    known = here(file)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(packed))
    monkeypatch.setattr(reading_beside, "read_records", lambda *_, **__: pytest.fail("read here"))
    assert rows(file) == known
