"""Titles out of MARC records: what is read, what is mended, what is reported."""

import io
import lzma
from pathlib import Path

import pytest
from marc_samples import SAMPLE, record, titled

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange import marc_stream
from perpusdesk.exchange.marc_repair import Problem
from perpusdesk.exchange.marc_titles import BadRecord, read_titles, read_titles_file
from perpusdesk.exchange.title_record import Note, TitleRecord


def read(data: bytes) -> list[TitleRecord | BadRecord]:
    return list(read_titles(io.BytesIO(data)))


def one(data: bytes) -> TitleRecord:
    (only,) = read(data)
    assert isinstance(only, TitleRecord)
    return only


def titles(data: bytes) -> list[str]:
    return [entry.title for entry in read(data) if isinstance(entry, TitleRecord)]


def test_a_whole_record_in_the_words_of_the_library() -> None:
    data = record()
    assert one(data) == TitleRecord(
        title="Laskar pelangi",
        subtitle="sebuah novel",
        responsibility="Andrea Hirata",
        author="Hirata, Andrea",
        author_is_corporate=False,
        other_authors=("Toha, Suhindrati",),
        publisher="Bentang",
        place="Yogyakarta",
        year=2005,
        isbn=("9793062797",),
        language="ind",
        classification="",
        call_number_from_record="899.221 3 HIR l",
        for_children=False,
        extent="xii, 534 hlm. : ilus. ; 21 cm",
        subjects=("Pendidikan - Belitung",),
        edition="Cet. 2",
        series="Tetralogi ; 1",
        summary="",
        control_number="sample-1",
        marc=data,
    )


def test_a_wrong_check_digit_is_kept_and_flagged() -> None:
    read_one = one(record([("245", b"10\x1faA"), ("020", b"  \x1fa9793062790")]))
    assert read_one.isbn == ("9793062790",)
    assert Note.ISBN_CHECK in read_one.notes


def test_a_class_is_taken_from_082_and_else_proposed_from_the_lc_number() -> None:
    lc = ("050", b"00\x1faDS644")
    said = one(record([lc, ("082", b"00\x1fa959.803/5"), ("245", b"10\x1faA")]))
    proposed = one(record([lc, ("245", b"10\x1faA")]))
    assert (said.classification, said.notes) == ("959.8035", frozenset())
    assert (proposed.classification, proposed.notes) == ("959.8", {Note.CLASS_PROPOSED})


def test_children_s_books_by_their_class_or_audience() -> None:
    easy = one(record([("245", b"10\x1faA"), ("082", b"00\x1fa[E]"), ("050", b"00\x1faPZ7.A1")]))
    said = one(record([("245", b"10\x1faA"), ("008", b"000429s2005    io     j")]))
    assert (easy.for_children, easy.classification) == (True, "813")
    assert said.for_children
    assert not one(titled("A")).for_children


def test_unknown_place_and_publisher_stay_empty() -> None:
    field = ("260", b"  \x1fa[S.l. :\x1fbs.n.,\x1fc19--?]")
    read_one = one(record([("245", b"10\x1faA"), field]))
    assert (read_one.place, read_one.publisher, read_one.year) == ("", "", None)


def test_production_is_not_publication() -> None:
    made = ("264", b" 0\x1faAmbon :\x1fbPabrik,\x1fc1999")
    published = ("264", b" 1\x1faMedan :\x1fbPenerbit,\x1fc2001")
    read_one = one(record([("245", b"10\x1faA"), made, published]))
    assert (read_one.place, read_one.publisher, read_one.year) == ("Medan", "Penerbit", 2001)


def test_an_export_with_blank_leader_and_names_of_languages() -> None:
    fields = [("005", b"  \x1fa20261122080000"), ("041", b"  \x1faIndonesia")]
    data = record([*fields, ("245", b"  \x1faSenja \x1fb :  cerita")], encoding=b" ")
    read_one = one(data.replace(b"nam  ", b"     ", 1))
    assert (read_one.title, read_one.subtitle) == ("Senja", "cerita")
    assert read_one.language == "ind"


@pytest.mark.parametrize("encoding", [b"a", b" "])
def test_utf8_is_understood_whatever_the_leader_says(encoding: bytes) -> None:
    data = record([("245", "10\x1faQur’ān dan hadis".encode())], encoding=encoding)
    assert one(data).title == "Qur’ān dan hadis"


def test_marc8_is_understood() -> None:
    data = record([("245", b"10\x1faCaf\xe2e")], encoding=b" ")
    assert one(data).title in ("Café", "Cafe\u0301")


