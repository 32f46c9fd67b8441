"""Why a server could not be talked to, as codes that screens and scripts put into words."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Iterator
from enum import StrEnum
from typing import Final

import httpx2

from perpusdesk.syncing.tls import PinError


class LinkFault(StrEnum):
    """What stood between this device and its server.

    The first group passes by itself, the second needs somebody to look at the connection, the
    third somebody to look at this device.
    """

    OFFLINE = "offline"  # no way to any network
    DNS = "dns"  # the name is not known there
    REFUSED = "refused"  # the machine is there, the program is not
    TIMEOUT = "timeout"
    CUT = "cut"
    BUSY = "busy"
    SERVER_FULL = "server_full"
    SERVER_FAULT = "server_fault"
    STOPPED = "stopped"

    TLS = "tls"  # its certificate is not trusted
    PIN = "pin"  # another machine than the one that was enrolled with
    PLAIN = "plain"  # no TLS, and not this machine
    NOT_OURS = "not_ours"  # something else answered: a login page of the network, another program
    NOT_THE_SERVER = "not_the_server"  # it cannot prove that it belongs to the library
    BAD_ADDRESS = "bad_address"

    NOT_ENROLLED = "not_enrolled"
    CERTIFICATE_EXPIRED = "certificate_expired"
    KEY_REPLACED = "key_replaced"  # the device was enrolled again elsewhere
    UNKNOWN_DEVICE = "unknown_device"
    WRONG_LIBRARY = "wrong_library"
    TOO_OLD = "too_old"
    TOO_NEW = "too_new"


PASSING: Final = frozenset({LinkFault.CUT, LinkFault.TIMEOUT, LinkFault.BUSY})
"""Worth another try at once: the line is bad, or the server has much to do."""

_NO_NETWORK: Final = {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN}
_TIMED_OUT: Final = {errno.ETIMEDOUT}


class LinkError(Exception):
    """The server cannot be talked to now; ``reason`` is a ``LinkFault`` or a server's own code.

    ``after_s``: not before so many seconds.
    """

    def __init__(self, reason: str, *, after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.reason, self.after_s = str(reason), after_s


def fault_of(error: Exception) -> LinkFault:
    """Return what a failure of the HTTP client comes to."""
    if isinstance(error, httpx2.InvalidURL | httpx2.UnsupportedProtocol):
        return LinkFault.BAD_ADDRESS
    if isinstance(error, httpx2.TimeoutException):
        return LinkFault.TIMEOUT
    for cause in _causes(error):
        if isinstance(cause, PinError):
            return LinkFault.PIN
        if isinstance(cause, ssl.SSLCertVerificationError):
            return LinkFault.TLS
        if isinstance(cause, socket.gaierror):
            return LinkFault.OFFLINE if cause.errno == socket.EAI_AGAIN else LinkFault.DNS
        if isinstance(cause, ConnectionRefusedError):
            return LinkFault.REFUSED
        if isinstance(cause, ssl.SSLError) and isinstance(error, httpx2.ConnectError):
            return LinkFault.NOT_OURS if "WRONG_VERSION" in str(cause) else LinkFault.CUT
        if isinstance(cause, OSError) and cause.errno in _NO_NETWORK:
            return LinkFault.OFFLINE
        if isinstance(cause, OSError) and cause.errno in _TIMED_OUT:
            return LinkFault.TIMEOUT
    return LinkFault.CUT


def fault_of_status(status: int) -> LinkFault:
    """Return what an answer means that is no message of ours, by its HTTP status."""
    if status in (httpx2.codes.TOO_MANY_REQUESTS, httpx2.codes.SERVICE_UNAVAILABLE):
        return LinkFault.BUSY
    if status == httpx2.codes.INSUFFICIENT_STORAGE:
        return LinkFault.SERVER_FULL
    if status in (httpx2.codes.BAD_GATEWAY, httpx2.codes.GATEWAY_TIMEOUT):
        return LinkFault.BUSY  # the reverse proxy is there, the server is being started
    if status >= httpx2.codes.INTERNAL_SERVER_ERROR:
        return LinkFault.SERVER_FAULT
    return LinkFault.NOT_OURS


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it."""
    one: BaseException | None = error
    while one is not None:
        yield one
        one = one.__cause__ or one.__context__
