"""The pages that a phone sees: what can be done, a form, thanks.

They need no script, no internet and no account, set no cookie, and keep nothing of the phone.
There are five addresses whatever is offered: start, a form (which leads to one with a number of
its own, so that it counts once), its thanks, and how it all looks.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID
from weakref import WeakValueDictionary

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _, language
from perpusdesk.phone.guard import MOST_BYTES, Guard
from perpusdesk.phone.limits import Bucket, Slips
from perpusdesk.phone.message_sheet import MessageSheet
from perpusdesk.phone.sheet import Kept, Sent, Sheet, Wrong
from perpusdesk.phone.survey_sheet import SurveySheet
from perpusdesk.phone.typed import field_name, sent_fields
from perpusdesk.phone.wish_sheet import WishSheet, votes
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.phone_offers import (
    MESSAGES_PLACE,
    SURVEY_PLACE,
    WISHES_PLACE,
    Offer,
    Offers,
    offers_of,
    survey_place,
)
from perpusdesk.services.set_up import library_name
from perpusdesk.services.surveys.surveys_answer import SurveyToAnswer, surveys_to_answer

T = TypeVar("T")
Ask = Callable[[Callable[[Desk], Any]], Any]
"""Runs something on the library's thread and waits for it; called from any thread."""

_SENDS_AT_ONCE: Final = 10
_SENDS_PAUSE: Final = 20.0
_LOOKS_AT_ONCE: Final = 120
_LOOKS_PAUSE: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Opened:
    """A form that is open now: whose it is, and what its pages tell."""

    sheet: Sheet
    library: str
    told: Mapping[str, Any]


