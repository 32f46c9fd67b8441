"""Requests about personal data: written down by anybody, answered by who may, in time or late."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.data_protection import RequestKind
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.find_members import find_members, list_members
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.members.member_sheet import member_sheet
from perpusdesk.services.privacy.data_requests import (
    NewRequest,
    Outcome,
    close,
    receive,
    request_line,
    request_lines,
    waiting,
)
from perpusdesk.services.privacy.restrict_member import end_restriction, restrict, restricted_since
from perpusdesk.storage.queries import exports


def test_the_clock_runs_from_when_the_request_came(small: SmallLibrary, head: Desk) -> None:
    member = small.members["A0001"]
    came = head.now() - timedelta(hours=31)
    volunteer = small.desk("volunteer")
    request = value_of(receive(volunteer, NewRequest(RequestKind.ACCESS, member, received=came)))
    line = request_line(head, request)
    assert line is not None
    assert (line.name, line.card, line.clock.hours) == ("Siti Misalnya", "A0001", 41)
    assert (waiting(head).open, waiting(head).overdue) == (1, 0)
    small.time.passes(hours=42)
    assert (waiting(head).open, waiting(head).overdue) == (1, 1)
    value_of(close(head, request))
    line = request_line(head, request)
    assert line is not None
    assert (line.outcome, line.clock.done, line.clock.overdue) == (Outcome.DONE, True, True)
    assert waiting(head).open == 0


def test_the_most_urgent_request_stands_first_and_answered_ones_last(
    small: SmallLibrary, head: Desk
) -> None:
    def came(hours: int, name: str) -> None:
        moment = head.now() - timedelta(hours=hours)
        new = NewRequest(RequestKind.CORRECTION, name=name, received=moment)
        made[name] = value_of(receive(head, new))

    made: dict[str, UUID] = {}
    for hours, name in ((1, "Satu"), (70, "Tujuh"), (30, "Tiga")):
        came(hours, name)
    value_of(close(head, made["Tujuh"]))
    assert [line.name for line in request_lines(head)] == ["Tiga", "Satu", "Tujuh"]


def test_what_is_refused(small: SmallLibrary, desk: Desk, head: Desk) -> None:
    assert refusal_of(receive(desk, NewRequest(RequestKind.ERASURE)), Reason.NAME_MISSING)
    later = NewRequest(RequestKind.ERASURE, name="Ani", received=desk.now() + timedelta(hours=1))
    assert refusal_of(receive(desk, later), Reason.DATE_IN_FUTURE)
    request = value_of(receive(desk, NewRequest(RequestKind.ERASURE, name="Ani")))
    assert refusal_of(close(desk, request), Reason.RIGHT_MISSING)
    assert refusal_of(close(head, request, Outcome.REFUSED), Reason.REASON_MISSING)
    value_of(close(head, request, Outcome.REFUSED, "Masih ada pinjaman"))
    assert refusal_of(close(head, request), Reason.REQUEST_CLOSED)
    assert refusal_of(close(head, head.library.new_id()), Reason.REQUEST_UNKNOWN)


def test_a_restricted_member_is_served_but_leaves_in_no_list_and_no_export(
    small: SmallLibrary, desk: Desk, head: Desk
) -> None:
    member = small.members["A0001"]
    assert refusal_of(restrict(desk, member), Reason.RIGHT_MISSING)
    value_of(restrict(head, member))
    assert restricted_since(head, member) == head.today()
    ids = list_members(head)
    sheet = member_sheet(ids)
    assert member in ids, "staff find the member still"
    assert find_members(head, "Siti")
    assert set(sheet.fetch(head, ids)) == set(ids) - {member}
    cards = {values["card"] for values in exports.members(head.library)}
    assert "A0001" not in cards
    assert "A0002" in cards
    card = member_card(head, member)
    assert card is not None
    assert card.restricted == head.today()
    value_of(end_restriction(head, member))
    assert restricted_since(head, member) is None
    assert member in sheet.fetch(head, ids)
