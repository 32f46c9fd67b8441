"""A record for the book in hand, with and without a network."""

from __future__ import annotations

from pathlib import Path

import pymarc
import pytest

from helpers.library import refusal_of, value_of
from perpusdesk.common.errors import Fault
from perpusdesk.domain.decisions import Reason
from perpusdesk.exchange.copy_servers import CopyServer, shipped_servers
from perpusdesk.services.cataloguing.catalogue import NewTitle, add_title
from perpusdesk.services.cataloguing.copy_cataloguing import Where, ask_servers, look_up, query_for
from perpusdesk.services.cataloguing.copy_server_list import copy_servers, set_copy_servers
from perpusdesk.services.cataloguing.fill_isbn_index import fill_isbn_index
from perpusdesk.services.desk import Desk

ISBN = "9780306406157"
SILENT = CopyServer(
    name="Diam",
    address="http://127.0.0.1:9/",
    isbn_query="bath.isbn={isbn}",
    text_query='t="{text}"',
)


def _record(title: str, isbn: str = "") -> bytes:
    record = pymarc.Record(to_unicode=True, force_utf8=True)
    plain = pymarc.Indicators(" ", " ")
    if isbn:
        record.add_field(pymarc.Field("020", plain, [pymarc.Subfield("a", isbn)]))
    record.add_field(pymarc.Field("245", plain, [pymarc.Subfield("a", title)]))
    made: bytes = record.as_marc()
    return made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lain.mrc"
    whole = [_record("Pelaut kertas", "0-306-40615-2"), _record("Tanpa nomor")]
    path.write_bytes(b"".join(whole) + b"00099broken\x1e\x1d" + _record("Kebun", "9789791227001"))
    return path


def test_a_book_fills_its_form_from_another_librarys_file(desk: Desk, file: Path) -> None:
    assert look_up(desk, ISBN) == []
    filled = fill_isbn_index(desk, file)
    assert (filled.read, filled.added, filled.without_isbn, filled.unreadable) == (4, 2, 1, 1)
    (found,) = look_up(desk, "0306406152")
    assert (found.where, found.source, found.title) == (Where.INDEX, "lain.mrc", None)
    assert found.record is not None
    assert found.record.title == "Pelaut kertas"
    assert desk.library.value("select count(*) from title where title = 'Pelaut kertas'") == 0


def test_a_title_that_is_here_comes_first(desk: Desk, file: Path) -> None:
    fill_isbn_index(desk, file)
    added = value_of(add_title(desk, NewTitle("Milik sendiri", isbn=ISBN), 1))
    first, second = look_up(desk, ISBN)
    assert (first.where, first.title, first.record) == (Where.LIBRARY, added.title, None)
    assert second.where is Where.INDEX


def test_a_file_can_be_broken_off_and_what_was_read_is_of_use(desk: Desk, file: Path) -> None:
    shares: list[float] = []
    filled = fill_isbn_index(desk, file, progress=shares.append, stop=lambda: True)
    assert filled.stopped
    assert shares
    assert look_up(desk, ISBN)


@pytest.mark.parametrize("typed", ["", "bumi", "123", "978030640615"])
def test_what_is_no_isbn_is_not_looked_up(desk: Desk, typed: str) -> None:
    assert look_up(desk, typed) == []


def test_a_silent_catalogue_hides_no_other() -> None:
    off = CopyServer(name="Mati", address="http://127.0.0.1:9/", isbn_query="{isbn}", enabled=False)
    answers = list(ask_servers([SILENT, off, SILENT], ISBN))
    assert [answer.server.name for answer in answers] == ["Diam", "Diam"]
    assert all(one.failed and one.failed.fault is Fault.UNREACHABLE for one in answers)
    assert list(ask_servers([SILENT], ISBN, stop=lambda: True)) == []


def test_what_is_typed_stays_inside_its_quotation() -> None:
    assert query_for(SILENT, "0-306-40615-2") == f"bath.isbn={ISBN}"
    assert query_for(SILENT, 'bumi" or 1=1\nquit') == 't="bumi or 1=1 quit"'
    assert query_for(SILENT, ' "" ') is None


def test_the_list_of_catalogues_is_the_librarys_own(desk: Desk, head: Desk) -> None:
    assert copy_servers(desk) == shipped_servers()
    refusal_of(set_copy_servers(desk, [SILENT]), Reason.RIGHT_MISSING)
    assert value_of(set_copy_servers(head, [SILENT])) == (SILENT,)
    assert copy_servers(head) == (SILENT,)
