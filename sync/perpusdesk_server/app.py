"""The web application: what devices ask, how the server is, and the administration page."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any, Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from perpusdesk import __version__
from perpusdesk.phone.site import Ask, make_site
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.visits.kiosk_desk import KioskDesk
from perpusdesk.storage.library import Library
from perpusdesk_server import metrics as counted
from perpusdesk_server.api import Api, Enrol
from perpusdesk_server.bodies import REASON_HEADER, address_of
from perpusdesk_server.control import Control
from perpusdesk_server.metrics import Metrics
from perpusdesk_server.serving import Serving
from perpusdesk_server.worker import BusyError

log = logging.getLogger(__name__)
_DAY_S: Final = 24 * 3600
_READY_S: Final = 5.0
_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)
Background = Callable[[], None]


def create_app(
    serving: Serving,
    *,
    enrol: Enrol | None = None,
    control: Control | None = None,
    metrics_from: Iterable[str] = ("127.0.0.0/8", "::1/128"),
    on_close: Callable[[], None] = lambda: None,
    phones: bool = False,
) -> FastAPI:
    """Return the application that serves one library.

    ``enrol`` passes on who wants to be admitted (a hub); ``control`` lets the commands of this
    machine in; ``metrics_from`` are the networks that may read the metrics. ``on_close`` is
    called when the web server ends, before the library is closed. ``phones``: visitors find
    surveys and what else the library offers under ``/visitor``.
    """
    seen = Metrics()

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        daily = asyncio.create_task(_daily(serving))
        yield
        daily.cancel()
        await asyncio.to_thread(on_close)
        await asyncio.to_thread(serving.close)

    app = FastAPI(
        title="PerpusDesk", version=__version__, openapi_url=None, lifespan=life, docs_url=None
    )
    app.add_exception_handler(HTTPException, _as_json)
    app.include_router(Api(serving, seen, enrol).router)
    _add_health(app, serving)
    _add_metrics(app, serving, seen, [ipaddress.ip_network(one) for one in metrics_from])
    if control is not None:
        app.include_router(control.router(serving))
    _add_admin(app, serving)
    if phones:
        app.mount("/visitor", make_site(_asked_of(serving)))
    app.add_middleware(SafeHeaders)
    return app


def _add_health(app: FastAPI, serving: Serving) -> None:
    @app.get("/health", summary="Whether the server lives, and whether it can work.")
    async def health() -> JSONResponse:
        ready = await _is_ready(serving)
        return JSONResponse({"live": True, "ready": ready}, 200 if ready else 503)


async def _is_ready(serving: Serving) -> bool:
    """Whether the library answers within some seconds."""
    library = serving.member.library
    try:
        asked = asyncio.wrap_future(serving.store.submit(lambda: library.value("select 1")))
        return bool(await asyncio.wait_for(asyncio.shield(asked), _READY_S) == 1)
    except (TimeoutError, BusyError):
        return False
    except Exception as error:
        log.error("the library does not answer", exc_info=error)
        return False


def _add_metrics(app: FastAPI, serving: Serving, seen: Metrics, allowed: list[Any]) -> None:
    @app.get("/metrics", summary="Figures for Prometheus.", response_class=PlainTextResponse)
    async def metrics(request: Request) -> Response:
        try:
            asks = ipaddress.ip_address(address_of(request))
        except ValueError:
            asks = None
        if asks is None or not any(asks in one for one in allowed):
            return _reason(403, "not_from_here")
        return Response(seen.text(_gauges(serving)), media_type=counted.MEDIA_TYPE)


def _gauges(serving: Serving) -> dict[str, tuple[str, float]]:
    return {
        "store_waiting": ("Work that waits for the library.", serving.store.waiting),
        "sessions": ("Devices' open sessions.", len(serving.sessions)),
        "start_time_seconds": ("When the process began, Unix time.", serving.started_ms / 1000),
    }


def _add_admin(app: FastAPI, serving: Serving) -> None:
    """Mount the administration page where this server admits devices."""
    if serving.holder is None:
        return
    try:
        from perpusdesk_server.admin.app import admin_app
    except ImportError:
        return
    app.mount("/admin", admin_app(serving))


def _asked_of(serving: Serving) -> Ask:
    """Return what reaches the library for visitors' phones, at a desk where nobody sits."""

    def ask(work: Callable[[Desk], Any]) -> Any:
        return serving.within(lambda library: work(_kiosk_of(library)))

    return ask


def _kiosk_of(library: Library) -> Desk:
    return KioskDesk(library, open_desk(library).branch, None)


async def _daily(serving: Serving) -> None:
    """Renew certificates at the start and once a day."""
    while True:
        try:
            await asyncio.wrap_future(serving.store.submit(serving.renew, patient=True))
        except Exception as error:
            log.error("certificates could not be renewed", exc_info=error)
        await asyncio.sleep(_DAY_S)


async def _as_json(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _reason(status, "not_here" if status == 404 else "not_like_that")


def _reason(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"reason": reason}, status, {REASON_HEADER: reason})


class SafeHeaders:
    """Adds what browsers must know to every answer that does not say it itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = list(message.get("headers", ()))
                names = {name.lower() for name, _ in said}
                said += [one for one in _HEADERS if one[0] not in names]
                if scope.get("scheme") == "https":
                    said.append((b"strict-transport-security", b"max-age=31536000"))
                message["headers"] = said
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
