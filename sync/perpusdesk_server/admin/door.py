"""The one way from a request to a page: who asks, in which language, and whether the form is ours.

Pages are plain functions of a ``Visit``; they run on a worker thread, one library at a time.
"""

from __future__ import annotations

import ipaddress
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import DEFAULT_LANGUAGE, LANGUAGES, speaking
from perpusdesk.services.set_up import NAME_SETTING
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import policy
from perpusdesk_server.admin import accounts, render, sessions
from perpusdesk_server.admin.accounts import Accounts
from perpusdesk_server.admin.gate import Gate
from perpusdesk_server.admin.ports import House
from perpusdesk_server.admin.sessions import Session

SESSION: Final = "perpusdesk_admin"
VISITOR: Final = "perpusdesk_visitor"
"""The session of nobody yet, apart, so that a link from elsewhere never ends a real one."""
LANGUAGE: Final = "perpusdesk_language"
LOOK: Final = "perpusdesk_look"
LOOKS: Final = ("auto", "light", "dark")
FORM_BYTES: Final = 16 * 1024
_YEAR_S: Final = 365 * 24 * 3600
_LOG: Final = logging.getLogger(__name__)
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
        " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(slots=True)
class Desk:
    """What all visits share: the library, who tried to sign in, codes not shown yet, the clock."""

    house: House
    gate: Gate = field(default_factory=Gate)
    unshown: dict[str, Any] = field(default_factory=dict)
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000


@dataclass(slots=True)
class Visit:
    """One request, by somebody who may see the page; ``base`` is where the page is mounted."""

    desk: Desk
    base: str
    path: str
    place: str
    params: Mapping[str, str]
    query: Mapping[str, str]
    form: Mapping[str, str]
    posted: bool
    secure: bool
    live: bool
    known: Accounts
    library_name: str
    session: Session
    look: str
    now_ms: int
    fresh: Session | None = None

    @property
    def house(self) -> House:
        """The library."""
        return self.desk.house

    def page(self, template: str, status: int = 200, **facts: Any) -> Response:
        """Return a page."""
        common = {
            "base": self.base,
            "path": self.path,
            "here": self.here(),
            "person": self.session.name,
            "library": self.library_name if self.session.signed_in else "",
            "form_token": sessions.form_token(self.fresh or self.session, self.known),
            "look": self.look,
            "languages": LANGUAGES,
        }
        return HTMLResponse(render.page(template, common | facts), status)

    def go(self, path: str, **query: str) -> Response:
        """Send the reader to another page of ours."""
        target = f"{self.base}{path}" + (f"?{urlencode(query)}" if query else "")
        return RedirectResponse(target, 303)

    def here(self, **changed: str) -> str:
        """Return this page's address with some of its questions changed."""
        asked = {name: value for name, value in {**self.query, **changed}.items() if value}
        return f"{self.base}{self.path}" + (f"?{urlencode(asked)}" if asked else "")


View = Callable[[Visit], Response]


class RefusedError(Exception):
    """A request that is not answered with what it asks for; ``status`` says how."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def endpoint(desk: Desk, view: View, *, public: bool = False) -> Callable[[Request], Any]:
    """Return what the routes call; ``public``: also for who is not signed in."""

    async def answer(request: Request) -> Response:
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        return await run_in_threadpool(_answered, desk, view, request, body, public)

    return answer


async def _body(request: Request) -> bytes | None:
    """Return the form's bytes, ``None`` when they are too many."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > FORM_BYTES:
            return None
    return body


def _answered(
    desk: Desk, view: View, request: Request, body: bytes | None, public: bool
) -> Response:
    with speaking(_language(request)):
        visit = _visit(desk, request, body or b"")
        try:
            if body is None:
                raise RefusedError(413)
            response = _checked(visit, view, request, public)
        except RefusedError as refused:
            response = visit.page("refused.html", refused.status, why=refused.status)
        except KnownError as error:
            response = visit.page("fault.html", 503, told=say_fault(error))
    _keep(visit, response)
    response.headers.update(HEADERS)
    return response


