"""The pages that a phone sees: what can be answered, a form, thanks.

They need no script, no internet and no account, set no cookie, and keep nothing of the phone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar
from uuid import UUID

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from perpusdesk.common.i18n import _, language
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.surveys.form import Form
from perpusdesk.phone.guard import MOST_BYTES, Guard
from perpusdesk.phone.limits import Bucket, Slips
from perpusdesk.phone.typed import answers_from, field_name
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import library_name
from perpusdesk.services.surveys.surveys_answer import (
    Channel,
    SurveyToAnswer,
    give_answer,
    survey_to_answer,
    surveys_to_answer,
)
from perpusdesk.services.wording.refusals import say_refusal

T = TypeVar("T")
Ask = Callable[[Callable[[Desk], Any]], Any]
"""Runs something on the library's thread and waits for it; called from any thread."""

_SENDS_AT_ONCE: Final = 10
_SENDS_PAUSE: Final = 20.0


class Site:
    """Answers requests; ``ask`` reaches the library."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._slips = Slips()
        self._sends = Bucket(_SENDS_AT_ONCE, _SENDS_PAUSE)
        self._pages = Environment(
            loader=PackageLoader("perpusdesk.phone", "pages"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._pages.globals["_"] = _
        self._pages.globals["field_name"] = field_name

    async def start(self, request: Request) -> Response:
        """Show what can be answered today."""

        def read(desk: Desk) -> tuple[str, list[SurveyToAnswer]]:
            return library_name(desk), surveys_to_answer(desk)

        name, surveys = await self._run(read)
        return self._page(request, "start.html", library=name, surveys=surveys)

    async def begin(self, request: Request) -> Response:
        """Lead to a form with a number of its own: going back to it later shows the same one."""
        found = await self._survey(request)
        if isinstance(found, Response):
            return found
        return RedirectResponse(self._place(request, "form", self._slips.give()), 303)

    async def form(self, request: Request) -> Response:
        """Show the form of a survey, unless it was sent already."""
        found = await self._survey(request)
        if isinstance(found, Response):
            return found
        number = request.path_params["number"]
        used = self._slips.used(number)
        if used is None:
            return RedirectResponse(self._place(request, "begin"), 303)
        if used:
            return RedirectResponse(self._place(request, "thanks"), 303)
        return self._form(request, found, number, sent={}, wrong={}, status=200)

    async def send(self, request: Request) -> Response:
        """Keep what was answered, once; show the form again where something is wrong."""
        found = await self._survey(request)
        if isinstance(found, Response):
            return found
        sent, number = await _sent(request), request.path_params["number"]
        thanks = RedirectResponse(self._place(request, "thanks"), 303)
        used = self._slips.used(number)
        if used:
            return thanks
        if used is None:  # the desk was started again meanwhile
            told = {"": _("Please send it once more.")}
            return self._form(request, found, self._slips.give(), sent=sent, wrong=told, status=409)
        if not self._sends.take(_phone(request)):
            wait = _("Too many forms from this phone at once. Please wait a minute.")
            return self._form(request, found, number, sent=sent, wrong={"": wait}, status=429)
        if not self._slips.use(number):
            return thanks
        refused = await self._keep(found[1], answers_from(found[1].shown, sent))
        if refused is None:
            return thanks
        self._slips.back(number)
        return self._form(request, found, number, sent=sent, wrong=refused, status=422)

    async def thanks(self, request: Request) -> Response:
        """Thank whoever answered."""
        found = await self._survey(request)
        if isinstance(found, Response):
            return found
        library, survey = found
        return self._page(request, "thanks.html", library=library, survey=survey)

    async def _keep(self, survey: SurveyToAnswer, answers: dict[str, Any]) -> dict[str, str] | None:
        def work(desk: Desk) -> dict[str, str] | None:
            done = give_answer(desk, survey.id, answers, Channel.PHONE)
            if not isinstance(done, Refused):
                return None
            place = ""
            if done.reason is Reason.ANSWER_INVALID:
                place = str(done.facts.get("question", ""))
            said = say_refusal(done, desk)
            return {place: " ".join(part for part in (said.what, said.todo) if part)}

        kept: dict[str, str] | None = await self._run(work)
        return kept

    async def _survey(self, request: Request) -> tuple[str, SurveyToAnswer] | Response:
        try:
            id_ = UUID(request.path_params["survey"])
        except ValueError:
            return self._gone(request, 404)

        def read(desk: Desk) -> tuple[str, SurveyToAnswer | Refused]:
            return library_name(desk), survey_to_answer(desk, id_)

        name, found = await self._run(read)
        return self._gone(request, 410) if isinstance(found, Refused) else (name, found)

    def _form(
        self,
        request: Request,
        found: tuple[str, SurveyToAnswer],
        number: str,
        *,
        sent: Mapping[str, Sequence[str]],
        wrong: Mapping[str, str],
        status: int,
    ) -> Response:
        library, survey = found
        return self._page(
            request,
            "form.html",
            status,
            library=library,
            survey=survey,
            form=survey.shown,
            sent=sent,
            wrong=wrong,
            parts=_parts(survey.shown),
            number=number,
        )

    def _gone(self, request: Request, status: int) -> Response:
        return self._page(request, "gone.html", status, library="")

    def _page(self, request: Request, name: str, status: int = 200, **told: Any) -> Response:
        base = request.scope.get("root_path", "")
        page = self._pages.get_template(name).render(language=language(), base=base, **told)
        return HTMLResponse(page, status)

    async def _run(self, work: Callable[[Desk], T]) -> Any:
        return await run_in_threadpool(self._ask, work)

    def _place(self, request: Request, name: str, number: str = "") -> str:
        told = {"survey": request.path_params["survey"]} | ({"number": number} if number else {})
        return str(request.url_for(name, **told).path)


def make_site(ask: Ask) -> Starlette:
    """Return the pages as a web application, for the desk's own server or a hub's."""
    site = Site(ask)
    routes = [
        Route("/", site.start, methods=["GET"]),
        Route("/s/{survey}", site.begin, methods=["GET"], name="begin"),
        Route("/s/{survey}/thanks", site.thanks, methods=["GET"], name="thanks"),
        Route("/s/{survey}/f/{number}", site.form, methods=["GET"], name="form"),
        Route("/s/{survey}/f/{number}", site.send, methods=["POST"]),
        Route("/style.css", style, methods=["GET"]),
    ]
    return Starlette(routes=routes, middleware=[Middleware(Guard)])


async def style(_request: Request) -> Response:
    """Return how the pages look."""
    loader = PackageLoader("perpusdesk.phone", "pages")
    text, _file, _fresh = loader.get_source(Environment(autoescape=True), "style.css")
    return Response(text, media_type="text/css")


async def _sent(request: Request) -> dict[str, list[str]]:
    """Return the fields of a sent form; what is too long is not read."""
    from urllib.parse import parse_qs

    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            return {}
    try:
        return parse_qs(body.decode(), max_num_fields=500)
    except ValueError:
        return {}


def _phone(request: Request) -> str:
    return request.client.host if request.client else ""


def _parts(form: Form) -> list[list[Any]]:
    """Return the questions in groups, each below its section."""
    groups: list[list[Any]] = [[]]
    for question in form.questions:
        if not question.asked and groups[-1]:
            groups.append([])
        groups[-1].append(question)
    return groups