class Site:
    """Answers requests; ``ask`` reaches the library."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._slips = Slips()
        self._sends = Bucket(_SENDS_AT_ONCE, _SENDS_PAUSE)
        self._looks = Bucket(_LOOKS_AT_ONCE, _LOOKS_PAUSE)
        self._sending: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._pages = Environment(
            loader=PackageLoader("perpusdesk.phone", "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.globals.update({"_": _, "field_name": field_name, "votes": votes})

    async def start(self, request: Request) -> Response:
        """Show what can be done today."""
        if not self._looks.take(_phone(request)):
            return self._page(request, "busy.html", 429)

        def read(desk: Desk) -> tuple[str, Offers, list[SurveyToAnswer]]:
            offers = offers_of(desk)
            surveys = surveys_to_answer(desk) if Offer.SURVEYS in offers else []
            return library_name(desk), offers, surveys

        name, offers, surveys = await self._run(read)
        return self._page(
            request,
            "start.html",
            library=name,
            surveys=[(survey_place(one.id), one.name) for one in surveys],
            wishes=WISHES_PLACE if Offer.WISHES in offers else "",
            messages=MESSAGES_PLACE if Offer.MESSAGES in offers else "",
        )

    async def begin(self, request: Request) -> Response:
        """Lead to a form with a number of its own: going back to it later shows the same one."""
        opened = await self._open(request)
        if isinstance(opened, Response):
            return opened
        return self._lead(request, opened, f"/f/{self._slips.give()}")

    async def form(self, request: Request) -> Response:
        """Show a form, unless it was sent already."""
        opened = await self._open(request)
        if isinstance(opened, Response):
            return opened
        number = request.path_params["number"]
        used = self._slips.used(number)
        if used is None:
            return self._lead(request, opened, "")
        if used:
            return self._thanks(request, opened, number)
        return self._form(request, opened, number, sent={}, wrong={}, status=200)

    async def send(self, request: Request) -> Response:
        """Keep what was sent, once; show the form again where something is wrong."""
        opened = await self._open(request)
        if isinstance(opened, Response):
            return opened
        sent, number = await _sent(request), request.path_params["number"]
        if self._slips.used(number) is None:  # the desk was started again meanwhile
            told = {"": _("Please send it once more.")}
            return self._form(
                request, opened, self._slips.give(), sent=sent, wrong=told, status=409
            )
        # pressed twice: the second waits for what becomes of the first
        async with self._sending.setdefault(number, asyncio.Lock()):
            if self._slips.used(number):
                return self._thanks(request, opened, number)
            if not self._sends.take(_phone(request)):
                wait = _("Too many forms from this phone at once. Please wait a minute.")
                told = {"": wait}
                return self._form(request, opened, number, sent=sent, wrong=told, status=429)
            status, wrong = await self._keep(opened, number, sent)
        if not wrong:
            return self._thanks(request, opened, number)
        return self._form(request, opened, number, sent=sent, wrong=wrong, status=status)

    async def thanks(self, request: Request) -> Response:
        """Thank whoever sent a form."""
        opened = await self._open(request)
        if isinstance(opened, Response):
            return opened
        receipt = self._slips.receipt(request.query_params.get("n", ""))
        return self._page(
            request,
            opened.sheet.thanks,
            library=opened.library,
            told=opened.told,
            receipt=receipt,
        )

    async def _keep(self, opened: _Opened, number: str, sent: Sent) -> tuple[int, Wrong]:
        """Keep a form; return the status and what is wrong. What fails may be sent again."""

        def work(desk: Desk) -> Kept | Wrong:
            return opened.sheet.keep(desk, opened.told, sent)

        self._slips.use(number)
        kept: Kept | Wrong = {}
        try:
            kept = await self._run(work)
        except KnownError:
            return 503, {"": _("It could not be saved. Send it once more, or tell the desk.")}
        finally:
            if not isinstance(kept, Kept):
                self._slips.back(number)
        if isinstance(kept, Kept):
            self._slips.settle(number, kept.receipt)
            return 303, {}
        return 422, kept

    async def _open(self, request: Request) -> _Opened | Response:
        """Return the form that an address names, or what is shown instead."""
        sheet = _sheet_at(request.path_params["form"])
        if sheet is None:
            return self._page(request, "gone.html", 404)
        if request.method == "GET" and not self._looks.take(_phone(request)):
            return self._page(request, "busy.html", 429)

        def read(desk: Desk) -> tuple[str, Mapping[str, Any] | None]:
            return library_name(desk), sheet.read(desk)

        library, told = await self._run(read)
        if told is None:
            return self._page(request, "gone.html", 410)
        return _Opened(sheet, library, told)

    def _form(
        self,
        request: Request,
        opened: _Opened,
        number: str,
        *,
        sent: Sent,
        wrong: Mapping[str, str],
        status: int,
    ) -> Response:
        return self._page(
            request,
            opened.sheet.page,
            status,
            library=opened.library,
            told=opened.told,
            sent=sent,
            wrong=wrong,
            send_to=f"{_base(request)}/{opened.sheet.path}/f/{number}",
        )

    def _thanks(self, request: Request, opened: _Opened, number: str) -> Response:
        asks = f"?n={number}" if self._slips.receipt(number) else ""
        return self._lead(request, opened, f"/thanks{asks}")

    def _lead(self, request: Request, opened: _Opened, rest: str) -> Response:
        return RedirectResponse(f"{_base(request)}/{opened.sheet.path}{rest}", 303)

    def _page(self, request: Request, name: str, status: int = 200, **shown: Any) -> Response:
        template = self._pages.get_template(name)
        page = template.render(language=language(), base=_base(request), **shown)
        return HTMLResponse(page, status)

    async def _run(self, work: Callable[[Desk], T]) -> Any:
        return await run_in_threadpool(self._ask, work)


def make_site(ask: Ask) -> Starlette:
    """Return the pages as a web application, for the desk's own server or a hub's."""
    site = Site(ask)
    routes = [
        Route("/", site.start, methods=["GET"]),
        Route("/style.css", style, methods=["GET"]),
        Route("/{form:path}/thanks", site.thanks, methods=["GET"]),
        Route("/{form:path}/f/{number}", site.form, methods=["GET"]),
        Route("/{form:path}/f/{number}", site.send, methods=["POST"]),
        Route("/{form:path}", site.begin, methods=["GET"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard)])


async def style(_request: Request) -> Response:
    """Return how the pages look."""
    loader = PackageLoader("perpusdesk.phone", "pages")
    text, _file, _fresh = loader.get_source(Environment(autoescape=True), "style.css")
    return Response(text, media_type="text/css")


async def _sent(request: Request) -> dict[str, list[str]]:
    """Return the fields of a sent form; what is too long is not read."""
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return {}
    return sent_fields(body)


def _sheet_at(path: str) -> Sheet | None:
    """Return the form at an address; the library is not asked for what can be none."""
    if path == WISHES_PLACE:
        return WishSheet()
    if path == MESSAGES_PLACE:
        return MessageSheet()
    kind, _slash, survey = path.partition("/")
    try:
        return SurveySheet(UUID(survey)) if kind == SURVEY_PLACE else None
    except ValueError:
        return None


def _base(request: Request) -> str:
    return str(request.scope.get("root_path", ""))


def _phone(request: Request) -> str:
    return request.client.host if request.client else ""
