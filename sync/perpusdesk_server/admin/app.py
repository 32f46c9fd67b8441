"""The administration page as an application of its own, to be mounted where the server wants it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from perpusdesk_server.admin import render
from perpusdesk_server.admin.door import HEADERS, Desk, RefusedError, View, Visit, endpoint
from perpusdesk_server.admin.pages import devices, enrol, entrance, judge, log, overview
from perpusdesk_server.admin.ports import House

_BOTH = ("GET", "POST")


def admin_app(house: House, *, now_ms: Callable[[], int] | None = None) -> Starlette:
    """Return the administration page of a library; ``now_ms`` is another clock, for tests."""
    desk = Desk(house) if now_ms is None else Desk(house, now_ms=now_ms)

    def route(path: str, view: View, *methods: str, public: bool = False) -> Route:
        answer = endpoint(desk, view, public=public)
        return Route(path, answer, methods=list(methods or ("GET",)))

    return Starlette(
        routes=[
            Mount("/static", _Files(directory=render.STATIC)),
            route("/sign-in", entrance.sign_in, *_BOTH, public=True),
            route("/choose", entrance.choose, "POST", public=True),
            route("/sign-out", entrance.sign_out, "POST"),
            route("/", overview.overview),
            route("/devices", devices.devices),
            route("/devices/{device}", devices.device),
            route("/devices/{device}/code", enrol.issue_again, "POST"),
            *(
                route(f"/devices/{{device}}/{name}", judge.step(name), *_BOTH)
                for name in ("shut-out", "let-in", "accept")
            ),
            route("/enrol", enrol.enrol, *_BOTH),
            route("/enrol/code/{ticket}", enrol.shown),
            route("/enrol/withdraw/{code}", enrol.withdraw, "POST"),
            route("/conflicts", log.conflicts),
            route("/log", log.log),
        ],
        exception_handlers={HTTPException: _nowhere(desk)},
    )


def _nowhere(desk: Desk) -> Callable[[Request, Exception], Awaitable[Response]]:
    """Return what answers addresses that lead nowhere, in the page's own form."""

    def refuse(status: int) -> View:
        def view(_visit: Visit) -> Response:
            raise RefusedError(status)

        return view

    async def answer(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        response: Response = await endpoint(desk, refuse(status), public=True)(request)
        return response

    return answer


class _Files(StaticFiles):
    """The style and the scripts; they may be kept by browsers, and are asked for by version."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        """Answer with a file and the page's own rules."""
        response = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on
        response.headers.update(HEADERS | {"Cache-Control": "public, max-age=86400"})
        return response
