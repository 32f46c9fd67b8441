"""Photos: small, upright, nothing but the picture, and never without consent."""

from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from helpers.library import SmallLibrary, action_of, done_of, refusal_of, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_photo import (
    MOST_BYTES,
    SIZE,
    Photo,
    remove_photo,
    set_photo,
    small_jpeg,
)
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.undo import undo

AGREED = date(2026, 11, 2)


def picture(width: int = 900, height: int = 1200, kind: str = "PNG", **save: object) -> bytes:
    made = Image.radial_gradient("L").resize((width, height)).convert("RGB")
    out = io.BytesIO()
    made.save(out, kind, **save)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "GIF", "WEBP"])
def test_any_picture_becomes_a_small_jpeg(kind: str) -> None:
    made = small_jpeg(picture(kind=kind))
    assert len(made) <= MOST_BYTES
    shown = Image.open(io.BytesIO(made))
    assert shown.format == "JPEG"
    assert shown.width <= SIZE[0]
    assert shown.height <= SIZE[1]


def test_a_picture_that_packs_badly_is_made_small_enough_all_the_same() -> None:
    out = io.BytesIO()
    Image.effect_noise((900, 1200), 200).save(out, "PNG")
    assert len(small_jpeg(out.getvalue())) <= MOST_BYTES


def test_a_picture_lying_on_its_side_is_set_upright_and_its_data_left_out() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "a camera"
    made = Image.open(io.BytesIO(small_jpeg(picture(400, 200, "JPEG", exif=exif))))
    assert (made.width, made.height) == (200, 400)
    assert not made.getexif()


def test_a_picture_with_holes_and_one_of_a_pixel_are_taken() -> None:
    out = io.BytesIO()
    Image.new("LA", (1, 1), (128, 0)).save(out, "PNG")
    assert small_jpeg(out.getvalue())


@given(st.binary(max_size=300))
def test_what_is_no_picture_is_a_known_error(junk: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        small_jpeg(junk)
    assert caught.value.fault is Fault.UNREADABLE_FILE


def test_a_torn_picture_is_a_known_error() -> None:
    with pytest.raises(KnownError):
        small_jpeg(picture()[:20_000])


def test_a_picture_of_far_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(out, "PNG")
    with pytest.raises(KnownError):
        small_jpeg(out.getvalue())


def test_a_photo_is_registered_with_its_consent(desk: Desk) -> None:
    form = MemberForm(name="Wati Andai")
    done = register_member(desk, form, photo=Photo(picture(), AGREED))
    card = member_card(desk, value_of(done).member)
    assert card is not None
    assert card.photo is not None
    assert card.photo_consent == AGREED


def test_a_spoilt_photo_registers_nobody(small: SmallLibrary, desk: Desk) -> None:
    before = small.library.digest()
    with pytest.raises(KnownError):
        register_member(desk, MemberForm(name="Wati"), photo=Photo(b"junk", AGREED))
    assert small.library.digest() == before


def test_a_removed_photo_is_gone_with_its_consent_and_can_come_back(
    small: SmallLibrary, desk: Desk
) -> None:
    member = small.members["A0001"]
    value_of(set_photo(desk, member, Photo(picture(), AGREED)))
    value_of(remove_photo(desk, member))
    card = member_card(desk, member)
    assert card is not None
    assert card.photo is None
    assert card.photo_consent is None
    value_of(undo(desk))
    card = member_card(desk, member)
    assert card is not None
    assert card.photo
    assert card.photo_consent == AGREED


def test_undoing_each_of_two_photos_ends_without_one(small: SmallLibrary, desk: Desk) -> None:
    member = small.members["A0001"]
    first = set_photo(desk, member, Photo(picture(), AGREED))
    second = set_photo(desk, member, Photo(picture(), AGREED))
    for done in (second, first):
        value_of(undo(desk, action_of(done)))
    third = set_photo(desk, member, Photo(picture(), AGREED))
    value_of(undo(desk, action_of(third)))
    card = member_card(desk, member)
    assert card is not None
    assert card.photo is None


def test_photos_need_the_right_and_a_member(small: SmallLibrary, desk: Desk) -> None:
    photo = Photo(picture(), AGREED)
    volunteer = small.desk("volunteer")
    refusal_of(set_photo(volunteer, small.members["A0001"], photo), Reason.RIGHT_MISSING)
    refusal_of(set_photo(desk, small.library.new_id(), photo), Reason.MEMBER_UNKNOWN)
    assert done_of(remove_photo(desk, small.members["A0001"])).action is None
