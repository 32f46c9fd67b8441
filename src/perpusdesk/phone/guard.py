"""What no page may do without: limits for browsers, and the requests that are refused."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES: Final = 65_536
_HEADERS: Final = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
        " frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # with none, browsers hide the origin of our own forms
    "cache-control": "no-store",
}


class Guard:
    """Refuses bodies that are too long and forms of other sites; sets headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
            await send(message)

        status = _refused(scope["method"], Headers(scope=scope))
        app = self._app if not status else PlainTextResponse("", status)
        await app(scope, receive, guarded)


def _refused(method: str, headers: Headers) -> int:
    if method != "POST":
        return 0
    length = headers.get("content-length", "")
    if not length.isdigit() or int(length) > MOST_BYTES:
        return 413
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        return 403
    return 0
