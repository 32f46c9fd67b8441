"""The short way through a MARC record in order comes to what the long way comes to."""

from __future__ import annotations

import io
import lzma
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marc_samples import SAMPLE, Fields, record

from perpusdesk.exchange.marc_record import quick
from perpusdesk.exchange.marc_repair import Problem
from perpusdesk.exchange.marc_stream import Piece, pieces
from perpusdesk.exchange.marc_titles import read_titles, thoroughly
from perpusdesk.exchange.title_record import TitleRecord

TAGS = [tag for tag, _ in SAMPLE] + ["006", "110", "264", "711", "853", "00A", "abc"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).map(str.encode)
CODES = st.sampled_from([b"a", b"b", b"c", b"t", b"x", b"9", b"", "é".encode()])
MARKS = st.sampled_from([b"10", b"  ", b" 1", b"1", b"", b"102", "é1".encode()])
WILD = st.binary(max_size=9)


def both_ways(piece: Piece) -> None:
    (short,) = read_titles(io.BytesIO(piece.data)) if piece.whole else [None]
    long = thoroughly(piece)
    if isinstance(short, TitleRecord) and isinstance(long, TitleRecord):
        assert short == long
    elif short is not None:
        assert not isinstance(short, TitleRecord)
        assert isinstance(long, Problem)


@st.composite
def odd_records(draw: st.DrawFn) -> bytes:
    fields: Fields = list(SAMPLE)
    for _ in range(draw(st.integers(1, 4))):
        parts = draw(st.lists(st.tuples(CODES, st.one_of(TEXTS, WILD)), max_size=3))
        content = draw(MARKS) + b"".join(b"\x1f" + code + text for code, text in parts)
        content = content.translate(None, b"\x1d\x1e")
        fields.insert(draw(st.integers(0, len(fields))), (draw(st.sampled_from(TAGS)), content))
    return record(fields, encoding=draw(st.sampled_from([b"a", b" "])))


@given(odd_records())
def test_odd_fields_are_read_alike_both_ways(data: bytes) -> None:
    both_ways(Piece(0, data))


@given(st.integers(0, 400), st.one_of(WILD, MARKS))
def test_wrong_frames_are_read_alike_both_ways(place: int, put: bytes) -> None:
    data = record()
    changed = data[:place] + put.translate(None, b"\x1d") + data[place + len(put) :]
    for piece in pieces(io.BytesIO(changed)):
        both_ways(piece)


def test_a_record_in_order_goes_the_short_way_and_no_other() -> None:
    data = record()
    assert quick(data) is not None
    for wrong in (
        data[:-1],
        data[:12] + b"00025" + data[17:],
        b"99999" + data[5:],
        data.replace(b"Hirata", b"Hir\xe4ta"),
        record(encoding=b" ").replace(b"Hirata", b"Hi\x1b(Nt"),
    ):
        assert quick(wrong) is None


def test_every_real_record_is_read_alike_both_ways(shared_data: Path) -> None:
    seen = 0
    for piece in real_pieces(shared_data):
        if piece.too_long or not piece.whole:
            continue
        both_ways(piece)
        seen += 1
    assert seen > 4_000


def real_pieces(shared_data: Path) -> Iterator[Piece]:
    files = [path for path in shared_data.rglob("*") if path.suffix in (".mrc", ".marc", ".usmarc")]
    for path in [*files, shared_data / "nasty" / "pymarc" / "marc.dat"]:
        with path.open("rb") as stream:
            yield from pieces(stream)
    packed = shared_data / "lc-books" / "BooksAll.2016.part01.utf8.mrc.xz"
    with cast(BinaryIO, lzma.open(packed)) as stream:
        yield from islice(pieces(stream), 2_000)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_quarter_of_a_million_records_are_read_alike_both_ways(shared_data: Path) -> None:
    packed = shared_data / "lc-books" / "BooksAll.2016.part01.utf8.mrc.xz"
    short = 0
    with cast(BinaryIO, lzma.open(packed)) as stream:
        for piece in pieces(stream):
            both_ways(piece)
            short += quick(piece.data) is not None
    assert short > 249_000
