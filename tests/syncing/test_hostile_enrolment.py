"""Thousands of forged, cut and mixed requests: each is refused with a reason, changing nothing."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from secrets import token_bytes

import msgspec
import pytest

from perpusdesk.protocol import certificates, keys
from perpusdesk.protocol.certificates import CertificateError
from perpusdesk.protocol.enrolment import EnrolFault, read_request, write_request
from perpusdesk.syncing.enrolment import ask
from syncing.enrolling import Server, applicant, make_server, with_data


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = make_server(tmp_path / "server")
    yield made
    made.library.close()


def hostile(server: Server, dice: random.Random, count: int) -> Iterator[bytes]:
    """Yield requests as an enemy on the line, in the library or with an old code makes them."""
    code, used = server.code(), server.code()
    who = applicant()
    server.joined(used, who)
    good = ask(code, applicant(), token_bytes)
    late = ask(used, applicant(), token_bytes)
    other = ask(code, with_data(applicant(), token_bytes(16)), token_bytes)
    requests = [one.request for one in (good, late) if hasattr(one, "request")]
    assert len(requests) == 2
    assert not hasattr(other, "request")
    told = read_request(requests[0])
    for _ in range(count):
        which = dice.randrange(6)
        base = dice.choice(requests)
        if which == 0:
            place = dice.randrange(len(base))
            yield base[:place] + bytes([base[place] ^ dice.randrange(1, 256)]) + base[place + 1 :]
        elif which == 1:
            yield base[: dice.randrange(len(base))]
        elif which == 2:
            yield dice.randbytes(dice.randrange(600))
        elif which == 3:
            yield base + dice.randbytes(dice.randrange(1, 5_000))
        elif which == 4:  # another device claims the code of the first without its secret
            stolen = msgspec.structs.replace(told, device=dice.randbytes(16))
            yield msgspec.msgpack.encode(stolen)
        else:  # the right form, a secret that was guessed
            yield write_request(told, dice.randbytes(10), dice.randbytes(32))


def refused_all(server: Server, count: int) -> None:
    dice = random.Random(20261122)
    requests = hostile(server, dice, count)
    first = next(requests)
    before = state(server)
    reasons = set()
    for request in (first, *requests):
        answer = msgspec.msgpack.decode(server.answer(request))
        assert answer[0] == 2, request
        reasons.add(answer[1])
    assert state(server) == before
    assert {EnrolFault.MALFORMED, EnrolFault.CODE_UNKNOWN} <= reasons
    assert isinstance(server.joined(server.code(), applicant()).certificate.number, int)


def state(server: Server) -> tuple[object, ...]:
    return (
        server.library.digest(),
        server.library.rows("select hash, value from enrol_code order by hash"),
        server.library.rows("select short, key, data from certificate order by short, key"),
    )


def test_hostile_requests_change_nothing(server: Server) -> None:
    refused_all(server, 1_000)


@pytest.mark.slow
def test_very_many_hostile_requests_change_nothing(server: Server) -> None:
    refused_all(server, 20_000)


@pytest.mark.slow
def test_very_many_changed_certificates_are_refused(server: Server) -> None:
    dice = random.Random(7)
    joined = server.joined(server.code(), applicant())
    good, public = joined.certificate_data, keys.public_of(server.authority.private)
    for _ in range(20_000):
        changed = bytearray(good)
        for _ in range(dice.randrange(1, 4)):
            changed[dice.randrange(len(changed))] ^= dice.randrange(1, 256)
        data = bytes(changed[: dice.randrange(1, len(changed) + 1)])
        if data != good:
            with pytest.raises(CertificateError):
                certificates.read(data, public)
