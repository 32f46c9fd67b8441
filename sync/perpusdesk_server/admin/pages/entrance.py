"""Signing in and out, and the reader's choice of language and look."""

from __future__ import annotations

from starlette.responses import Response

from perpusdesk.common.formats import clock_time
from perpusdesk.common.i18n import LANGUAGES, _, ngettext
from perpusdesk.storage.queries.values import as_moment
from perpusdesk_server.admin import accounts, fleet, sessions, words
from perpusdesk_server.admin.door import LANGUAGE, LOOK, LOOKS, Visit, remember


def sign_in(visit: Visit) -> Response:
    """Show the form, or look at what was filled in."""
    if visit.session.signed_in:
        return visit.go(_next(visit))
    return _try(visit) if visit.posted else _form(visit)


def sign_out(visit: Visit) -> Response:
    """End every session of this administrator."""
    name = visit.session.name
    visit.house.within(lambda library: accounts.renew_seal(library, name))
    visit.fresh = sessions.begin("", visit.now_ms)
    return visit.go("/sign-in", done="out")


def choose(visit: Visit) -> Response:
    """Keep a language or a look, and go back."""
    response = visit.go(_next(visit))
    language, look = visit.form.get("language"), visit.form.get("look")
    if language in LANGUAGES:
        remember(visit, response, LANGUAGE, language)
    if look in LOOKS:
        remember(visit, response, LOOK, look)
    return response


def _try(visit: Visit) -> Response:
    name, password = visit.form.get("name", ""), visit.form.get("password", "")
    gate = visit.desk.gate
    if closed := gate.closed_until(visit.place, name, visit.now_ms):
        return _locked(visit, closed)
    left = gate.wrong(visit.place, name, visit.now_ms)
    account = accounts.find(visit.known, name)
    if accounts.right(account, password) and account is not None:
        gate.right(visit.place, name)
        visit.fresh = sessions.begin(account.name, visit.now_ms)
        return visit.go(_next(visit))
    if closed := gate.closed_until(visit.place, name, visit.now_ms):
        return _locked(visit, closed)
    said = _("Name and password do not match.")
    if left <= 2:
        more = ngettext(
            "{count} more attempt, then signing in is closed for 15 minutes.",
            "{count} more attempts, then signing in is closed for 15 minutes.",
            left,
        )
        said += " " + more.format(count=left)
    return _form(visit, said, 401)


def _locked(visit: Visit, until_ms: int) -> Response:
    zone = visit.house.within(fleet.zone_of)
    time = f"{clock_time(as_moment(until_ms + 59_000, zone))} {words.zone_name(zone)}"
    said = _("Too many wrong attempts. Signing in is possible again at {time}.").format(time=time)
    return _form(visit, said, 429)


def _form(visit: Visit, wrong: str = "", status: int = 200) -> Response:
    return visit.page(
        "sign_in.html",
        status,
        wrong=wrong,
        closed=status == 429,
        name=visit.form.get("name", ""),
        next=_next(visit),
        nobody=not visit.known.people,
        done=visit.query.get("done", ""),
    )


def _next(visit: Visit) -> str:
    """Return where to go afterwards: a page of ours, never an address elsewhere."""
    wanted = visit.form.get("next") or visit.query.get("next", "")
    ours = wanted.startswith("/") and wanted[1:2] not in ("/", "\\") and wanted.isprintable()
    return wanted if ours and not wanted.startswith(("/sign-", "/choose")) else "/"
