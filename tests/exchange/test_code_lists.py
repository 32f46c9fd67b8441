"""Text files of data collectors."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange import code_lists
from perpusdesk.exchange.code_lists import read_codes


@pytest.mark.parametrize(
    "content",
    [
        b"B0001\nB0002\n",
        b"\xef\xbb\xbfB0001\r\nB0002\r\n",
        b'Kode,Jumlah\n"B0001",1\n"B0002",3\n',
        b"22/11/2026;09:14:02;B0001;1\n22/11/2026;09:14:05;B0002;1\n",
        b"2026-11-22 09:14\tB0001\n2026-11-22 09:15\tB0002",
        "B0001\nB0002\n".encode("utf-16"),
        b"\n  B0001  \n\nBarcode \xe9l\xe8ve\nB0002|x\n",
    ],
)
def test_the_codes_are_found_whatever_stands_beside_them(tmp_path: Path, content: bytes):
    file = tmp_path / "codes.txt"
    file.write_bytes(content)
    assert read_codes(file) == ["B0001", "B0002"]


def test_numbers_alone_are_codes_and_each_stays(tmp_path: Path):
    file = tmp_path / "codes.txt"
    file.write_text("00012345\n12345\n00012345\n00001/PD/H/2026\n12-34\n")
    assert read_codes(file) == ["00012345", "12345", "00012345", "00001/PD/H/2026", "12-34"]


def test_what_cannot_be_read_is_said(tmp_path: Path, monkeypatch):
    picture = tmp_path / "picture.txt"
    picture.write_bytes(b"\x89PNG\x00\x00\x00")
    monkeypatch.setattr(code_lists, "LARGEST", 10)
    large = tmp_path / "large.txt"
    large.write_text("B0001\n" * 10)
    for file in (picture, large, tmp_path / "none.txt", tmp_path):
        with pytest.raises(KnownError) as known:
            read_codes(file)
        assert known.value.fault is Fault.UNREADABLE_FILE


@given(content=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory, content: bytes):
    file = tmp_path_factory.mktemp("any") / "codes.txt"
    file.write_bytes(content)
    try:
        codes = read_codes(file)
    except KnownError as known:
        assert known.fault is Fault.UNREADABLE_FILE
    else:
        assert all(code == " ".join(code.split()) and code for code in codes)
