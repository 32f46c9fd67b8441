"""One request to a server: an enrolment over HTTP."""

from __future__ import annotations

import ssl
from typing import Final

import httpx2

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.enrolment import MOST_BYTES, PATH, EnrolError, EnrolFault
from perpusdesk.syncing.tls import acceptable, context_for, plain_is_safe

TIMEOUT_S: Final = 30.0
TYPE: Final = "application/msgpack"
_NOT_TODAY: Final = frozenset({9, 10})
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""


def post_enrolment(
    server: str, request: bytes, pin: bytes | None, *, allow_plain: bool = False
) -> bytes:
    """Return the server's answer, which may be anything that it sent.

    Raises ``EnrolError``: NOT_SECURE without TLS (but for this machine, or ``allow_plain``),
    NOT_THE_SERVER for another certificate, CLOCK_WRONG for one that does not hold today by this
    computer's clock; ``KnownError`` (UNREACHABLE, ``why`` tells the cause).
    """
    if not acceptable(server, allow_plain=allow_plain):
        raise EnrolError(EnrolFault.NOT_SECURE, server=server)
    try:
        with httpx2.Client(
            verify=context_for(pin), timeout=TIMEOUT_S, trust_env=not plain_is_safe(server)
        ) as client:
            return _answer(client, server, request)
    except httpx2.HTTPError as error:
        if fault := _certificate_fault(error):
            raise EnrolError(fault, server=server) from error
        raise KnownError(Fault.UNREACHABLE, server=server, why=type(error).__name__) from error


def _answer(client: httpx2.Client, server: str, request: bytes) -> bytes:
    headers = {"content-type": TYPE, "accept": TYPE}
    with client.stream("POST", server + PATH, content=request, headers=headers) as answer:
        if answer.status_code == httpx2.codes.TOO_MANY_REQUESTS:
            raise KnownError(Fault.UNREACHABLE, server=server, why="busy")
        if answer.status_code != httpx2.codes.OK:
            raise KnownError(Fault.UNREACHABLE, server=server, why=f"HTTP {answer.status_code}")
        body = b""
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > 4 * MOST_BYTES:
                break
        return body


def _certificate_fault(error: BaseException | None) -> EnrolFault | None:
    """Return what a failure of TLS means, ``None`` when it was none of its certificate."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            by_clock = getattr(error, "verify_code", 0) in _NOT_TODAY
            return EnrolFault.CLOCK_WRONG if by_clock else EnrolFault.NOT_THE_SERVER
        error = error.__cause__ or error.__context__
    return None
