"""The guest book of the demo library: the visits of a day and branch, written in one action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from perpusdesk.domain.visiting import Count, Profile
from perpusdesk.exchange.demo_dice import Dice
from perpusdesk.exchange.demo_guests import guest, members_purpose
from perpusdesk.services.desk import Desk
from perpusdesk.services.visits.guest_book import VERB, Where, put_visit
from perpusdesk.services.visits.visit_profile import member_profile
from perpusdesk.storage.queries.values import as_ms

Rooms = Mapping[int, Sequence[tuple[UUID, int]]]


class GuestBook:
    """Notes who comes, and writes it down at the end of the day.

    ``rooms`` are those of each branch with their seats, ``children``: where children go.
    """

    def __init__(
        self,
        desks: Sequence[Desk],
        rng: Dice,
        rooms: Rooms,
        children: Mapping[int, UUID],
    ) -> None:
        self._desks, self._rng = desks, rng
        self._rooms, self._children = rooms, children
        self._today: dict[int, list[tuple[datetime, UUID | None]]] = defaultdict(list)

    def note(self, branch: int, at: datetime, member: UUID | None) -> None:
        """Note a visit; without a member it is somebody without a card."""
        self._today[branch].append((at, member))

    def write(self) -> None:
        """Write the day down."""
        for branch, visits in self._today.items():
            desk = self._desks[branch]
            action = desk.action(VERB)
            for at, member in visits:
                profile, category = self._who(desk, member)
                put_visit(
                    desk,
                    action,
                    Count(1, profile),
                    Where(self._room(branch, profile)),
                    member=member,
                    category=category,
                    when=as_ms(at.replace(tzinfo=desk.now().tzinfo)),
                )
            desk.commit(action)
        self._today.clear()

    def _who(self, desk: Desk, member: UUID | None) -> tuple[Profile, UUID | None]:
        if member is None:
            return guest(self._rng), None
        profile, category = member_profile(desk, member)
        return replace(profile, purpose=members_purpose(self._rng)), category

    def _room(self, branch: int, profile: Profile) -> UUID | None:
        if profile.age == "0-12" and branch in self._children:
            return self._children[branch]
        rooms = self._rooms.get(branch)
        if not rooms:
            return None
        return self._rng.choices([room for room, _ in rooms], [seats for _, seats in rooms])[0]
