"""What devices signed against what the file says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from helpers import insider
from helpers.certified import AUTHORITY, Device, device_in, exchange
from perpusdesk.protocol import keys
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.chain import carry_over
from perpusdesk.storage.chain_check import Kind, compare, heads, verify
from perpusdesk.storage.check import rebuild
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.package_check import verify_packages

PUBLIC = keys.public_of(AUTHORITY)


def write(device: Device, count: int) -> None:
    """Write some members, and let the device sign them."""
    for number in range(count):
        action = Action("register_member")
        member = device.library.new_id()
        action.set("member", member, {"name": f"Anggota {number}", "card": str(number)}, fresh=True)
        device.library.write(action)
        device.store.seal()


@pytest.fixture
def server(tmp_path: Path) -> Library:
    """A library that has the packages of another device too."""
    server = device_in(tmp_path / "server", 1)
    desk = device_in(tmp_path / "desk", 2, like=server.library)
    for one in (server, desk):
        one.introduce(server, desk)
    write(desk, 5)
    write(server, 2)
    exchange(desk, server)
    desk.library.close()
    assert server.library.value("select count(*) from package") == 7
    assert verify_packages(server.library, PUBLIC) == []
    return server.library


def foreign(library: Library) -> int:
    query = "select number from stream where device <> ?"
    number: int = library.value(query, library.device)
    return number


def test_an_op_that_is_not_what_its_device_signed(server: Library) -> None:
    insider.other_payload(server, foreign(server), 3)
    insider.chain_again(server)
    assert verify(server) == []
    (found,) = verify_packages(server)
    assert (found.kind, found.first, found.last) == (Kind.NOT_SIGNED, 3, 3)


def test_who_did_it_is_signed_too(server: Library) -> None:
    query = "update op set staff = ? where stream = ? and seq = 2"
    insider.edit(server, query, bytes(16), foreign(server))
    assert [one.kind for one in verify_packages(server)] == [Kind.NOT_SIGNED]


def test_an_op_that_is_gone_is_still_in_its_package(server: Library) -> None:
    insider.edit(server, "delete from op where stream = ? and seq = 5", foreign(server))
    insider.chain_again(server)
    assert verify(server) == []
    assert [one.kind for one in verify_packages(server)] == [Kind.NOT_SIGNED]


Edit = Callable[[Library], object]


def flip(library: Library) -> None:
    """Change one byte of the body of a package."""
    body = bytearray(library.value("select body from package where arrival = 3"))
    body[-1] ^= 1
    insider.edit(library, "update package set body = ? where arrival = 3", bytes(body))


def signed_by_another(library: Library) -> None:
    """Sign a package anew with a key of one's own."""
    body = library.value("select body from package where arrival = 3")
    signature = keys.sign(bytes(32), keys.package_bytes(library.id, body))
    insider.edit(library, "update package set signature = ? where arrival = 3", signature)


@pytest.mark.parametrize(
    ("run", "kind"),
    [
        (flip, Kind.PACKAGE_CHANGED),
        (signed_by_another, Kind.PACKAGE_CHANGED),
        (lambda one: insider.edit(one, "delete from package where arrival = 7"), Kind.PACKAGE_GONE),
        (lambda one: insider.edit(one, "delete from package where arrival = 3"), Kind.PACKAGE_GONE),
        (
            lambda one: insider.edit(one, "update package set hash = x'00' where arrival = 3"),
            Kind.PACKAGE_CHANGED,
        ),
        (
            lambda one: insider.edit(
                one, "update package set first_seq = 2, last_seq = 2 where first_seq = 1"
            ),
            Kind.PACKAGE_CHANGED,
        ),
    ],
)
def test_a_package_cannot_be_edited(server: Library, run: Edit, kind: Kind) -> None:
    run(server)
    assert kind in {one.kind for one in verify_packages(server)}


def test_a_certificate_that_the_authority_never_signed_proves_nothing(server: Library) -> None:
    other = keys.public_of(bytes(range(1, 33)))
    assert {one.kind for one in verify_packages(server, other)} == {Kind.PACKAGE_CHANGED}


def blank(library: Library, stream: int, fields: dict[str, str]) -> None:
    """Let the second op of a stream say less."""
    payload = wire.encode({"fields": fields})
    insider.edit(library, "update op set payload = ? where stream = ? and seq = 2", payload, stream)


def test_what_privacy_blanked_is_not_compared(server: Library) -> None:
    stream = foreign(server)
    with server.filling() as door:
        door.chain.keep(stream, [2])
    blank(server, stream, {"name": "", "card": ""})
    assert verify_packages(server) == []
    blank(server, stream, {"name": "", "card": "1"})
    assert verify_packages(server) == []
    blank(server, stream, {"name": "", "card": "7"})
    assert [one.kind for one in verify_packages(server)] == [Kind.NOT_SIGNED]
    blank(server, stream, {"name": "", "card": ""})
    insider.edit(server, "update op set verb = 'lend' where stream = ? and seq = 2", stream)
    assert [one.kind for one in verify_packages(server)] == [Kind.NOT_SIGNED]


def test_chains_are_carried_over_to_a_file_made_anew(server: Library, tmp_path: Path) -> None:
    held = heads(server)
    made = rebuild(server, tmp_path / "anew")
    with made.local_work() as database:
        carry_over(server.database, database)
    made.close()
    again = Library.open(made.folder)
    assert verify(again) == compare(again, held) == []
    again.ingest([])
    write_one = Action("register_member")
    write_one.set("member", again.new_id(), {"name": "Baru"}, fresh=True)
    again.write(write_one)
    assert verify(again) == compare(again, held) == []
    insider.other_payload(again, insider.stream_of(again), 3)
    assert [one.kind for one in verify(again)] == [Kind.CHANGED]
    again.close()
