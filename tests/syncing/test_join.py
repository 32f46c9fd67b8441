"""A device joins: new, with a library of its own, and again after its key was lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes

import pytest

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol import keys
from perpusdesk.protocol.enrolment import EnrolFault
from perpusdesk.services.cataloguing.copy_numbers import Number, Proposal, propose
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.storage.key_store import KeyStore
from perpusdesk.storage.library import Library
from perpusdesk.syncing.admission import certified_server
from perpusdesk.syncing.authority import authority_of
from perpusdesk.syncing.book import LibraryBook
from perpusdesk.syncing.enrolment import Joined, NotJoined
from perpusdesk.syncing.join import join_new, join_with
from perpusdesk.syncing.membership import (
    device_key,
    library_secret,
    membership,
    own_certificate,
)
from syncing.enrolling import SERVER, Server, make_server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = make_server(tmp_path / "server")
    yield made
    made.library.close()


class Wire:
    """The way to a server; ``lost`` loses that many answers after the server gave them."""

    def __init__(self, server: Server, lost: int = 0) -> None:
        self.server = server
        self.lost = lost

    def __call__(self, url: str, request: bytes, pin: bytes | None) -> bytes:
        assert (url, pin) == (SERVER, None)
        answer = self.server.answer(request)
        if self.lost:
            self.lost -= 1
            raise KnownError(Fault.UNREACHABLE, server=url)
        return answer


def test_a_new_device_has_its_library_and_everything_it_needs(
    server: Server, tmp_path: Path
) -> None:
    branch = server.library.new_id().bytes
    store = KeyStore(tmp_path / "van")
    joined = join_new(
        tmp_path / "van", server.code("van", branch=branch), "Mobil", store, Wire(server)
    )
    assert isinstance(joined, Library)
    with joined as library:
        assert library.id == server.library.id
        assert library.device != server.library.device
        known, certificate = membership(library), own_certificate(library)
        assert known is not None
        assert certificate is not None
        assert (known.url, known.authority) == (SERVER, server.authority.public)
        assert known.server == server.library.device
        private = device_key(store, library.device)
        assert private is not None
        assert keys.public_of(private) == certificate.key
        assert library_secret(store, library.device) == server.authority.secret
        assert open_desk(library).branch.bytes == branch
        kept = (tmp_path / "van" / "library.db").read_bytes()
        assert private not in kept
        assert server.authority.secret not in kept


def test_a_new_device_makes_its_own_numbers_before_the_first_exchange(
    server: Server, tmp_path: Path
) -> None:
    made = []
    for name in ("satu", "dua"):
        joined = join_new(
            tmp_path / name, server.code(), name, KeyStore(tmp_path / name), Wire(server)
        )
        assert isinstance(joined, Library)
        with joined as library:
            found = propose(open_desk(library), Number.BARCODE, 1)
            assert isinstance(found, Proposal)
            made += found.texts
    assert len(set(made)) == 2


def test_a_lost_answer_does_not_use_the_code_up(server: Server, tmp_path: Path) -> None:
    code, wire, store = server.code(), Wire(server, lost=2), KeyStore(tmp_path / "new")
    for _ in range(2):
        with pytest.raises(KnownError):
            join_new(tmp_path / "new", code, "Meja", store, wire)
        assert not (tmp_path / "new").exists()
    joined = join_new(tmp_path / "new", code, "Meja", store, wire)
    assert isinstance(joined, Library)
    joined.close()
    assert server.library.value("select count(*) from device") == 2
    assert not [path for path in store.files.iterdir() if "pending" in path.name]


def test_a_desk_joins_an_empty_server_with_all_it_has(tmp_path: Path) -> None:
    server = make_server(tmp_path / "empty", empty=True)
    desk = create_library(tmp_path / "desk", NewLibrary("Perpustakaan Contoh", "Pusat"))
    store = KeyStore(tmp_path / "desk")
    ops, had = desk.value("select count(*) from op"), desk.id
    joined = join_with(desk, server.code("admin"), store, Wire(server))
    assert isinstance(joined, Joined)
    assert joined.certificate.number == 1
    assert joined.certificate.name == "Pusat"
    assert server.library.id == had == desk.id
    assert desk.value("select count(*) from op") == ops
    certificate = own_certificate(desk)
    assert certificate is not None
    assert certificate.may_revoke
    desk.close()
    server.library.close()


def test_a_desk_with_another_library_stays_as_it_is(server: Server, tmp_path: Path) -> None:
    desk = create_library(tmp_path / "desk", NewLibrary("Perpustakaan Lain", "Pusat"))
    refused = join_with(desk, server.code(), KeyStore(tmp_path / "desk"), Wire(server))
    assert isinstance(refused, NotJoined)
    assert refused.reason is EnrolFault.WRONG_LIBRARY
    assert membership(desk) is None
    desk.close()


def test_a_device_without_its_key_comes_back_by_a_code_for_it(
    server: Server, tmp_path: Path
) -> None:
    store = KeyStore(tmp_path / "new")
    joined = join_new(tmp_path / "new", server.code(), "Meja", store, Wire(server))
    assert isinstance(joined, Library)
    with joined as library:
        before = own_certificate(library)
        assert before is not None
        for path in store.files.iterdir():
            path.unlink()
        heard = join_with(library, server.code(), store, Wire(server))
        assert isinstance(heard, NotJoined)
        assert heard.reason is EnrolFault.DEVICE_KNOWN
        server.time.passes(days=1)
        code = server.code(device=library.device)
        assert isinstance(join_with(library, code, store, Wire(server)), Joined)
        after = own_certificate(library)
        assert after is not None
        assert (after.number, after.device) == (before.number, before.device)
        private = device_key(store, library.device)
        assert private is not None
        assert after.key == keys.public_of(private) != before.key


def test_no_second_library_is_put_over_a_first(server: Server, tmp_path: Path) -> None:
    create_library(tmp_path / "desk", NewLibrary("Perpustakaan Contoh", "Pusat")).close()
    code = server.code()
    with pytest.raises(KnownError) as caught:
        join_new(tmp_path / "desk", code, "Meja", KeyStore(tmp_path / "desk"), Wire(server))
    assert caught.value.fault is Fault.ALREADY_OPEN
    assert server.library.value("select count(*) from device") == 1


def test_a_server_s_authority_is_made_once_and_never_in_place_of_a_lost_one(
    tmp_path: Path,
) -> None:
    library = Library.create(tmp_path / "server")
    store = KeyStore(tmp_path / "server")
    made = authority_of(store, library, "Server", token_bytes)
    assert authority_of(store, library, "Server", token_bytes) == made
    book = LibraryBook(library, made.public)
    certified_server(library.id, book, made, 1_000)
    for path in store.files.iterdir():
        path.unlink()
    with pytest.raises(KnownError) as caught:
        authority_of(store, library, "Server", token_bytes)
    assert caught.value.fault is Fault.KEYS_LOST
    assert list(store.files.iterdir()) == []
    library.close()
