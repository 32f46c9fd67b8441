"""The new device's part of being enrolled, free of I/O: what it asks, and whether to believe it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from perpusdesk.protocol import keys, sealing
from perpusdesk.protocol.certificates import Certificate
from perpusdesk.protocol.enrolment import (
    REPLACED,
    VERSION,
    EnrolError,
    EnrolFault,
    EnrolRefused,
    EnrolRequest,
    read_answer,
    write_request,
)
from perpusdesk.protocol.enrolment_code import EnrolmentCode

Random = Callable[[int], bytes]
_USUAL_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Applicant:
    """The device that wants to join: its id, private key and name.

    One that has data says of which library, at which branch it stands, its own number, and the
    highest device number it knows of.
    """

    device: bytes
    private: bytes
    name: str
    program: str
    library: bytes | None = None
    branch: bytes | None = None
    number: int = 0
    highest: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A request under way; it stays in memory, and each attempt makes a new one."""

    code: EnrolmentCode
    request: bytes
    exchange: bytes


@dataclass(frozen=True, slots=True)
class Joined:
    """Admitted: everything that the device keeps from now on."""

    certificate: Certificate
    certificate_data: bytes
    authority: bytes
    library: bytes
    library_name: str
    secret: bytes
    server: bytes


@dataclass(frozen=True, slots=True)
class NotJoined:
    """Not admitted, with what people should know of it; nothing was changed on either side."""

    reason: EnrolFault
    facts: Mapping[str, str] = field(default_factory=dict)


def ask(code: EnrolmentCode, applicant: Applicant, random: Random) -> Asked | NotJoined:
    """Return what to send to the server that the code names."""
    other = code.library is not None and applicant.library not in (None, code.library)
    if other:
        return NotJoined(EnrolFault.WRONG_LIBRARY)
    exchange = random(sealing.KEY_BYTES)
    request = EnrolRequest(
        version=VERSION if applicant.device == REPLACED else _USUAL_VERSION,
        code=b"",
        device=applicant.device,
        key=keys.public_of(applicant.private),
        exchange=sealing.public_of(exchange),
        nonce=random(16),
        name=applicant.name,
        program=applicant.program,
        library=applicant.library,
        branch=applicant.branch,
        number=applicant.number,
        highest=applicant.highest,
    )
    return Asked(code, write_request(request, code.secret, applicant.private), exchange)


def hear(asked: Asked, answer: bytes) -> Joined | NotJoined:
    """Return what the server's answer comes to; what no such server said is not believed."""
    try:
        heard = read_answer(answer, asked.request, asked.code.authority)
        if isinstance(heard, EnrolRefused):
            known = heard.reason in set(EnrolFault)
            reason = EnrolFault(heard.reason) if known else EnrolFault.NEWER_PROGRAM
            return NotJoined(reason, heard.facts)
        welcome, certificate = heard
        if asked.code.library not in (None, welcome.library):
            return NotJoined(EnrolFault.NOT_THE_SERVER, {"server": asked.code.server})
        secret = sealing.unseal(asked.exchange, welcome.secret)
    except (EnrolError, sealing.SealError):  # a login page of the network, another server
        return NotJoined(EnrolFault.NOT_THE_SERVER, {"server": asked.code.server})
    return Joined(
        certificate=certificate,
        certificate_data=welcome.certificate,
        authority=welcome.authority,
        library=welcome.library,
        library_name=welcome.library_name,
        secret=secret,
        server=welcome.server,
    )
