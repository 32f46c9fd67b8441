"""Whatever is sent: refused with a reason, counted, nothing changed, and the server goes on."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from random import Random
from secrets import token_bytes

import httpx2
import msgspec
import pytest

from perpusdesk.protocol import certificates, keys, messages, session
from perpusdesk.protocol.certificates import Role
from perpusdesk.protocol.messages import (
    Certificates,
    Hello,
    MarksWanted,
    OpsWanted,
    Package,
    Piece,
    Pull,
    Push,
    Pushed,
    Refusal,
)
from perpusdesk.services.library.devices import revoke_device
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import add_branch, open_desk
from perpusdesk.storage.device_book import all_certificates
from perpusdesk.syncing.connections import Connection
from perpusdesk.syncing.engine.serve import package_bytes_of
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.http_transport import test_connection as try_connection
from perpusdesk.syncing.identity import Identity
from perpusdesk.syncing.link_faults import LinkError
from perpusdesk_server.limits import Limits, Rate
from perpusdesk_server.serving import Serving
from server.places import MANY, Branch, city, code_of, joined, listening


class Place:
    """A city with one honest desk, and a stranger's HTTP client."""

    def __init__(self, serving: Serving, port: int, desk: Branch, client: httpx2.Client) -> None:
        self.serving, self.port, self.desk, self.client = serving, port, desk, client
        self.url = f"http://127.0.0.1:{port}"
        self.token = self._token()

    def _token(self) -> str:
        self.desk.link.greet()
        return self.desk.link._token

    def state(self) -> tuple[object, ...]:
        """Everything that an attack could change."""

        def look(library):
            counts = [
                library.value(f"select count(*) from {table}")
                for table in ("op", "package", "certificate", "enrol_code", "title", "branch")
            ]
            return (*counts, library.digest())

        return self.serving.within(look)

    def post(self, path: str, body: bytes, token: str | None = None) -> httpx2.Response:
        headers = {"content-type": session.MEDIA_TYPE}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        return self.client.post(self.url + path, content=body, headers=headers)

    def said(self, message: object) -> messages.Response:
        answer = self.post(session.EXCHANGE_PATH, messages.encode(message), self.token)
        assert answer.status_code == 200, answer.text
        return messages.decode_response(answer.content)

    def alive(self) -> None:
        assert self.desk.exchange().done
        assert self.client.get(self.url + "/health").json() == {"live": True, "ready": True}


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    serving = city(tmp_path / "server")
    with ExitStack() as stack:
        port = stack.enter_context(listening(serving))
        client = stack.enter_context(httpx2.Client(trust_env=False))
        desk = stack.enter_context(joined(tmp_path / "desk", code_of(serving, port)))
        assert desk.exchange().done
        yield Place(serving, port, desk, client)


def a_package(desk: Branch) -> Package:
    """A good package that the server does not have yet."""
    add_branch(open_desk(desk.library), "Cabang Jauh")
    desk.library.exchange.seal()
    lane = desk.library.exchange.after(0, 0) + desk.library.exchange.after(1, 0)
    return [one.package for one in lane if one.source is None][-1]


def test_nothing_is_exchanged_without_a_session(place: Place) -> None:
    before = place.state()
    hello = messages.encode(Hello(place.desk.library.id, place.desk.library.device))
    for token in (None, "x", "é", place.token + "x", place.token[:-1]):
        headers = {"content-type": session.MEDIA_TYPE}
        if token is not None:
            headers["authorization"] = f"Bearer {token}".encode("latin-1")
        url = place.url + session.EXCHANGE_PATH
        answer = place.client.post(url, content=hello, headers=headers)
        assert (answer.status_code, answer.json()) == (401, {"reason": "unauthorised"})
    assert place.state() == before
    place.alive()


