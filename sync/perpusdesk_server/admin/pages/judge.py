"""Shutting a device out, letting it in again, and what it sent in between: each in two steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from starlette.responses import Response

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.merge.judgement import REVOKED
from perpusdesk.domain.merge.ops import SET
from perpusdesk.protocol.certificates import Role
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.devices import (
    DeviceLine,
    Quarantined,
    accept_quarantine,
    allow_device,
    quarantine,
    revoke_device,
)
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.wording.actions import action_name
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.values import as_ms
from perpusdesk_server.admin import fleet, words
from perpusdesk_server.admin.door import RefusedError, View, Visit
from perpusdesk_server.admin.fleet import Fleet, Row

_MOST_REASON: Final = 200
_MOST_SHOWN: Final = 200
_Judge = Callable[[Desk, UUID, str], Done[DeviceLine] | Refused]


@dataclass(frozen=True, slots=True)
class Step:
    """A judgement: what it does, in words, and whether it may be taken of a device as it is."""

    name: str
    judge: _Judge
    title: str
    button: str
    when_shut_out: bool
    by_name: bool = False


_STEPS: Final = {
    step.name: step
    for step in (
        Step(
            "shut-out",
            revoke_device,
            N_("Shut out {name}?"),
            N_("Shut it out"),
            when_shut_out=False,
            by_name=True,
        ),
        Step(
            "let-in",
            allow_device,
            N_("Let {name} in again?"),
            N_("Let in again"),
            when_shut_out=True,
        ),
        Step(
            "accept",
            accept_quarantine,
            N_("Accept what {name} sent?"),
            N_("Accept"),
            when_shut_out=True,
        ),
    )
}


def step(name: str) -> View:
    """Return the page of a judgement: what it means, and the form that confirms it."""
    one = _STEPS[name]

    def view(visit: Visit) -> Response:
        known = fleet.read(visit.house, visit.now_ms)
        row = find(visit, known)
        if row.seen.revoked != one.when_shut_out or row.kind == Role.SERVER:
            return visit.go(f"/devices/{row.key}")
        return _confirm(visit, one, row) if visit.posted else _ask(visit, one, row)

    return view


def find(visit: Visit, known: Fleet) -> Row:
    """Return the device that the address names; raises ``RefusedError`` when there is none."""
    row = known.find(visit.params.get("device", ""))
    if row is None:
        raise RefusedError(404)
    return row


def waiting(visit: Visit, row: Row, zone: int) -> list[dict[str, str]]:
    """Return what waits in quarantine: when and what, of no reader and no book."""
    if not row.seen.revoked:
        return []
    device = row.seen.id

    def look(library: Library) -> list[Quarantined]:
        return quarantine(_server_desk(library), device, _MOST_SHOWN)

    return [
        {
            "at": words.moment(as_ms(one.at), zone),
            "what": action_name(one.verb),
            "branch": one.branch_name,
            "staff": one.staff_name,
            "count": ngettext("{count} entry", "{count} entries", one.ops).format(
                count=number(one.ops)
            ),
        }
        for one in visit.house.within(look)
    ]


def why(visit: Visit, row: Row) -> str:
    """Return the reason that was given when the device was shut out."""
    if not row.seen.revoked:
        return ""

    def look(library: Library) -> str:
        judged = [
            op
            for op in library.ops_of(row.seen.id)
            if op.kind == SET and op.payload["fields"].get(REVOKED) is not None
        ]
        return str(judged[-1].payload.get("why", "")) if judged else ""

    return visit.house.within(look)


def _confirm(visit: Visit, one: Step, row: Row) -> Response:
    reason = " ".join(visit.form.get("reason", "").split())[:_MOST_REASON]
    wrong = {}
    if not reason:
        wrong["reason"] = _("Say why: others will ask.")
    if one.by_name and visit.form.get("name", "").strip().casefold() != row.name.casefold():
        wrong["name"] = _("That is not the name of this device.")
    if wrong:
        return _ask(visit, one, row, wrong, 422)
    told = f"{reason} ({visit.session.name})"

    done = visit.house.within(lambda library: one.judge(_server_desk(library), row.seen.id, told))
    if isinstance(done, Refused):
        said = say_refusal(done)
        return _ask(visit, one, row, {"refused": f"{said.what} {said.todo}"}, 409)
    return visit.go(f"/devices/{row.key}", done=one.name)


def _ask(
    visit: Visit, one: Step, row: Row, wrong: dict[str, str] | None = None, status: int = 200
) -> Response:
    return visit.page(
        "judge.html",
        status,
        step=one.name,
        row=row,
        title=_(one.title).format(name=row.name),
        button=_(one.button),
        by_name=one.by_name,
        wrong=wrong or {},
        filled=dict(visit.form),
        withheld=row.seen.withheld,
    )


def _server_desk(library: Library) -> Desk:
    """Return the server's own desk with nobody signed in: administrators are no staff."""
    desk = open_desk(library)
    desk.staff = None
    return desk
