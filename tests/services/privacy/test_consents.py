"""Consents: who gave them, what a withdrawal takes away, and the one truth of photo and child."""

from __future__ import annotations

import io
from datetime import date

import pytest
from PIL import Image

from helpers.library import SmallLibrary, done_of, refusal_of, value_of
from perpusdesk.domain.data_protection import ConsentForm, Purpose
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.members.member_photo import Photo, set_photo
from perpusdesk.services.members.merge_members import merge_members
from perpusdesk.services.privacy.consents import Given, consents, give, may_use, withdraw

DAY = date(2026, 11, 1)


def picture() -> bytes:
    out = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(out, "PNG")
    return out.getvalue()


def _line(desk: Desk, member, purpose: Purpose):
    return next(line for line in consents(desk, member) if line.purpose is purpose)


@pytest.mark.parametrize("purpose", [Purpose.PHOTO, Purpose.WHATSAPP, Purpose.DISABILITY])
def test_a_consent_counts_from_being_given_until_it_is_taken_back(
    small: SmallLibrary, desk: Desk, purpose: Purpose
) -> None:
    member = small.members["A0001"]
    assert not may_use(desk, member, purpose)
    value_of(give(desk, member, Given(purpose, DAY, ConsentForm.SCAN, "Map 3: no. 12")))
    line = _line(desk, member, purpose)
    assert (line.in_force, line.given, line.form) == (True, DAY, ConsentForm.SCAN)
    assert line.where == "Map 3: no. 12"
    assert may_use(desk, member, purpose)
    value_of(withdraw(desk, member, purpose))
    line = _line(desk, member, purpose)
    assert (line.in_force, line.given, line.withdrawn) == (False, DAY, desk.today())
    assert not may_use(desk, member, purpose)
    assert done_of(withdraw(desk, member, purpose)).action is None


def test_a_photo_goes_with_its_consent(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    value_of(set_photo(desk, member, Photo(picture(), DAY)))
    assert _line(desk, member, Purpose.PHOTO).form is None, "no proof is on record yet"
    value_of(give(desk, member, Given(Purpose.PHOTO, DAY, ConsentForm.PAPER)))
    assert _line(desk, member, Purpose.PHOTO).form is ConsentForm.PAPER
    value_of(withdraw(desk, member, Purpose.PHOTO))
    card = member_card(desk, member)
    assert card is not None
    assert card.photo is None
    assert not card.photo_unused


def test_a_photo_without_consent_is_kept_but_not_shown(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    value_of(set_photo(desk, member, Photo(picture(), DAY)))
    small.change("member", member, photo_consent=None)
    card = member_card(desk, member)
    assert card is not None
    assert (card.photo, card.photo_unused) == (None, True)


def test_whatsapp_is_offered_only_with_consent_and_not_while_restricted(
    small: SmallLibrary, desk: Desk
) -> None:
    member = small.members["A0001"]
    value_of(give(desk, member, Given(Purpose.WHATSAPP, DAY)))
    card = member_card(desk, member)
    assert card is not None
    assert card.whatsapp
    small.change("member", member, restricted="2026-11-02")
    card = member_card(desk, member)
    assert card is not None
    assert not card.whatsapp


def test_for_a_child_only_the_guardian_agrees(small: SmallLibrary, desk: Desk) -> None:
    child = small.members["C0001"]
    asked = give(desk, child, Given(Purpose.WHATSAPP, DAY))
    assert refusal_of(asked, Reason.GUARDIAN_MISSING)
    asked = give(desk, child, Given(Purpose.CHILD, DAY, given_by="Ani Andai"))
    assert refusal_of(asked, Reason.GUARDIAN_MISSING)
    value_of(give(desk, child, Given(Purpose.CHILD, DAY, given_by="Ani Andai", relation="ibu")))
    card = member_card(desk, child)
    assert card is not None
    assert card.form.guardian_name == "Ani Andai"
    assert card.form.guardian_consent == DAY
    assert not card.consent_missing
    value_of(withdraw(desk, child, Purpose.CHILD))
    card = member_card(desk, child)
    assert card is not None
    assert card.consent_missing, "the rule at the desk reads the same truth"


def test_the_day_in_the_record_decides_and_an_older_proof_is_none(
    small: SmallLibrary, desk: Desk
) -> None:
    child = small.members["C0001"]
    value_of(give(desk, child, Given(Purpose.CHILD, DAY, given_by="Ani Andai", relation="ibu")))
    small.change("member", child, guardian_consent="2026-11-02")
    line = _line(desk, child, Purpose.CHILD)
    assert (line.in_force, line.given, line.form) == (True, date(2026, 11, 2), None)


def test_the_purpose_of_children_is_not_asked_of_adults(small: SmallLibrary, desk: Desk) -> None:
    purposes = {line.purpose for line in consents(desk, small.members["A0001"])}
    assert purposes == {Purpose.PHOTO, Purpose.WHATSAPP, Purpose.DISABILITY}


def test_a_consent_of_tomorrow_or_without_the_right_is_refused(small: SmallLibrary) -> None:
    member = small.members["A0001"]
    desk = small.desk()
    asked = give(desk, member, Given(Purpose.PHOTO, date(2026, 11, 3)))
    assert refusal_of(asked, Reason.DATE_IN_FUTURE)
    asked = give(small.desk("volunteer"), member, Given(Purpose.PHOTO, DAY))
    assert refusal_of(asked, Reason.RIGHT_MISSING)


def test_a_merged_members_consents_go_along(small: SmallLibrary, desk: Desk) -> None:
    kept, away = small.members["A0001"], small.members["A0002"]
    value_of(give(desk, away, Given(Purpose.WHATSAPP, DAY)))
    value_of(merge_members(desk, kept, [away]))
    assert may_use(desk, kept, Purpose.WHATSAPP)
