"""Member photos: made small, kept only with the day the person (or guardian) agreed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final
from uuid import UUID

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.member_records import photo_of

if TYPE_CHECKING:
    from PIL import Image

MOST_BYTES: Final = 60_000
MOST_PIXELS: Final = 60_000_000
SIZE: Final = (480, 640)
_QUALITIES: Final = (85, 75, 65, 50, 35)
_RIGHT: Final = "members"


@dataclass(frozen=True, slots=True)
class Photo:
    """The bytes of any picture file, and the day on which its use was agreed to."""

    image: bytes
    consent: date


def small_jpeg(
    image: bytes, *, size: tuple[int, int] = SIZE, most_bytes: int = MOST_BYTES
) -> bytes:
    """Return a picture as an upright JPEG of at most these pixels and bytes.

    Nothing of the file but the picture is kept (no place, no camera). Raises ``KnownError`` with
    ``UNREADABLE_FILE`` when it is no picture that can be read, or one that is far too large.
    """
    from PIL import Image, ImageOps  # not on the way to the desk

    try:
        picture = Image.open(io.BytesIO(image))
        if picture.width * picture.height > MOST_PIXELS:
            raise KnownError(Fault.UNREADABLE_FILE, detail="too many pixels")
        upright = ImageOps.exif_transpose(picture).convert("RGB")
        upright.thumbnail(size)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise KnownError(Fault.UNREADABLE_FILE, detail=str(error)) from error
    return _packed(upright, most_bytes)


def _packed(picture: Image.Image, most_bytes: int) -> bytes:
    while True:
        for quality in _QUALITIES:
            out = io.BytesIO()
            picture.save(out, "JPEG", quality=quality, optimize=True)
            if out.tell() <= most_bytes:
                return out.getvalue()
        picture = picture.resize((picture.width // 2 or 1, picture.height // 2 or 1))


def add_photo(action: Action, member: UUID, photo: Photo) -> None:
    """Put a photo into an action, but for the consent, which is a field of the member.

    Raises ``KnownError`` when it is no picture.
    """
    image = small_jpeg(photo.image)
    action.set("photo", photo_id(member), {"member": member, "image": image})


def photo_id(member: UUID) -> UUID:
    """Return the id of a member's photo: one each, the same on every device."""
    return named_id("photo", member.hex)


def set_photo(desk: Desk, member: UUID, photo: Photo) -> Done[UUID] | Refused:
    """Save a member's photo in place of the one before.

    ``RIGHT_MISSING``, ``MEMBER_UNKNOWN``; raises ``KnownError`` when it is no picture.
    """
    refusal = _refusal(desk, member)
    if refusal:
        return refusal
    action = desk.action("set_photo")
    add_photo(action, member, photo)
    action.set("member", member, {"photo_consent": photo.consent})
    written = desk.commit(action)
    return Done(member, written.action, "set_photo", frozenset({"member", "photo"}))


def remove_photo(desk: Desk, member: UUID) -> Done[UUID] | Refused:
    """Take a member's photo and the consent to it out of the record."""
    refusal = _refusal(desk, member)
    if refusal:
        return refusal
    if photo_of(desk.library, member) is None:
        return Done(member, None, "remove_photo")
    action = desk.action("remove_photo")
    action.set("photo", photo_id(member), {"image": None})
    action.set("member", member, {"photo_consent": None})
    written = desk.commit(action)
    return Done(member, written.action, "remove_photo", frozenset({"member", "photo"}))


def _refusal(desk: Desk, member: UUID) -> Refused | None:
    if not desk.may(_RIGHT):
        return Refused(Reason.RIGHT_MISSING, {"right": _RIGHT})
    if find.member_by_id(desk.library, member) is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    return None
