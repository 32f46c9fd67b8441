"""Covers of titles: small pictures that travel with the catalogue."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_photo import small_jpeg
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.queries.title_edit import stored_title

SET: Final = "set_cover"
REMOVE: Final = "remove_cover"
SIZE: Final = (320, 480)
MOST_BYTES: Final = 25_000
_CHANGES: Final = frozenset({"cover"})


def cover_id(title: UUID) -> UUID:
    """Return the id of a title's cover: one each, the same on every device."""
    return named_id("cover", title.hex)


@needs(CATALOGUE)
def set_cover(desk: Desk, title: UUID, image: bytes) -> Done[UUID] | Refused:
    """Keep a picture as a title's cover: at most 320 x 480 pixels and 25,000 bytes.

    ``TITLE_UNKNOWN``; raises ``KnownError`` (UNREADABLE_FILE) when it is no picture.
    """
    if stored_title(desk.library, title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    small = small_jpeg(image, size=SIZE, most_bytes=MOST_BYTES)
    action = desk.action(SET)
    action.set("cover", cover_id(title), {"title": title, "image": small})
    return Done(title, desk.commit(action).action, SET, _CHANGES)


@needs(CATALOGUE)
def remove_cover(desk: Desk, title: UUID) -> Done[UUID]:
    """Take a title's cover away; without one nothing is written."""
    if cover_of(desk, title) is None:
        return Done(title, None, REMOVE)
    action = desk.action(REMOVE)
    action.set("cover", cover_id(title), {"image": None})
    return Done(title, desk.commit(action).action, REMOVE, _CHANGES)


def cover_of(desk: Desk, title: UUID) -> bytes | None:
    """Return a title's cover as a JPEG, or ``None``."""
    image = desk.library.value(
        "select image from cover where id = ? and deleted = 0", cover_id(title).bytes
    )
    return bytes(image) if image else None
