"""Enrolment, both sides with real keys: one use, lost answers, thieves, other libraries."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from secrets import token_bytes
from threading import Lock

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.protocol import enrolment as messages
from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import Role, read, short_name
from perpusdesk.protocol.enrolment import EnrolFault
from perpusdesk.storage import device_book
from perpusdesk.syncing.authority import RENEW_MS, VALID_MS
from perpusdesk.syncing.enrolment import Applicant, Asked, Joined, NotJoined, ask, hear
from syncing.enrolling import Server, applicant, make_server, with_data


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = make_server(tmp_path / "server")
    yield made
    made.library.close()


@pytest.fixture
def unclaimed(tmp_path: Path) -> Iterator[Server]:
    made = make_server(tmp_path / "unclaimed", empty=True)
    yield made
    made.library.close()


def asked_by(server: Server, who: Applicant, role: str = "desk") -> Asked:
    asked = ask(server.code(role), who, token_bytes)
    assert isinstance(asked, Asked)
    return asked


def reason(heard: Joined | NotJoined) -> EnrolFault:
    assert isinstance(heard, NotJoined), heard
    return heard.reason


def test_a_new_device_is_given_all_it_needs(server: Server) -> None:
    who = applicant()
    joined = server.joined(server.code("van", name="Mobil Melati"), who)
    certificate = joined.certificate
    assert certificate.device == who.device
    assert certificate.key == keys.public_of(who.private)
    assert (certificate.role, certificate.name) == ("van", "Mobil Melati")
    assert joined.secret == server.authority.secret
    assert joined.authority == server.authority.public
    assert joined.library == server.library.id
    assert read(joined.server, joined.authority, joined.library).may_enrol


def test_each_device_has_a_number_of_its_own_and_all_devices_are_told(server: Server) -> None:
    joined = [server.joined(server.code(), applicant(f"Meja {n}")) for n in range(4)]
    numbers = [one.certificate.number for one in joined]
    assert numbers == [2, 3, 4, 5]  # the server itself has the first
    rows = server.library.rows("select name, number, key, role, certificate from device")
    told = {row[1]: row for row in rows}
    for one in joined:
        name, _, key, role, data = told[one.certificate.number]
        assert (name, key, role) == (one.certificate.name, one.certificate.key, "desk")
        assert bytes(data) == one.certificate_data


def test_a_code_is_good_once(server: Server) -> None:
    code = server.code()
    server.joined(code, applicant())
    assert reason(server.admit(code, applicant())) is EnrolFault.CODE_USED


def test_a_recorded_request_gives_nothing_to_who_plays_it_again(server: Server) -> None:
    asked = asked_by(server, applicant())
    first = server.answer(asked.request)
    again = server.answer(asked.request)
    thief = asked_by(server, applicant())
    assert isinstance(hear(asked, first), Joined)
    assert reason(hear(thief, again)) is EnrolFault.NOT_THE_SERVER
    assert reason(hear(replace(asked, exchange=token_bytes(32)), again)) is (
        EnrolFault.NOT_THE_SERVER
    )
    assert server.library.value("select count(*) from certificate") == 2


def test_who_did_not_hear_the_answer_asks_again_and_is_the_same_device(server: Server) -> None:
    code, who = server.code(), applicant()
    lost = ask(code, who, token_bytes)
    assert isinstance(lost, Asked)
    server.answer(lost.request)
    ops = server.library.value("select count(*) from op")
    server.time.passes(days=3)  # long past the code's end
    joined = server.joined(code, who)
    assert joined.certificate.number == 2
    assert server.library.value("select count(*) from op") == ops


def test_a_server_that_died_between_code_and_certificate_goes_on(server: Server) -> None:
    code, who = server.code(), applicant()
    asked = ask(code, who, token_bytes)
    assert isinstance(asked, Asked)
    request = messages.read_request(asked.request)
    used = server.book.use_code(request.code, who.device, request.key, server.time.wall_ms())
    assert used
    assert server.joined(code, who).certificate.number == 2


def test_of_two_devices_with_one_code_at_once_one_comes_in(server: Server) -> None:
    code, lock = server.code(), Lock()

    def admitted(who: Applicant) -> Joined | NotJoined:
        with lock:  # the shell's lock round the library
            return server.admit(code, who)

    with ThreadPoolExecutor(4) as pool:
        heard = list(pool.map(admitted, [applicant() for _ in range(4)]))
    assert sum(isinstance(one, Joined) for one in heard) == 1
    assert {reason(one) for one in heard if isinstance(one, NotJoined)} == {EnrolFault.CODE_USED}


def test_a_code_is_used_by_the_first_even_when_both_were_checked(server: Server) -> None:
    request = messages.read_request(asked_by(server, applicant()).request)
    assert server.book.use_code(request.code, b"a" * 16, b"a" * 32, 1)
    assert not server.book.use_code(request.code, b"b" * 16, b"b" * 32, 1)


def test_the_server_s_clock_alone_says_when_a_code_is_over(server: Server) -> None:
    code, late = server.code(), server.code()
    server.time.passes(hours=23, minutes=59)
    # the device's clock is nowhere in the request, so one of 1980 or 2099 changes nothing
    assert isinstance(server.admit(replace(code, expires_s=1), applicant()), Joined)
    server.time.passes(minutes=1)
    assert reason(server.admit(late, applicant())) is EnrolFault.CODE_EXPIRED


def test_a_wrong_secret_opens_nothing(server: Server) -> None:
    code = replace(server.code(), secret=token_bytes(10))
    assert reason(server.admit(code, applicant())) is EnrolFault.CODE_UNKNOWN


def test_the_database_of_the_server_does_not_tell_the_secret(server: Server) -> None:
    code = server.code()
    kept = b"".join(key + msgspec.msgpack.encode(r) for key, r in device_book.codes(server.library))
    assert code.secret not in kept
    assert messages.code_key(code.secret) not in kept
    # and who read it cannot prove that he has the code
    key = device_book.codes(server.library)[0][0]
    asked = asked_by(server, applicant())
    request = messages.read_request(asked.request)
    forged = msgspec.structs.replace(request, code=key)
    assert reason(hear(asked, server.answer(msgspec.msgpack.encode(forged)))) is (
        EnrolFault.CODE_UNKNOWN
    )


def test_somebody_else_s_key_is_not_certified(server: Server) -> None:
    code = server.code()
    mine = applicant()
    other = keys.public_of(keys.make_key(token_bytes(32)))
    request = messages.read_request(asked_by(server, mine).request)
    forged = messages.write_request(
        msgspec.structs.replace(request, key=other), code.secret, mine.private
    )
    heard = msgspec.msgpack.decode(server.answer(forged))
    assert heard[1] == EnrolFault.MALFORMED


def test_another_server_is_not_believed(server: Server, tmp_path: Path) -> None:
    other = make_server(tmp_path / "other")
    asked = asked_by(server, applicant())
    request = messages.read_request(asked.request)
    record = device_book.code(server.library, request.code)
    assert record is not None
    device_book.put_code(other.library, request.code, record)
    assert reason(hear(asked, other.answer(asked.request))) is EnrolFault.NOT_THE_SERVER
    other.library.close()


def test_an_authority_of_its_own_does_not_pass_for_the_library_s(
    server: Server, tmp_path: Path
) -> None:
    impostor = make_server(tmp_path / "impostor", library=server.library.id)
    asked = asked_by(server, applicant())
    request = messages.read_request(asked.request)
    record = device_book.code(server.library, request.code)
    assert record is not None
    device_book.put_code(impostor.library, request.code, record)
    answer = impostor.answer(asked.request)
    with pytest.raises(messages.EnrolError) as caught:
        messages.read_answer(answer, asked.request, asked.code.authority)
    assert caught.value.reason is EnrolFault.NOT_THE_SERVER
    impostor.library.close()


def test_an_answer_belongs_to_one_request(server: Server) -> None:
    code, who = server.code(), applicant()
    first, second = ask(code, who, token_bytes), ask(code, who, token_bytes)
    assert isinstance(first, Asked)
    assert isinstance(second, Asked)
    answer = server.answer(first.request)
    with pytest.raises(messages.EnrolError) as caught:
        messages.read_answer(answer, second.request, code.authority)
    assert caught.value.reason is EnrolFault.NOT_THE_SERVER
    assert isinstance(hear(first, answer), Joined)


def test_a_desk_with_data_of_another_library_is_refused_and_nothing_is_used_up(
    server: Server,
) -> None:
    code = server.code()
    stranger = with_data(applicant(), token_bytes(16))
    assert reason(server.admit(code, stranger)) is EnrolFault.WRONG_LIBRARY
    # also when the code does not name the library
    blind = replace(code, library=None)
    assert reason(server.admit(blind, stranger)) is EnrolFault.WRONG_LIBRARY
    assert isinstance(server.admit(code, applicant()), Joined)


def test_an_empty_server_takes_over_the_library_of_the_first_desk(unclaimed: Server) -> None:
    code = unclaimed.code("admin")
    assert code.library is None
    first = with_data(applicant(), token_bytes(16), number=3)
    joined = unclaimed.joined(code, first)
    assert joined.library == first.library == unclaimed.library.id
    assert joined.certificate.number == 3
    assert joined.certificate.branch == first.branch
    assert joined.certificate.role == Role.ADMIN
    assert read(joined.server, joined.authority).number == 4
    # what the desk says of itself is left to the desk
    name = unclaimed.library.value("select name from device where id = ?", first.device)
    assert name is None
    assert unclaimed.joined(unclaimed.code(), applicant()).certificate.number == 5
    other = with_data(applicant(), token_bytes(16))
    assert reason(unclaimed.admit(unclaimed.code(), other)) is EnrolFault.WRONG_LIBRARY


def test_an_empty_device_finds_nothing_at_an_empty_server(unclaimed: Server) -> None:
    assert reason(unclaimed.admit(unclaimed.code(), applicant())) is EnrolFault.NOTHING_TO_JOIN


def test_a_number_that_another_device_has_is_not_given_twice(server: Server) -> None:
    second = with_data(applicant(), server.library.id, number=1)
    assert server.joined(server.code(), second).certificate.number == 2
    row = server.library.value("select number from device where id = ?", second.device)
    assert row == 2


def test_a_device_that_lost_its_key_needs_a_code_for_itself(server: Server) -> None:
    who = applicant()
    before = server.joined(server.code(), who)
    fresh = replace(who, private=keys.make_key(token_bytes(32)))
    heard = server.admit(server.code(), fresh)
    assert reason(heard) is EnrolFault.DEVICE_KNOWN
    after = server.joined(server.code(device=who.device), fresh)
    assert after.certificate.number == before.certificate.number
    kept = device_book.certificates(server.library, short_name(who.device))
    assert {read(data, after.authority).key for data in kept} == {
        before.certificate.key,
        after.certificate.key,
    }


def test_a_code_for_one_device_is_no_good_for_another(server: Server) -> None:
    who = applicant()
    server.joined(server.code(), who)
    code = server.code(device=who.device)
    assert reason(server.admit(code, applicant())) is EnrolFault.CODE_FOR_ANOTHER


def test_two_devices_never_share_the_short_name_by_which_packages_call_them(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.joined(server.code(), applicant())
    monkeypatch.setattr("perpusdesk.protocol.certificates.short_name", lambda _: b"same!")
    monkeypatch.setattr("perpusdesk.syncing.book.short_name", lambda _: b"same!")
    server.joined(server.code(), applicant())
    assert reason(server.admit(server.code(), applicant())) is EnrolFault.DEVICE_KNOWN


def test_a_certificate_is_renewed_long_before_its_end(server: Server) -> None:
    joined = server.joined(server.code(), applicant())
    book, now = server.book, server.time.wall_ms()
    assert book.renew(server.authority, now + VALID_MS - RENEW_MS - 1) == 0
    assert book.renew(server.authority, now + VALID_MS - RENEW_MS) == 2  # and the server's own
    later = book.certificates(joined.certificate.device)[0]
    assert later.expires_ms > joined.certificate.expires_ms
    assert later.number == joined.certificate.number
    row = server.library.value(
        "select certificate from device where id = ?", joined.certificate.device
    )
    assert bytes(row) == book.data_of(later)


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_any_request_is_answered_and_nothing_changes(data: st.DataObject) -> None:
    good = messages.write_request(
        messages.EnrolRequest(1, b"", bytes(16), GOOD_KEY, bytes(32), bytes(16), "Meja", "1"),
        bytes(10),
        PRIVATE,
    )
    junk = data.draw(st.binary(max_size=300))
    place = data.draw(st.integers(0, len(good) - 1))
    for request in (
        junk,
        good[:place],
        good[:place] + junk,
        good[:place] + b"\xff" + good[place + 1 :],
    ):
        if request == good:
            continue
        with pytest.raises(messages.EnrolError):
            messages.read_request(request)


@settings(max_examples=120, deadline=None)
@given(st.binary(max_size=300))
def test_any_answer_is_believed_only_from_the_authority(data: bytes) -> None:
    try:
        heard = messages.read_answer(data, b"asked", bytes(16))
    except messages.EnrolError:
        return
    assert isinstance(heard, messages.EnrolRefused)


PRIVATE = keys.make_key(bytes(32))
GOOD_KEY = keys.public_of(PRIVATE)
