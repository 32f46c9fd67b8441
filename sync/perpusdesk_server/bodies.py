"""Reading what was sent, no more than may be, and answering so that devices understand why not."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from perpusdesk.protocol.session import MEDIA_TYPE

REASON_HEADER = "x-perpusdesk-reason"


class WrongRequestError(Exception):
    """A request that is not looked at any further; ``reason`` is a code."""

    def __init__(self, status: int, reason: str, after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.status, self.reason, self.after_s = status, reason, after_s


async def body_of(request: Request, most: int, seconds: float) -> bytes:
    """Return the body; raises ``WrongRequestError`` as soon as it is too long or too slow."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != MEDIA_TYPE:
        raise WrongRequestError(415, "wrong_type")
    told = request.headers.get("content-length", "")
    if told.isdigit() and int(told) > most:
        raise WrongRequestError(413, "too_large")
    found = bytearray()
    try:
        async with asyncio.timeout(seconds):
            async for part in request.stream():
                found += part
                if len(found) > most:
                    raise WrongRequestError(413, "too_large")
    except TimeoutError as error:
        raise WrongRequestError(408, "too_slow") from error
    except ClientDisconnect as error:
        raise WrongRequestError(400, "cut") from error
    return bytes(found)


def address_of(request: Request) -> str:
    """Return where a request comes from: for a reverse proxy that was named, who asked that."""
    return request.client.host if request.client else ""


def token_of(request: Request) -> str:
    """Return the token that a request shows, or an empty text."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def ours(body: bytes) -> Response:
    """Return a message of the protocol."""
    return Response(body, media_type=MEDIA_TYPE)


def refused(error: WrongRequestError) -> JSONResponse:
    """Return why a request was not looked at."""
    headers: Mapping[str, str] = {REASON_HEADER: error.reason}
    if error.after_s:
        headers = {**headers, "retry-after": str(math.ceil(error.after_s))}
    if error.status == 401:
        headers = {**headers, "www-authenticate": "Bearer"}
    return JSONResponse({"reason": error.reason}, error.status, headers)
