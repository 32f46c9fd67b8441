"""Ordinary work at the desk of the small library, for tests that watch what it does to the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.library import SmallLibrary
from perpusdesk.domain.lost import Settlement
from perpusdesk.services.circulation.claims import claim_returned, end_claim
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import report_lost
from perpusdesk.services.circulation.money import take_payment
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.circulation.visit import close_visit, open_visit
from perpusdesk.services.members.block_member import block_member, lift_block
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.results import Done
from perpusdesk.services.undo import undo


def work(small: SmallLibrary) -> Iterator[Done[Any]]:
    """Yield each step of a day after it was done; none is refused."""
    for step in _steps(small):
        assert isinstance(step, Done), f"the day was not meant to go like that: {step}"
        small.time.passes(minutes=2)
        yield step


def _steps(small: SmallLibrary) -> Iterator[Any]:
    desk, copies = small.desk("head"), small.copies
    siti, budi, rina = (small.members[card] for card in ("A0001", "A0002", "A0003"))
    open_visit(desk, siti)
    first = lend(desk, siti, copies["B0001"])
    yield first
    assert isinstance(first, Done)
    yield lend(desk, siti, copies["B0003"])
    close_visit(desk)
    yield lend(desk, budi, copies["B0007"])
    yield undo(desk)
    yield lend(desk, budi, copies["B0002"])
    yield place_hold(desk, rina, small.titles[0])
    yield register_member(desk, MemberForm(name="Nina Umpama", category=small.categories["adult"]))
    yield write_note(desk, budi, "Datang dengan cucu")
    block = block_member(desk, budi, "Kartu dipinjam orang lain")
    yield block
    assert isinstance(block, Done)
    yield lift_block(desk, block.value, "Sudah jelas")
    yield undo(desk)
    small.time.passes(days=3)
    yield read_on_site(desk, copies["B0009"])
    yield claim_returned(desk, first.value.line.loan)
    yield end_claim(desk, first.value.line.loan)
    yield lend(desk, rina, copies["B0011"])
    small.time.passes(days=1)
    yield renew(desk, _loan(small, "B0011"))
    yield undo(desk)
    yield report_lost(desk, copies["B0011"], Settlement.PRICE)
    small.time.passes(days=20)
    yield take_back(desk, copies["B0001"])
    yield take_back(desk, copies["B0003"])
    yield undo(desk)
    yield take_back(desk, copies["B0003"])
    yield take_payment(desk, siti, 500)


def _loan(small: SmallLibrary, barcode: str) -> Any:
    from perpusdesk.storage.queries.circulation import open_loan_of_copy

    loan = open_loan_of_copy(small.library, small.copies[barcode])
    assert loan is not None
    return loan.id
