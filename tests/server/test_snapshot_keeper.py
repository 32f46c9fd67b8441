"""A large library's new device starts from the snapshot that its server keeps at hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.syncing.snapshots import Shelf
from perpusdesk_server import snapshot_keeper
from perpusdesk_server.snapshot_keeper import SnapshotKeeper
from server.places import city, code_of, joined, listening


def add_titles(library: Library, count: int) -> None:
    actions = []
    for number in range(count):
        action = Action("add_title")
        action.set("title", library.new_id(), {"title": f"Judul {number}"}, fresh=True)
        actions.append(action)
    library.write_many(actions)


def test_a_new_desk_starts_from_the_snapshot_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot_keeper, "LEAST_OPS", 200)
    plain = city(tmp_path / "server")
    shelf = Shelf(tmp_path / "shelf", None)
    serving = replace(plain, shelf=shelf)
    keeper = SnapshotKeeper(serving, shelf)
    assert not keeper.look()  # small: op by op is as quick
    serving.within(lambda library: add_titles(library, 300))
    assert keeper.look()
    assert not keeper.look()
    serving.within(lambda library: add_titles(library, 3))
    with listening(serving) as port, joined(tmp_path / "desk", code_of(serving, port)) as desk:
        told = desk.exchange()
        assert told.reason == ""
        assert 0 < told.outcome.received < 50  # the rest came with the snapshot
        assert desk.library.value("select count(*) from title") == 303
        assert desk.library.digest() == serving.within(lambda library: library.digest())
        assert check(desk.library) == []
        assert desk.exchange().outcome.received == 0
        assert not list((tmp_path / "desk" / "snapshot-in").iterdir())
