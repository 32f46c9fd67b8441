"""Files that are no lists are told by their first bytes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from perpusdesk.exchange.strange_files import Strange, strange


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.csv", b"", Strange.EMPTY),
        ("a.csv", b"\xef\xbb\xbf\r\n\t ", Strange.EMPTY),
        ("a.mrc", b"\xff\xd8\xff\xe0 JFIF", Strange.PICTURE),
        ("a.csv", b"RIFF\x10\0\0\0WEBPVP8 ", Strange.PICTURE),
        ("a.csv", b"BM\x10\x20\x30\x40\0\0\0\0", Strange.PICTURE),
        ("a.csv", b"BM-01;Judul;Pengarang\n", None),
        ("a.csv", b"MM;Judul\n", None),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Strange.DOCUMENT),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None),
        ("a.xlsx", b"Judul;Pengarang\n", Strange.BROKEN),
        ("a.rar", b"Rar!\x1a\x07", Strange.ARCHIVE),
        ("a.zip", b"PK\x03\x04", Strange.BROKEN),
        ("a.mrc", b"00714cam a2200205 a 4500", None),
    ],
)
def test_the_first_bytes_tell(
    tmp_path: Path, name: str, content: bytes, what: Strange | None
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert strange(path) is what


def test_archives_are_told_by_what_is_in_them(tmp_path: Path) -> None:
    for inside, what in (
        ("xl/workbook.xml", Strange.SHEET_UNNAMED),
        ("word/document.xml", Strange.DOCUMENT),
        ("buku.csv", Strange.ARCHIVE),
    ):
        path = tmp_path / "a.dat"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(inside, "x")
        assert strange(path) is what


def test_places_without_a_file_are_told(tmp_path: Path) -> None:
    assert strange(tmp_path / "hilang.csv") is Strange.GONE
    assert strange(tmp_path) is Strange.FOLDER


def test_a_file_that_the_system_refuses_is_told(tmp_path: Path) -> None:
    loop = tmp_path / "putaran.csv"
    try:
        loop.symlink_to(loop)
    except OSError:
        pytest.skip("this system makes no links")
    assert strange(loop) is Strange.LOCKED
