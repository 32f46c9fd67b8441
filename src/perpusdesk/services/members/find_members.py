"""Finding members: the short list of the desk, and the long one of the members' screen."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import members as query
from perpusdesk.storage.queries.members import MemberLine, Order, Standing

__all__ = ["MemberLine", "Order", "Standing", "find_members", "list_members", "member_lines"]


def find_members(desk: Desk, text: str, limit: int = 20) -> list[MemberLine]:
    """Return the members that a text may mean, the most likely first.

    By the beginning of the card number, the beginning or end of the phone number, or words of the
    name or school in any order, each of which may be only begun.
    """
    return query.find_lines(desk.library, text, desk.today(), limit)


def list_members(
    desk: Desk,
    text: str = "",
    *,
    category: UUID | None = None,
    standing: Standing | None = None,
    order: Order = Order.NAME,
) -> list[UUID]:
    """Return the ids of all members that match, sorted; their number is the total."""
    return query.listed(
        desk.library, desk.today(), text=text, category=category, standing=standing, order=order
    )


def member_lines(desk: Desk, ids: Iterable[UUID]) -> list[MemberLine]:
    """Return the lines of these members, in this order (for the rows being painted)."""
    return query.lines_of(desk.library, ids, desk.today())
