"""The ISBN index: a file beside the library that may be lost, and never troubles it."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.isbn_index import FILE_NAME, IsbnIndex

ONE, TWO = "9780306406157", "9789791227001"


def _filled(folder: Path) -> IsbnIndex:
    index = IsbnIndex(folder)
    source = index.begin("a.mrc", "2026-11-22")
    assert index.add(source, [([ONE, TWO], b"first"), ([ONE], b"second")]) == 2
    index.end(source)
    return index


def test_records_are_found_by_each_of_their_numbers(tmp_path: Path) -> None:
    with _filled(tmp_path):
        pass
    with IsbnIndex(tmp_path) as index:
        assert [one.marc for one in index.find(ONE)] == [b"second", b"first"]
        assert [one.marc for one in index.find(TWO)] == [b"first"]
        assert index.find("9790000000000") == []


def test_looking_makes_no_file(tmp_path: Path) -> None:
    with IsbnIndex(tmp_path) as index:
        assert index.find(ONE) == []
        assert index.sources() == []
        assert not index.remove("a.mrc")
    assert list(tmp_path.iterdir()) == []


def test_a_file_put_in_again_takes_its_own_place(tmp_path: Path) -> None:
    with _filled(tmp_path) as index:
        other = index.begin("b.mrc", "2026-11-22")
        index.add(other, [([ONE], b"other")])
        again = index.begin("a.mrc", "2026-11-23")
        index.add(again, [([ONE], b"newer")])
        assert [one.marc for one in index.find(ONE)] == [b"newer", b"other"]
        assert index.find(TWO) == []
        told = [(one.name, one.added, one.records, one.whole) for one in index.sources()]
        assert told == [("a.mrc", "2026-11-23", 1, False), ("b.mrc", "2026-11-22", 1, False)]
        assert index.remove("a.mrc")
        assert [one.marc for one in index.find(ONE)] == [b"other"]


def test_a_damaged_file_is_told_and_can_be_thrown_away(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(KnownError) as caught:
        IsbnIndex(tmp_path)
    assert caught.value.fault is Fault.DAMAGED
    IsbnIndex.throw_away(tmp_path)
    with _filled(tmp_path) as index:
        assert index.find(TWO)
