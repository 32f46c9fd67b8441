"""Wishes and messages over real HTTP: kept once, bounded, plain, shut until staff open them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from html import unescape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest

from helpers.library import value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.complaints import Channel
from perpusdesk.phone.typed import sent_fields, tidy
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaint_lists import ComplaintLine, complaint_lines
from perpusdesk.services.feedback.phone_offers import Offer, set_phone_offers
from perpusdesk.services.feedback.wish_lists import wish_lines
from perpusdesk.services.feedback.wishes import WishForm, add_wish
from phone.conftest import Branch
from phone.test_site import Phone

WISHES, MESSAGES = "/usul", "/pesan"
SAID = {"kind": "complaint", "text": "Lampu ruang baca mati"}


def offer(branch: Branch, offers: Collection[Offer] = frozenset(Offer)) -> None:
    value_of(branch.on_desk(lambda desk: set_phone_offers(branch.desk, offers)))


def wish(branch: Branch, title: str, author: str = "") -> UUID:
    """Note a wish at the desk."""
    found: UUID = value_of(
        branch.on_desk(lambda desk: add_wish(branch.desk, WishForm(title, author)))
    )
    return found


def votes(branch: Branch) -> dict[str, int]:
    """Return the votes by title."""
    lines = branch.on_desk(wish_lines)
    return {line.row.title: line.row.votes for line in lines}


def messages(branch: Branch) -> list[ComplaintLine]:
    """Return the register."""
    found: list[ComplaintLine] = branch.on_desk(complaint_lines)
    return found


@pytest.fixture
def phone(branch: Branch) -> Phone:
    offer(branch)
    return Phone(branch)


def number(phone: Phone, path: str) -> str:
    """Open a form; return where it is sent."""
    status, told, _page = phone.ask("GET", path)
    assert status == 303
    return told["location"]


def test_off_until_staff_turn_it_on(branch: Branch) -> None:
    phone = Phone(branch)
    assert [phone.ask("GET", path)[0] for path in (WISHES, MESSAGES)] == [410, 410]
    start = phone.ask("GET", "/")[2]
    assert branch.survey.name in start and WISHES not in start and MESSAGES not in start
    offer(branch, {Offer.WISHES})
    start = phone.ask("GET", "/")[2]
    assert f'href="{WISHES}"' in start and branch.survey.name not in start
    assert phone.ask("GET", f"/s/{branch.survey.id}")[0] == 410
    path = number(phone, WISHES)
    offer(branch, set())
    assert phone.send(path, {"title": "Hujan"})[0] == 410 and votes(branch) == {}
    assert "Tidak ada yang diisi" in phone.ask("GET", "/")[2]


def test_a_title_is_wished_for_and_others_supported_once(branch: Branch, phone: Phone) -> None:
    known = wish(branch, "Laut Senja", "Laras Contoh")
    path = number(phone, WISHES)
    page = phone.ask("GET", path)[2]
    assert "Laut Senja" in page and "Laras Contoh · 1 dukungan" in page
    sent = {"title": "Hujan di Pasar", "author": "Budi", "why": "untuk tugas", "vote": str(known)}
    status, told, _page = phone.send(path, sent)
    assert (status, told["location"]) == (303, f"{WISHES}/thanks")
    assert phone.send(path, sent)[0] == 303  # sent again
    assert phone.ask("GET", path)[1]["location"] == f"{WISHES}/thanks"  # gone back to
    assert "usulan Anda tersimpan" in phone.ask("GET", f"{WISHES}/thanks")[2]
    assert votes(branch) == {"Laut Senja": 2, "Hujan di Pasar": 1}
    line = next(one for one in branch.on_desk(wish_lines) if one.row.title == "Hujan di Pasar")
    assert (line.row.source, line.row.note) == ("phone", "untuk tugas")
    shown = phone.ask("GET", number(phone, WISHES))[2]
    assert "Hujan di Pasar" not in shown  # nobody of the house has read it yet
    assert "untuk tugas" not in shown


def test_what_is_no_wish_is_said_and_kept_on_the_page(branch: Branch, phone: Phone) -> None:
    path = number(phone, WISHES)
    for sent in (
        {},
        {"title": "  \u200b\x00 "},
        {"author": "Budi"},
        {"title": "x" * 201},
        {"title": "Hujan", "why": "y" * 301},
        {"vote": "nonsense"},
        {"vote": str(UUID(int=7))},
    ):
        status, _told, page = phone.send(path, sent)
        assert status == 422 and 'role="alert"' in page, sent
        assert sent.get("author", "") in page
    assert votes(branch) == {}
    assert phone.send(path, {"title": "Hujan"})[0] == 303  # the form is good for another try


def test_a_title_that_is_here_is_named(branch: Branch, phone: Phone) -> None:
    query = "select title from title where deleted = 0 limit 1"
    owned = branch.on_desk(lambda desk: desk.library.value(query))
    status, _told, page = phone.send(number(phone, WISHES), {"title": owned})
    assert status == 422 and owned in unescape(page) and "Tanyakan" in page


def test_a_message_is_noted_once_under_a_number_that_its_visitor_sees(
    branch: Branch, phone: Phone
) -> None:
    path = number(phone, MESSAGES)
    page = phone.ask("GET", path)[2]
    assert "tidak terenkripsi" in page and 'type="tel"' not in page and 'type="email"' not in page
    status, told, _page = phone.send(path, SAID)
    assert status == 303
    (line,) = messages(branch)
    assert (line.channel, line.row.contact) == (Channel.MOBILE, None)
    assert line.row.ticket in phone.ask("GET", told["location"])[2]
    assert phone.send(path, SAID)[1]["location"] == told["location"]
    assert phone.ask("GET", path)[1]["location"] == told["location"]
    assert len(messages(branch)) == 1
    for other in (f"{MESSAGES}/thanks", f"{MESSAGES}/thanks?n=guessed"):
        assert line.row.ticket not in phone.ask("GET", other)[2]
    ops = branch.on_desk(lambda desk: desk.library.ops_of(line.id))
    assert ops and {op.staff for op in ops} == {None}  # whoever wrote is no staff


def test_pressed_twice_at_once_both_see_the_same_number(branch: Branch, phone: Phone) -> None:
    path = number(phone, MESSAGES)
    places: list[str] = []

    def send() -> None:
        places.append(Phone(branch).send(path, SAID)[1]["location"])

    threads = [threading.Thread(target=send) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(set(places)) == 1 and "?n=" in places[0]
    assert len(messages(branch)) == 1


def test_what_is_no_message_is_said(branch: Branch, phone: Phone) -> None:
    path = number(phone, MESSAGES)
    for sent in (
        {"text": "Lampu mati"},
        {"kind": "complaint"},
        {"kind": "complaint", "text": " \r\n\u202e "},
        {"kind": "nonsense", "text": "Lampu mati"},
        {"kind": "praise", "text": "x" * 1_001},
    ):
        status, _told, page = phone.send(path, sent)
        assert status == 422 and 'role="alert"' in page, sent
    assert messages(branch) == []


def test_hostile_forms(branch: Branch, phone: Phone) -> None:
    path = number(phone, MESSAGES)
    assert phone.send(path, SAID, Origin="http://elsewhere.example")[0] == 403
    assert phone.send(path, SAID, Origin="null")[0] == 403
    assert phone.send(path, {**SAID, "text": "x" * 70_000})[0] == 413
    many = urlencode([("text", "x")] * 2_000).encode()
    assert phone.ask("POST", path, many)[0] == 422  # more fields than a form has
    assert phone.ask("POST", path, b"\xff\xfe=\x80")[0] == 422
    assert phone.ask("POST", MESSAGES, b"text=x")[0] == 405
    assert messages(branch) == []


def test_what_visitors_write_is_text_and_nothing_else(branch: Branch, phone: Phone) -> None:
    said = '<script>alert(1)</script>"><img src=x onerror=y>\u202eabc\x00\r\nkedua'
    page = phone.send(number(phone, MESSAGES), {"text": said})[2]
    assert "<script" not in page and "<img" not in page
    assert phone.send(number(phone, MESSAGES), {**SAID, "text": said})[0] == 303
    (line,) = messages(branch)
    assert line.row.text == '<script>alert(1)</script>"><img src=x onerror=y>abc\nkedua'
    wish(branch, "<b>Judul</b>", '"><i>x')
    page = phone.ask("GET", number(phone, WISHES))[2]
    assert "<b>Judul" not in page and "<i>x" not in page


def test_one_phone_floods_nothing(branch: Branch, phone: Phone) -> None:
    sent = [phone.send(number(phone, path), SAID)[0] for path in [MESSAGES] * 12]
    assert sent.count(303) == 10 and sent[-1] == 429
    assert len(messages(branch)) == 10
    assert phone.send(number(phone, WISHES), {"title": "Hujan"})[0] == 429  # one bucket for all
    assert votes(branch) == {}


def test_pages_asked_for_without_end_do_not_reach_the_library(
    branch: Branch, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perpusdesk.phone.server import PhoneServer

    monkeypatch.setattr("perpusdesk.phone.site._LOOKS_AT_ONCE", 5)
    monkeypatch.setattr("perpusdesk.phone.site._LOOKS_PAUSE", 3600.0)
    asked: list[int] = []

    def counted(work: Callable[[Desk], Any]) -> Any:
        asked.append(1)
        return branch.on_desk(work)

    branch.server.stop()
    branch.server = PhoneServer(counted)
    branch.server.start("127.0.0.1", 0)
    phone = Phone(branch)
    seen = [phone.ask("GET", path)[0] for path in ["/", WISHES, f"/s/{branch.survey.id}"] * 4]
    assert seen[5:] == [429] * 7 and len(asked) == 5
    assert phone.ask("GET", "/style.css")[0] == 200


def test_what_cannot_be_saved_can_be_sent_again(
    branch: Branch, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = number(phone, MESSAGES)

    def full(_desk: Desk, *_told: object) -> None:
        raise KnownError(Fault.DISK_FULL)

    with monkeypatch.context() as broken:
        broken.setattr("perpusdesk.phone.message_sheet.send_message", full)
        status, _told, page = phone.send(path, SAID)
    assert status == 503 and SAID["text"] in page and messages(branch) == []
    assert phone.send(path, SAID)[0] == 303 and len(messages(branch)) == 1


def test_addresses_that_are_none(phone: Phone) -> None:
    for path in ("/usul/x", "/pesan/f", "//elsewhere.example", "/s/", "/usul/"):
        status, told, _page = phone.ask("GET", path)
        assert status == 404 and "location" not in told, path


def test_signs_that_nobody_sees_are_left_out() -> None:
    assert tidy(" a\u202eb\ufeff\x00\x1b[0m\r\nc\u2028d ") == "ab[0m\ncd"
    assert tidy("👩\u200d🎓 Qur’ān") == "👩\u200d🎓 Qur’ān"
    assert sent_fields(b"\xff") == {}
