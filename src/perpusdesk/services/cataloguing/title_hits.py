"""Titles by their ids, as lists show them."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.lookup import TitleHit, title_by_id

__all__ = ["TitleHit", "title_hits"]


def title_hits(desk: Desk, ids: Iterable[UUID]) -> list[TitleHit]:
    """Return these titles in their order; those that are no more are left out."""
    found = (title_by_id(desk.library, id_) for id_ in ids)
    return [hit for hit in found if hit is not None]