def test_bad_bytes_become_question_marks_and_the_record_keeps_them() -> None:
    data = record([("245", b"10\x1faRum\xff\xfeah")])
    read_one = one(data)
    assert read_one.title == "Rum??ah"
    assert read_one.marc == data
    assert Note.TEXT_DAMAGED in read_one.notes


def test_a_subfield_code_or_indicator_that_is_no_ascii_costs_nothing_else() -> None:
    code = one(record([("245", b"10\x1faSatu"), ("500", "  \x1fécatatan".encode())]))
    indicator = one(record([("250", "  2η".encode()), ("245", b"10\x1faSatu")]))
    assert code.title == indicator.title == "Satu"
    assert Note.TEXT_DAMAGED in code.notes & indicator.notes


def test_lengths_counted_in_characters_are_mended() -> None:
    good = record([("245", "10\x1faÉcole".encode()), ("260", b"  \x1faSolo")])
    bad = good.replace(b"2450011", b"2450010").replace(b"2600008000", b"2600008000")
    assert bad != good
    read_one = one(bad)
    assert (read_one.title, read_one.place) == ("École", "Solo")
    assert Note.FRAME_REPAIRED in read_one.notes
    assert one(read_one.marc).notes == frozenset()


@pytest.mark.parametrize(
    "breaking",
    [
        lambda data: b"99999" + data[5:],
        lambda data: b"00000" + data[5:],
        lambda data: b"x0y1z" + data[5:],
        lambda data: data[:12] + b"00000" + data[17:],
        lambda data: data[:5] + b"\xff\xff" + data[7:],
        lambda data: data[:-1],
        lambda data: data[:-1] + b"\r\n\x1d",
    ],
)
def test_a_broken_frame_is_mended_and_hides_nobody(breaking) -> None:
    data = titled("Satu") + breaking(record()) + titled("Tiga")
    if data.count(b"\x1d") == 2:
        data = titled("Satu") + record() + breaking(titled("Tiga"))
    assert len(titles(data)) == 3


def test_a_torn_record_does_not_swallow_the_next() -> None:
    torn = record()[:200]
    found = read(titled("Satu") + torn + titled("Tiga"))
    assert isinstance(found[1], BadRecord)
    assert [entry.title for entry in found if isinstance(entry, TitleRecord)] == ["Satu", "Tiga"]


def test_rubbish_between_records_is_reported_with_its_place() -> None:
    first = titled("Satu")
    found = read(first + b"\n\x00  \r\n" + b"not a record at all\x1d" + titled("Dua"))
    assert found[1] == BadRecord(2, len(first) + 6, Problem.TOO_SHORT, b"not a record at all\x1d")
    assert isinstance(found[2], TitleRecord)


def test_a_record_without_title_is_reported() -> None:
    (only,) = read(record([field for field in SAMPLE if field[0] != "245"]))
    assert isinstance(only, BadRecord)
    assert only.problem is Problem.NO_TITLE


def test_blank_files_hold_nothing() -> None:
    assert read(b"") == []
    assert read(b"\n\r\n \x00\x1d\n\x1d") == []


class CountingStream(io.RawIOBase):
    """A long run without an end mark, then a good record; notes how much was kept."""

    def __init__(self, rubbish: int, tail: bytes) -> None:
        self.left, self.tail = rubbish, tail

    def read(self, size: int = -1) -> bytes:
        if self.left > 0:
            self.left -= size
            return b"x" * size
        tail, self.tail = self.tail, b""
        return tail


def test_endless_rubbish_is_passed_over_in_bounded_memory() -> None:
    stream = CountingStream(8 * marc_stream.MAX_RECORD, b"\x1d" + titled("Selamat"))
    bad, good = read_titles(stream)
    assert isinstance(bad, BadRecord)
    assert bad.problem is Problem.TOO_LONG
    assert len(bad.marc) <= marc_stream.MAX_RECORD + (1 << 16)
    assert isinstance(good, TitleRecord)


def test_a_compressed_file_is_read_and_a_damaged_one_named(tmp_path: Path) -> None:
    path = tmp_path / "titles.mrc.xz"
    path.write_bytes(lzma.compress(titled("Satu") * 50))
    assert len(list(read_titles_file(path))) == 50
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(KnownError) as damaged:
        list(read_titles_file(path))
    assert damaged.value.fault is Fault.DAMAGED
    assert damaged.value.facts["file"] == str(path)


def test_an_absent_file_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as absent:
        list(read_titles_file(tmp_path / "nowhere.mrc"))
    assert absent.value.fault is Fault.UNREADABLE_FILE
