"""One-time codes: issue one, show it once, see which are open, take one back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_bytes, token_urlsafe
from typing import Final
from uuid import UUID

from starlette.responses import Response

from perpusdesk.common.i18n import _
from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from perpusdesk.storage import device_book
from perpusdesk.storage.device_book import CodeRecord
from perpusdesk.storage.library import Library
from perpusdesk.syncing.book import issue_code
from perpusdesk_server.admin import fleet, pictures, words
from perpusdesk_server.admin.door import RefusedError, Visit
from perpusdesk_server.admin.fleet import Fleet
from perpusdesk_server.admin.pages import judge

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS
HOURS: Final = (1, 24, 72)
_USUAL_HOURS: Final = 24
_MOST_NAME: Final = 60
_MOST_UNSHOWN: Final = 50


@dataclass(frozen=True, slots=True)
class Unshown:
    """A code that was made and not shown yet; it is nowhere else."""

    code: EnrolmentCode
    name: str
    role: str
    branch: str


def enrol(visit: Visit) -> Response:
    """Show the form and the open codes, or issue a code."""
    known = fleet.read(visit.house, visit.now_ms)
    return _issue(visit, known) if visit.posted else _form(visit, known)


def shown(visit: Visit) -> Response:
    """Show a code, this once."""
    one: Unshown | None = visit.desk.unshown.pop(visit.params["ticket"], None)
    if one is None:
        return visit.page("code_gone.html", 410)
    text = enrolment_code.write(one.code)
    known = fleet.read(visit.house, visit.now_ms)
    return visit.page(
        "code.html",
        groups=text.split("-"),
        text=text,
        picture=pictures.qr(enrolment_code.qr_text(one.code)),
        name=one.name,
        role=words.role_name(one.role),
        branch=one.branch,
        expires_ms=one.code.expires_s * 1000,
        left=_left(one.code.expires_s * 1000 - visit.now_ms),
        until=words.moment(one.code.expires_s * 1000, known.zone),
        zone=words.zone_name(known.zone),
        server=one.code.server,
    )


def withdraw(visit: Visit) -> Response:
    """Take a code back."""
    try:
        key = bytes.fromhex(visit.params["code"])
    except ValueError as error:
        raise RefusedError(404) from error

    def work(library: Library) -> bool:
        record = device_book.code(library, key)
        if record is None or record.used:
            return False
        device_book.forget_code(library, key)
        return True

    return visit.go("/enrol", done="withdrawn" if visit.house.within(work) else "too_late")


def issue_again(visit: Visit) -> Response:
    """Issue a code for one device alone: it lost its key, or is set up anew with its data."""
    known = fleet.read(visit.house, visit.now_ms)
    row = judge.find(visit, known)
    device = row.seen.device
    if row.seen.revoked or device.role not in words.enrolled_roles():
        raise RefusedError(409)
    return _made(
        visit,
        known,
        name=device.name,
        role=device.role,
        branch=device.branch,
        hours=_USUAL_HOURS,
        device=device.id,
    )


def _issue(visit: Visit, known: Fleet) -> Response:
    form = visit.form
    name, role = " ".join(form.get("name", "").split()), form.get("role", "")
    branch = next((id_ for id_ in known.branches if id_.hex == form.get("branch")), None)
    hours = form.get("hours", "")
    wrong = dict(_wrong(name, role, hours))
    if wrong:
        return _form(visit, known, wrong, 422)
    return _made(visit, known, name=name, role=role, branch=branch, hours=int(hours))


def _wrong(name: str, role: str, hours: str) -> Iterator[tuple[str, str]]:
    if not name:
        yield "name", _("Give the device a name, such as “Front desk” or “Van 2”.")
    elif len(name) > _MOST_NAME or not name.isprintable():
        yield "name", _("The name is too long, or has signs that cannot be shown.")
    if role not in words.enrolled_roles():
        yield "role", _("Choose what the device is.")
    if hours not in map(str, HOURS):
        yield "hours", _("Choose how long the code is good.")


def _made(
    visit: Visit,
    known: Fleet,
    *,
    name: str,
    role: str,
    branch: UUID | None,
    hours: int,
    device: UUID | None = None,
) -> Response:
    house, now = visit.house, visit.now_ms
    if not enrolment_code.usable_server(house.address):
        return visit.page("no_address.html", 409)
    code = house.within(
        lambda library: issue_code(
            library,
            house.authority,
            house.address,
            role=role,
            random=token_bytes,
            now_ms=now,
            branch=branch.bytes if branch else None,
            name=name,
            device=device.bytes if device else None,
            tls=house.pin,
            issued_by=visit.session.name,
            valid_ms=hours * HOUR_MS,
        )
    )
    place = known.branches.get(branch, "") if branch else ""
    ticket = token_urlsafe(16)
    while len(visit.desk.unshown) >= _MOST_UNSHOWN:
        visit.desk.unshown.pop(next(iter(visit.desk.unshown)))
    visit.desk.unshown[ticket] = Unshown(code, name, role, place)
    return visit.go(f"/enrol/code/{ticket}")


def _form(
    visit: Visit, known: Fleet, wrong: dict[str, str] | None = None, status: int = 200
) -> Response:
    now = visit.now_ms
    codes = visit.house.within(device_book.codes)
    names = {row.seen.id.bytes: row for row in known.rows}
    return visit.page(
        "enrol.html",
        status,
        wrong=wrong or {},
        filled={"role": "desk", "hours": str(_USUAL_HOURS), **visit.form},
        roles=[(one, words.role_name(one), words.role_help(one)) for one in words.enrolled_roles()],
        branches=sorted(known.branches.items(), key=lambda pair: pair[1].casefold()),
        hours=[(str(one), words.span(one * HOUR_MS)) for one in HOURS],
        codes=[
            {
                "key": key.hex(),
                "name": one.name,
                "role": words.role_name(one.role),
                "branch": _branch(known, one),
                "left": _left(one.expires_ms - now),
                "until": words.moment(one.expires_ms, known.zone),
                "expires_ms": one.expires_ms,
                "by": one.issued_by,
            }
            for key, one in codes
            if not one.used and one.expires_ms > now
        ],
        used=[
            {
                "name": names[one.used_by].name if one.used_by in names else one.name,
                "key": one.used_by.hex() if one.used_by in names else "",
                "when": words.moment(one.used_ms, known.zone),
                "by": one.issued_by,
            }
            for _key, one in codes
            if one.used
        ][:10],
        done=visit.query.get("done", ""),
        zone=words.zone_name(known.zone),
    )


def _left(amount_ms: int) -> str:
    """Return for how long a code is good, to the minute that has begun."""
    return words.span(-(-amount_ms // MINUTE_MS) * MINUTE_MS)


def _branch(known: Fleet, code: CodeRecord) -> str:
    return known.branches.get(UUID(bytes=code.branch), "") if code.branch else ""