def _checked(visit: Visit, view: View, request: Request, public: bool) -> Response:
    if not public and not visit.session.signed_in:
        return _sign_in_first(visit, request)
    if visit.posted and not _is_ours(visit, request):
        _LOG.info("a form from elsewhere was refused")
        raise RefusedError(403)
    return view(visit)


def _sign_in_first(visit: Visit, request: Request) -> Response:
    if not visit.posted and request.headers.get("sec-fetch-site") == "cross-site":
        # a link from elsewhere brings no cookie along; asked again by the page itself it does
        return Response(headers={"Refresh": f"0; url={visit.here()}"})
    target = f"{visit.base}/sign-in"
    if visit.posted:
        target += "?done=over"
    elif visit.path != "/":
        target += "?" + urlencode({"next": visit.here().removeprefix(visit.base)})
    if request.headers.get("hx-request"):
        return Response(status_code=200, headers={"HX-Redirect": target})
    return RedirectResponse(target, 303)


def _is_ours(visit: Visit, request: Request) -> bool:
    """Whether a form comes from a page of this session: by its token, and by what browsers say."""
    origin = request.headers.get("origin")
    host = request.headers.get("host", "")
    elsewhere = origin is not None and urlsplit(origin).netloc != host
    if elsewhere or request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        return False
    return sessions.form_is_ours(visit.form.get("token", ""), visit.session, visit.known)


def _visit(desk: Desk, request: Request, body: bytes) -> Visit:
    now = desk.now_ms()
    known, library_name = desk.house.within(
        lambda library: (accounts.accounts(library), _name_of(library))
    )
    cookies = (request.cookies.get(name, "") for name in (SESSION, VISITOR))
    session = next((one for text in cookies if (one := sessions.read(text, known, now))), None)
    new = sessions.begin("", now) if session is None else None
    base = request.scope.get("root_path", "").rstrip("/")
    look = request.cookies.get(LOOK, "auto")
    return Visit(
        desk=desk,
        base=base,
        path=request.url.path.removeprefix(base) or "/",
        place=_place(request),
        params={name: str(value) for name, value in request.path_params.items()},
        query={name: value[:200] for name, value in request.query_params.items()},
        form=_fields(body),
        posted=request.method == "POST",
        secure=request.url.scheme == "https",
        live=request.headers.get("hx-trigger") == "live",
        known=known,
        library_name=library_name,
        session=session or new or sessions.begin("", now),
        look=look if look in LOOKS else "auto",
        now_ms=now,
        fresh=new,
    )


def _name_of(library: Library) -> str:
    """Return the library's name; a new server learns it at the first exchange."""
    return str(policy.settings(library).get(NAME_SETTING, ""))


def _fields(body: bytes) -> dict[str, str]:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return {}
    return dict(pairs)


def _place(request: Request) -> str:
    """Return where a request comes from; a whole IPv6 network of one customer is one place."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return host


def _language(request: Request) -> str:
    chosen = request.cookies.get(LANGUAGE, "")
    if chosen in LANGUAGES:
        return chosen
    asked = request.headers.get("accept-language", "").lower()
    first = asked.split(",")[0].split(";")[0].split("-")[0].strip()
    return first if first in LANGUAGES else DEFAULT_LANGUAGE


def _keep(visit: Visit, response: Response) -> None:
    """Put the session's cookie on the answer; what the page asks by itself prolongs nothing."""
    session = visit.fresh
    if session is None and visit.session.signed_in and not visit.live:
        session = sessions.continued(visit.session, visit.now_ms)
    if session is None:
        return
    if visit.session.signed_in and not session.signed_in:
        response.delete_cookie(SESSION, path=visit.base or "/")
    response.set_cookie(
        SESSION if session.signed_in else VISITOR,
        sessions.write(session, visit.known),
        path=visit.base or "/",
        secure=visit.secure,
        httponly=True,
        samesite="strict",
    )


def remember(visit: Visit, response: Response, name: str, value: str) -> None:
    """Keep a reader's choice of language or look in a cookie."""
    response.set_cookie(
        name,
        value,
        max_age=_YEAR_S,
        path=visit.base or "/",
        secure=visit.secure,
        httponly=True,
        samesite="lax",
    )
