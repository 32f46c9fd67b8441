"""Files beside the library: sealed, whole, and only to be read with its key."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage import sealed_files
from perpusdesk.storage.attached_files import FOLDER, keep_file, seal_all
from perpusdesk.storage.sealed_files import is_sealed, pieces_of, plain_size, seal_stream

KEY = bytes(range(32))
PIECE = sealed_files._PIECE


@pytest.mark.parametrize("size", [0, 1, 900, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_what_was_sealed_is_read_again(tmp_path: Path, size: int) -> None:
    file, data = tmp_path / "one", bytes(range(256)) * (size // 256 + 1)
    with file.open("wb") as out:
        seal_stream(KEY, io.BytesIO(data[:size]), out)
    assert is_sealed(file)
    assert plain_size(file) == size
    assert b"".join(pieces_of(KEY, file)) == data[:size]


@settings(max_examples=30)
@given(st.integers(0, 2 * PIECE + 90), st.integers(1, 255))
def test_a_changed_or_cut_file_is_found(tmp_path_factory, place: int, flip: int) -> None:
    file = tmp_path_factory.mktemp("sealed") / "one"
    out = io.BytesIO()
    seal_stream(KEY, io.BytesIO(b"nama" * (PIECE // 2)), out)
    data = bytearray(out.getvalue())
    place %= len(data)
    cut = bytes(data[: max(place, len(sealed_files.MAGIC))])
    data[place] ^= flip
    for harmed in (bytes(data), cut):
        file.write_bytes(harmed)
        if not is_sealed(file):
            continue
        with pytest.raises(KnownError) as caught:
            list(pieces_of(KEY, file))
        assert caught.value.fault is Fault.DAMAGED


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    file = tmp_path / "one"
    with file.open("wb") as out:
        seal_stream(KEY, io.BytesIO(b"Siti Misalnya"), out)
    for key in (bytes(32), None):
        with pytest.raises(KnownError):
            list(pieces_of(key, file))


def test_files_from_before_are_sealed_once(tmp_path: Path) -> None:
    source = tmp_path / "source.pdf"
    source.write_bytes(b"%PDF Siti Misalnya")
    keep_file(tmp_path, source, "pdf")
    assert seal_all(tmp_path, KEY) == 1
    assert seal_all(tmp_path, KEY) == 0
    (kept,) = (tmp_path / FOLDER).glob("*/*")
    assert b"Siti" not in kept.read_bytes()
    assert b"".join(pieces_of(KEY, kept)) == source.read_bytes()
