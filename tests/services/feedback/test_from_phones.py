"""What comes from phones: noted by nobody, counted once, shown to others only when backed."""

from __future__ import annotations

from uuid import UUID

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.complaints import Channel, Kind
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.wishes import WishState
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaint_lists import (
    ComplaintSearch,
    complaint_lines,
    complaint_sheet,
)
from perpusdesk.services.feedback.from_phones import send_message, send_wishes
from perpusdesk.services.feedback.phone_offers import Offer, offers_of, set_phone_offers
from perpusdesk.services.feedback.wish_lists import public_wishes, wish_lines
from perpusdesk.services.feedback.wishes import WishForm, add_wish, decide_wish, vote
from perpusdesk.services.undo import undo
from perpusdesk.services.visits.kiosk_desk import KioskDesk


def nobody(small: SmallLibrary) -> Desk:
    """Return the desk that phones work at."""
    head = small.desk("head")
    return KioskDesk(head.library, head.branch, None)


def shown(desk: Desk) -> dict[str, int]:
    """Return what visitors are shown: titles and votes."""
    return {line.row.title: line.row.votes for line in public_wishes(desk)}


def test_a_wish_of_a_phone_is_shown_to_others_when_the_house_stands_by_it(
    small: SmallLibrary,
) -> None:
    desk, head = nobody(small), small.desk("head")
    assert value_of(send_wishes(desk, WishForm("Hujan di Pasar"))) == 1
    assert value_of(send_wishes(desk, WishForm("hujan di pasar"))) == 1  # a vote, and no more
    (line,) = wish_lines(head)
    assert (line.row.votes, line.row.source, line.public) == (2, "phone", False)
    assert shown(desk) == {}
    value_of(vote(head, line.id))
    assert shown(desk) == {"Hujan di Pasar": 3}
    value_of(send_wishes(desk, WishForm("Pasar Malam")))
    other = next(one for one in wish_lines(head) if one.row.title == "Pasar Malam")
    value_of(decide_wish(head, other.id, WishState.CHOSEN))
    assert set(shown(desk)) == {"Hujan di Pasar", "Pasar Malam"}


def test_each_form_supports_what_is_shown_once(small: SmallLibrary) -> None:
    desk, head = nobody(small), small.desk("head")
    first, second = (value_of(add_wish(head, WishForm(name))) for name in ("Satu", "Dua"))
    hidden = value_of(add_wish(head, WishForm("Tiga"), "phone"))
    assert value_of(send_wishes(desk, WishForm(""), [first, second, hidden, UUID(int=7)])) == 2
    assert value_of(send_wishes(desk, WishForm("satu"), [first])) == 1  # typed and ticked
    votes = {line.row.title: line.row.votes for line in wish_lines(head)}
    assert votes == {"Satu": 3, "Dua": 2, "Tiga": 1}


def test_what_is_refused_counts_nothing(small: SmallLibrary) -> None:
    desk, head = nobody(small), small.desk("head")
    one = value_of(add_wish(head, WishForm("Satu")))
    refusal_of(send_wishes(desk, WishForm(" ")), Reason.NOTHING_CHOSEN)
    owned = head.library.value("select title from title where deleted = 0 limit 1")
    refusal_of(send_wishes(desk, WishForm(owned), [one]), Reason.WISH_OWNED)
    assert [line.row.votes for line in wish_lines(head)] == [1]


def test_a_message_stands_in_the_register_under_its_number(small: SmallLibrary) -> None:
    desk, head = nobody(small), small.desk("head")
    numbers = {value_of(send_message(desk, f"Lampu {n} mati", Kind.COMPLAINT)) for n in range(20)}
    assert len(numbers) == 20 and all(one.startswith("HP-") for one in numbers)
    asked = sorted(numbers)[0]
    (line,) = complaint_lines(head, ComplaintSearch(asked.lower()))
    assert (line.channel, line.row.contact, line.row.ticket) == (Channel.MOBILE, None, asked)
    sheet = complaint_sheet([line])
    assert "Ponsel pengunjung" in [column.cell(line) for column in sheet.columns]


def test_what_is_offered_is_off_until_somebody_says_so(small: SmallLibrary) -> None:
    head = small.desk("head")
    assert offers_of(head) == {Offer.SURVEYS}
    refusal_of(set_phone_offers(small.desk("volunteer"), set(Offer)), Reason.RIGHT_MISSING)
    value_of(set_phone_offers(head, {Offer.WISHES}))
    assert offers_of(head) == {Offer.WISHES}
    assert value_of(set_phone_offers(head, {Offer.WISHES})) == {Offer.WISHES}  # nothing written
    refusal_of(set_phone_offers(nobody(small), set(Offer)), Reason.RIGHT_MISSING)


def test_the_last_step_of_staff_is_never_a_visitors(small: SmallLibrary) -> None:
    desk, head = nobody(small), small.desk("head")
    one = value_of(add_wish(head, WishForm("Satu")))
    value_of(send_message(desk, "Lampu mati", Kind.COMPLAINT))
    value_of(send_wishes(desk, WishForm("Dua"), [one]))
    assert value_of(undo(head)).verb == "add_wish"
    assert {line.row.title for line in wish_lines(head)} == {"Dua"}
    assert len(complaint_lines(head)) == 1
