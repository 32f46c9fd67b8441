"""Certificates: what the authority signed is read, anything else is refused with a reason."""

from __future__ import annotations

from secrets import token_bytes

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import (
    Certificate,
    CertificateError,
    CertificateFault,
    Role,
    Scope,
    issue,
    read,
    scopes_of,
)

AUTHORITY = keys.make_key(bytes(range(32)))
PUBLIC = keys.public_of(AUTHORITY)
LIBRARY = bytes(15) + b"\1"
GOOD = Certificate(
    library=LIBRARY,
    device=bytes(15) + b"\2",
    key=keys.public_of(keys.make_key(bytes(31) + b"\3")),
    role=Role.DESK,
    branch=bytes(15) + b"\4",
    number=7,
    name="Meja depan",
    issued_ms=1_000,
    expires_ms=2_000,
)


def fault(data: bytes, public: bytes = PUBLIC, library: bytes | None = LIBRARY) -> CertificateFault:
    with pytest.raises(CertificateError) as caught:
        read(data, public, library)
    return caught.value.reason


def test_what_was_issued_is_read_again_with_its_issuer_and_what_it_may() -> None:
    certificate = read(issue(AUTHORITY, GOOD), PUBLIC, LIBRARY)
    assert (certificate.device, certificate.number, certificate.name) == (
        GOOD.device,
        7,
        "Meja depan",
    )
    assert certificate.issuer == keys.fingerprint(PUBLIC)
    assert certificate.may_push
    assert certificate.may_pull
    assert not certificate.may_enrol
    assert len(certificate.short) == 5


def test_another_authority_s_certificate_is_told_from_a_forged_one() -> None:
    other = keys.make_key(token_bytes(32))
    assert fault(issue(other, GOOD)) is CertificateFault.OTHER_AUTHORITY
    body = issue(AUTHORITY, GOOD)[64:]
    assert fault(keys.sign(other, body) + body) is CertificateFault.FORGED
    assert fault(keys.sign(AUTHORITY, body) + body) is CertificateFault.FORGED


def test_a_certificate_is_good_in_its_own_library_alone() -> None:
    data = issue(AUTHORITY, GOOD)
    assert fault(data, library=bytes(16)) is CertificateFault.WRONG_LIBRARY
    assert read(data, PUBLIC).library == LIBRARY


def test_raising_the_role_of_a_certificate_breaks_it() -> None:
    data = issue(AUTHORITY, GOOD)
    admin = msgspec.structs.replace(read(data, PUBLIC), role=Role.ADMIN, scopes=tuple(Scope))
    assert fault(data[:64] + msgspec.msgpack.encode(admin)) is CertificateFault.FORGED


@pytest.mark.parametrize(
    "changes",
    [
        {"device": b"short"},
        {"library": b""},
        {"branch": b"x"},
        {"key": bytes(31)},
        {"number": 0},
        {"number": 2**40},
        {"expires_ms": 1_000},
        {"issued_ms": -1},
    ],
)
def test_a_certificate_that_makes_no_sense_is_refused_even_when_signed(
    changes: dict[str, object],
) -> None:
    data = issue(AUTHORITY, msgspec.structs.replace(GOOD, **changes))
    assert fault(data) is CertificateFault.MALFORMED


def test_expiry_is_a_question_to_a_clock_that_is_trusted() -> None:
    certificate = read(issue(AUTHORITY, GOOD), PUBLIC)
    assert not certificate.expired(1_999)
    assert certificate.expired(2_000)


def test_a_role_of_a_newer_program_may_what_its_certificate_says() -> None:
    later = msgspec.structs.replace(GOOD, role="kiosk", scopes=("pull", "dance"))
    certificate = read(issue(AUTHORITY, later), PUBLIC)
    assert certificate.may_pull
    assert not certificate.may_push
    assert scopes_of("kiosk") == ()


@settings(max_examples=150)
@given(data=st.data())
def test_no_changed_byte_passes(data: st.DataObject) -> None:
    good = issue(AUTHORITY, GOOD)
    place = data.draw(st.integers(0, len(good) - 1))
    other = data.draw(st.integers(1, 255))
    changed = good[:place] + bytes([good[place] ^ other]) + good[place + 1 :]
    fault(changed, library=None)


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_refused_with_a_reason(data: bytes) -> None:
    fault(data)
    fault(issue(AUTHORITY, GOOD)[:64] + data)


def test_a_package_signature_is_good_in_one_library_alone() -> None:
    private = keys.make_key(token_bytes(32))
    signature = keys.sign(private, keys.package_bytes(LIBRARY, b"ops"))
    public = keys.public_of(private)
    assert keys.verify(public, signature, keys.package_bytes(LIBRARY, b"ops"))
    assert not keys.verify(public, signature, keys.package_bytes(bytes(16), b"ops"))
    assert not keys.verify(public, signature, keys.package_bytes(LIBRARY, b"opt"))
    assert not keys.verify(bytes(32), signature, b"")
    assert not keys.verify(b"", b"", b"")
