"""What papers say: it is what the library says, and what was undone stands on none."""

from __future__ import annotations

from datetime import date, datetime

from helpers.library import FINE, SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.printing.cards import card_pages
from perpusdesk.printing.clearance import clearance_letter
from perpusdesk.printing.desk_report import desk_report
from perpusdesk.printing.slip_text import message_slip
from perpusdesk.printing.slips import SlipAct
from perpusdesk.services.circulation.found import report_replaced
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import Settlement, report_lost
from perpusdesk.services.circulation.money import take_payment
from perpusdesk.services.circulation.papers import (
    card_paper,
    clearance_paper,
    day_report,
    visit_slip,
)
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.clearance import clearance
from perpusdesk.services.undo import undo
from perpusdesk.storage.chain_seal import seal_at


def day(small: SmallLibrary, desk: Desk) -> datetime:
    """A0001: one copy late, one renewed, one lent and undone, one lent; a part of the fine paid.

    All on Tuesday 10 November; returns when the visit began.
    """
    member, copies = small.members["A0001"], small.copies
    small.house(block_when_overdue=False, renew_when_overdue=True)
    value_of(lend(desk, member, copies["B0001"]))
    small.time.passes(days=3)
    renewed = value_of(lend(desk, member, copies["B0003"])).line.loan
    since = small.time.passes(days=5)
    small.time.passes(minutes=1)
    value_of(take_back(desk, copies["B0001"]))
    value_of(renew(desk, renewed))
    undone = lend(desk, member, copies["B0007"])
    value_of(lend(desk, member, copies["B0009"]))
    value_of(undo(desk, action_of(undone)))
    value_of(take_payment(desk, member, 300))
    return since


def test_a_slip_tells_the_visit(small: SmallLibrary, desk: Desk) -> None:
    small.setting("library_name", "Perpustakaan Contoh")
    since = day(small, desk)
    slip = visit_slip(desk, small.members["A0001"], since)
    assert not isinstance(slip, Refused)
    assert [(line.act, line.barcode) for line in slip.lines] == [
        (SlipAct.RENEWED, "B0003"),
        (SlipAct.RETURNED, "B0001"),
        (SlipAct.LENT, "B0009"),
    ]
    assert slip.lines[1].fine == FINE
    assert slip.lines[0].due == date(2026, 11, 17)
    assert (slip.paid, slip.owed) == (300, FINE - 300)
    assert (slip.library, slip.branch) == ("Perpustakaan Contoh", "Pusat")
    assert slip.staff == "Petugas Contoh"
    assert "Siti M." in message_slip(slip)


def test_a_slip_of_nobody_is_refused(small: SmallLibrary, desk: Desk) -> None:
    unknown = small.library.new_id()
    refusal_of(visit_slip(desk, unknown, small.time.moment), Reason.MEMBER_UNKNOWN)
    refusal_of(card_paper(desk, unknown), Reason.MEMBER_UNKNOWN)
    refusal_of(clearance_paper(desk, unknown), Reason.MEMBER_UNKNOWN)


def test_a_card_shows_the_member(small: SmallLibrary, desk: Desk) -> None:
    card = card_paper(desk, small.members["C0001"])
    assert not isinstance(card, Refused)
    assert (card.name, card.number, card.category) == ("Tono Andai", "C0001", "Anak")
    assert card.expires == date(2027, 1, 5)
    assert card_pages([card]).startswith(b"%PDF")


def test_the_day_report_names_what_stands(small: SmallLibrary, desk: Desk) -> None:
    small.setting("letterhead", {"authority": "Pemerintah Contoh", "place": "Kota Contoh"})
    day(small, desk)
    report = day_report(desk)
    assert report.seal == seal_at(desk.library, desk.library.now_ms())
    assert [(row.act, row.barcode, row.staff) for row in report.rows] == [
        (SlipAct.RETURNED, "B0001", "Petugas Contoh"),
        (SlipAct.RENEWED, "B0003", "Petugas Contoh"),
        (SlipAct.LENT, "B0009", "Petugas Contoh"),
    ]
    assert [count for _, count in report.counts][:3] == [1, 1, 1]
    assert report.counts[-1][1] == 300
    assert report.head.authority == "Pemerintah Contoh"
    assert desk_report(report).startswith(b"%PDF")
    assert day_report(small.desk(branch="van")).rows == ()
    assert [row.barcode for row in day_report(desk, date(2026, 11, 2)).rows] == ["B0001"]


# -- bebas pustaka ----------------------------------------------------------------------------


def test_the_letter_waits_until_nothing_is_owed(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    value_of(lend(desk, member, small.copies["B0001"]))
    loan = refusal_of(clearance(desk, member), Reason.MEMBER_HAS_OBLIGATIONS)
    assert len(list(loan.facts["loans"])) == 1
    value_of(report_lost(desk, small.copies["B0001"], Settlement.SAME_TITLE))
    owed = refusal_of(clearance_paper(desk, member), Reason.MEMBER_HAS_OBLIGATIONS)
    assert (owed.facts["loans"], owed.facts["debt"]) == ((), 0)
    assert len(owed.facts["replacements"]) == 1
    value_of(report_replaced(desk, small.copies["B0001"]))
    assert not isinstance(clearance(desk, member), Refused)


def test_letters_are_numbered_one_after_the_other(small: SmallLibrary, desk: Desk) -> None:
    small.change("member", small.members["A0002"], institution="SMA Contoh")
    letters = [clearance_paper(desk, small.members[card]) for card in ("A0001", "A0002")]
    numbers = [letter.number for letter in letters if not isinstance(letter, Refused)]
    assert numbers == ["001.1/BP/2026", "002.1/BP/2026"]
    second = letters[1]
    assert not isinstance(second, Refused)
    assert second.details == (("Sekolah/instansi", "SMA Contoh"),)
    assert second.checked == desk.now()
    assert clearance_letter(second).startswith(b"%PDF")
    own = clearance_paper(desk, small.members["A0001"], number="B/12", purpose="wisuda")
    assert not isinstance(own, Refused)
    assert (own.number, own.purpose) == ("B/12", "wisuda")
