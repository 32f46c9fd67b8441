"""Covers and photos that came with a list or a dump, made small; none is ever replaced."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.common.errors import KnownError
from perpusdesk.exchange.import_rows import Picture
from perpusdesk.exchange.pictures import read_picture
from perpusdesk.services.cataloguing import title_cover
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_photo import photo_id, small_jpeg
from perpusdesk.services.transfer.import_batch import Batch
from perpusdesk.storage.key_index import KeyIndex
from perpusdesk.storage.queries import imports


class Pictures:
    """Takes pictures in, or only tells whether they could be taken (no batch)."""

    def __init__(self, desk: Desk, index: KeyIndex, batch: Batch | None) -> None:
        self._library = desk.library
        self._index = index
        self._batch = batch

    def cover(self, title: UUID, picture: Picture) -> bool | None:
        """Give a title its cover; ``False``: it has one, ``None``: no picture that can be read."""
        id_ = title_cover.cover_id(title)
        if self._has("cover", id_):
            return False
        image = _small(picture, title_cover.SIZE, title_cover.MOST_BYTES)
        return self._keep("cover", id_, {"title": title, "image": image}) if image else None

    def photo(self, member: UUID, picture: Picture) -> bool | None:
        """Give a member a photo, as ``cover``; whether the person agreed is not said by this."""
        id_ = photo_id(member)
        if self._has("photo", id_):
            return False
        image = _small(picture)
        return self._keep("photo", id_, {"member": member, "image": image}) if image else None

    def _has(self, entity_type: str, id_: UUID) -> bool:
        there = self._index.find(f"x|{id_}") is not None
        return there or imports.has_image(self._library, entity_type, id_)

    def _keep(self, entity_type: str, id_: UUID, fields: dict[str, object]) -> bool:
        self._index.add(f"x|{id_}", id_)
        if self._batch:
            self._batch.fill(entity_type, id_, fields)
        return True


def _small(
    picture: Picture, size: tuple[int, int] | None = None, most_bytes: int | None = None
) -> bytes | None:
    data = read_picture(picture)
    if data is None:
        return None
    try:
        if size is None or most_bytes is None:
            return small_jpeg(data)
        return small_jpeg(data, size=size, most_bytes=most_bytes)
    except KnownError:
        return None
