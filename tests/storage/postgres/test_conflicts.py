"""A server on PostgreSQL lists the same conflicts as a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers.conflict_stories import STORIES
from helpers.devices import another_device, exchange
from helpers.library import build
from perpusdesk.services.conflicts.conflict_list import every_conflict
from perpusdesk.services.conflicts.conflicts import list_conflicts, settle
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done

ALIKE = {
    "lent_withdrawn",
    "sent_twice",
    "return_without_loan",
    "unknown_member",
    "same_inventory",
    "same_card",
    "member_edited_twice",
    "title_edited_twice",
    "edited_deleted",
    "decided_twice",
}
"""Stories that ask the database what another one asks."""


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Any, Desk, Desk]]:
    small = build(tmp_path / "library")
    other = another_device(small, tmp_path / "van", "Mobil 1")
    van = Desk(other.library, other.branch, small.staff["head"])
    desk = small.desk("head")
    exchange(desk, van)
    yield small, desk, van
    van.library.close()
    small.library.close()


@pytest.mark.parametrize("name", sorted(STORIES.keys() - ALIKE))
def test_the_server_asks_the_same(
    pair: tuple[Any, Desk, Desk], make_postgres: Callable[..., Any], name: str
) -> None:
    small, desk, van = pair
    STORIES[name][0](small, desk, van)
    exchange(desk, van)
    server = make_postgres(library=small.library.id)
    server.ingest(list(desk.library.all_ops()))
    told = every_conflict(server)
    assert told
    assert told == every_conflict(desk.library)
    at_server = Desk(server, desk.branch, desk.staff)
    conflict = list_conflicts(at_server).conflicts[0]
    assert isinstance(settle(at_server, conflict.id, conflict.proposal), Done)
    desk.library.ingest(list(server.all_ops()))
    assert list_conflicts(desk) == list_conflicts(at_server)