def test_forged_replayed_and_truncated_packages(place: Place) -> None:
    package = a_package(place.desk)
    before = place.state()
    bad = {
        "forged": Package(package.body, token_bytes(64)),
        "changed": Package(package.body[:-1] + bytes([package.body[-1] ^ 1]), package.signature),
        "truncated": Package(package.body[: len(package.body) // 2], package.signature),
        "empty": Package(b"", b""),
        "no signature": Package(package.body, b""),
    }
    for what, one in bad.items():
        answer = place.said(Push([one]))
        assert isinstance(answer, Pushed), what
        assert answer.new == 0, what
        assert answer.refused or answer.unknown, what
    assert place.state() == before
    first = place.said(Push([package]))
    again = place.said(Push([package, package]))
    assert isinstance(first, Pushed) and isinstance(again, Pushed)
    assert (first.new, again.new, again.refused) == (1, 0, [])
    assert first.cursor == again.cursor
    place.alive()


def test_a_package_of_another_library_or_another_device_s_key(place: Place) -> None:
    package = a_package(place.desk)
    before = place.state()
    mine = place.desk.member.identity
    elsewhere = keys.sign(mine.private, keys.package_bytes(token_bytes(16), package.body))
    stranger = keys.sign(token_bytes(32), keys.package_bytes(mine.library, package.body))
    for signature in (elsewhere, stranger):
        answer = place.said(Push([Package(package.body, signature)]))
        assert isinstance(answer, Pushed)
        assert answer.refused == [(0, "forged")]
    assert place.state() == before


def test_pieces_that_do_not_come_to_the_package_they_name(place: Place) -> None:
    good = a_package(place.desk)
    package = Package(good.body, token_bytes(64))
    before = place.state()
    data = package_bytes_of(package)
    for digest, total, start, part in (
        (token_bytes(16), len(data), 0, data),
        (package.digest, len(data), 5, data[5:]),
        (package.digest, 10, 0, data[:20]),
        (package.digest, -5, 0, data),
        (b"", len(data), 0, data),
        (token_bytes(16), 2**62, 0, b"x"),
        (token_bytes(16), 10, -1, b"x" * 11),
    ):
        answer = place.post(
            session.EXCHANGE_PATH,
            messages.encode(Piece(digest, start, total, part)),
            place.token,
        )
        assert answer.status_code in (200, 400, 503), answer.text
    assert place.state() == before
    place.alive()


def test_a_certificate_that_no_authority_signed_is_not_kept(place: Place) -> None:
    before = place.state()
    own = certificates.read(
        place.desk.member.identity.certificate, place.serving.identity.authority
    )
    forged = certificates.issue(token_bytes(32), msgspec.structs.replace(own, role=Role.ADMIN))
    place.said(Certificates([forged, b"", token_bytes(300)]))
    assert place.state() == before


def with_certificate(place: Place, **changed: object) -> Identity:
    """The desk's identity with another certificate of the true authority."""
    mine = place.desk.member.identity
    own = certificates.read(mine.certificate, mine.authority)
    holder = place.serving.authority
    return replace(
        mine,
        certificate=certificates.issue(holder.private, msgspec.structs.replace(own, **changed)),
    )


def reason_of(place: Place, identity: Identity) -> str:
    return try_connection(Connection(place.url), identity).reason


def test_who_cannot_prove_it_is_not_let_in(place: Place) -> None:
    mine = place.desk.member.identity
    before = place.state()
    assert reason_of(place, mine) == ""
    assert reason_of(place, replace(mine, private=token_bytes(32))) == "unknown_device"
    assert reason_of(place, replace(mine, device=token_bytes(16))) == "unknown_device"
    assert reason_of(place, replace(mine, library=token_bytes(16))) == "wrong_library"
    assert reason_of(place, replace(mine, certificate=b"")) == "unknown_device"
    assert reason_of(place, replace(mine, authority=token_bytes(32))) == "not_the_server"
    forged = certificates.issue(
        token_bytes(32), certificates.read(mine.certificate, mine.authority)
    )
    assert reason_of(place, replace(mine, certificate=forged)) == "unknown_device"
    assert place.state() == before


def test_an_old_certificate_says_that_the_device_must_join_again(place: Place) -> None:
    old = with_certificate(place, issued_ms=1, expires_ms=2)
    before = place.state()
    assert reason_of(place, old) == "certificate_expired"
    assert place.state() == before


def test_a_device_that_joined_anew_locks_its_old_key_out(place: Place) -> None:
    mine = place.desk.member.identity
    own = certificates.read(mine.certificate, mine.authority)
    other = token_bytes(32)
    later = with_certificate(place, key=keys.public_of(other), issued_ms=own.issued_ms + 1)
    assert reason_of(place, replace(later, private=other)) == ""
    assert reason_of(place, mine) == "key_replaced"


def test_a_proof_is_good_once_and_at_one_server_alone(place: Place) -> None:
    mine = place.desk.member.identity
    sent: list[bytes] = []
    link = HttpLink(Connection(place.url), mine)
    post = link._post
    link._post = lambda path, data, token="": (sent.append(data), post(path, data, token))[1]
    link.greet()
    link.close()
    answer = place.post(session.PATH, sent[1])
    assert isinstance(session.decode_answered(answer.content), session.SessionRefused)
    asked = session.SessionWanted(1, mine.library, mine.device, token_bytes(16))
    told = session.decode_answered(place.post(session.PATH, session.encode(asked)).content)
    assert isinstance(told, session.Challenge)
    elsewhere = session.device_signature(
        mine.private, mine.library, mine.device, token_bytes(16), told.nonce
    )
    proof = session.Proof(mine.library, mine.device, told.nonce, mine.certificate, elsewhere)
    answer = place.post(session.PATH, session.encode(proof))
    assert isinstance(session.decode_answered(answer.content), session.SessionRefused)


def test_a_reader_adds_nothing_and_a_shut_out_device_gets_nothing(place: Place) -> None:
    package = a_package(place.desk)
    mine = place.desk.member.identity
    later = certificates.read(mine.certificate, mine.authority).issued_ms + 1
    reader = with_certificate(place, role=Role.READER, scopes=(), issued_ms=later)
    link = HttpLink(Connection(place.url), reader)
    link.greet()
    assert link.ask(Push([package])) == Refusal("may_not_push")
    link.close()
    device = place.desk.library.device

    def shut_out(library):
        from uuid import UUID

        return revoke_device(open_desk(library), UUID(bytes=device))

    assert isinstance(place.serving.within(shut_out), Done)
    hello = place.said(Hello(place.desk.library.id, device))
    assert isinstance(hello, messages.Welcome)
    assert hello.standing == "revoked"
    assert place.said(Pull(hello.cursor)) == Refusal("revoked")
    assert place.said(OpsWanted([token_bytes(16)])) == Refusal("revoked")


def test_too_long_too_fast_and_the_wrong_type(place: Place) -> None:
    before = place.state()
    long = b"\x01" * (messages.MESSAGE_BYTES + 1)
    assert place.post(session.EXCHANGE_PATH, long, place.token).status_code == 413

    def in_pieces():
        for _ in range(200):
            yield b"x" * 65536

    headers = {"content-type": session.MEDIA_TYPE, "authorization": f"Bearer {place.token}"}
    try:
        answer = place.client.post(
            place.url + session.EXCHANGE_PATH, content=in_pieces(), headers=headers
        )
        assert answer.status_code == 413
    except httpx2.NetworkError:
        pass  # it hung up in the middle, as it may
    wrong = place.client.post(
        place.url + session.EXCHANGE_PATH,
        json={},
        headers={"authorization": f"Bearer {place.token}"},
    )
    assert (wrong.status_code, wrong.json()) == (415, {"reason": "wrong_type"})
    assert place.client.get(place.url + session.PATH).status_code == 405
    assert place.client.get(place.url + "/v1/../etc/passwd").status_code == 404
    assert place.client.get(place.url + "/openapi.json").status_code == 404
    assert place.post("/v1/control", b"{}", place.token).status_code == 404
    assert place.state() == before
    place.alive()


def test_who_asks_too_often_is_told_when_to_come_back(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    serving.limits = Limits(MANY, MANY, Rate(3, 0.001), Rate(5, 0.001))
    with ExitStack() as stack:
        port = stack.enter_context(listening(serving))
        client = stack.enter_context(httpx2.Client(trust_env=False))
        desk = stack.enter_context(joined(tmp_path / "desk", code_of(serving, port)))
        place = Place(serving, port, desk, client)
        hello = messages.encode(Hello(desk.library.id, desk.library.device))

        def asks(token: str) -> httpx2.Response:
            return place.post(session.EXCHANGE_PATH, hello, token)

        assert [asks(place.token).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert int(asks(place.token).headers["retry-after"]) >= 1
        assert [asks("x").status_code for _ in range(6)] == [401] * 5 + [429]


def fuzzed(place: Place, chance: Random, good: list[bytes]) -> bytes:
    """A good message with something wrong in it, or nonsense."""
    kind = chance.randrange(5)
    if kind == 0:
        return chance.randbytes(chance.randrange(200))
    data = bytearray(chance.choice(good))
    if kind == 1:
        return bytes(data[: chance.randrange(len(data))])
    if kind == 2:
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        return bytes(data)
    if kind == 3:
        at = chance.randrange(len(data))
        return bytes(data[:at]) + chance.randbytes(chance.randrange(1, 30)) + bytes(data[at:])
    return bytes(data) + chance.randbytes(chance.randrange(1, 30))


def storm(place: Place, times: int, seed: int) -> Counter[int]:
    """Send so many fuzzed messages to each door; nothing changes but what a device may change."""
    chance = Random(seed)
    package = a_package(place.desk)
    body = bytearray(package.body)
    place.serving.limits = Limits(MANY, MANY, MANY, MANY)
    mine = place.desk.library
    wrong = Package(package.body, bytes(64))
    good = [
        messages.encode(one)
        for one in (
            Hello(mine.id, mine.device, mine.exchange.cursor()),
            Push([wrong, Package(bytes(body), bytes(64))]),
            Piece(wrong.digest, 0, 99, bytes(99)),
            Pull(mine.exchange.cursor()),
            messages.StreamsWanted([(mine.device, 5, 0)]),
            messages.HaveWanted((mine.device, 1)),
            messages.CertificatesWanted([bytes(5)]),
            MarksWanted([("title", 3)]),
            OpsWanted([bytes(16)]),
            Certificates([all_certificates(mine)[0]]),
            messages.BucketsWanted(),
        )
    ]
    asked = session.SessionWanted(1, mine.id, mine.device, token_bytes(16))
    proof = session.Proof(mine.id, mine.device, bytes(40), bytes(200), bytes(64))
    doors = [session.encode(asked), session.encode(proof)]
    before, seen = place.state(), Counter[int]()
    for number in range(times):
        if number % 4:
            answer = place.post(session.EXCHANGE_PATH, fuzzed(place, chance, good), place.token)
        else:
            path = chance.choice([session.PATH, "/v1/enrol"])
            answer = place.post(path, fuzzed(place, chance, doors))
        seen[answer.status_code] += 1
    assert place.state() == before
    return seen


def test_fuzzed_messages_change_nothing_and_are_no_bug_of_ours(place: Place) -> None:
    seen = storm(place, 400, 7)
    assert set(seen) <= {200, 400}
    assert seen[400] > 50
    place.alive()


@pytest.mark.slow
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("seed", range(4))
def test_a_storm_of_fuzzed_messages(place: Place, seed: int) -> None:
    seen = storm(place, 6_000, seed)
    assert set(seen) <= {200, 400}
    place.alive()


def test_what_is_no_server_of_the_library_gets_nothing(place: Place, tmp_path: Path) -> None:
    other = city(tmp_path / "other")
    with listening(other) as port:
        link = HttpLink(Connection(f"http://127.0.0.1:{port}"), place.desk.member.identity)
        with pytest.raises(LinkError, match="wrong_library"):
            link.greet()
        link.close()
