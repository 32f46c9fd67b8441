"""What needs a decision, from the command line: list, show, settle, take back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from helpers.command_line import Call
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import open_desk
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries import circulation as find


@contextmanager
def _van(library: Path, folder: Path) -> Iterator[Desk]:
    """A desk of another device that knows all that the library knows."""
    with Library.open(library) as home:
        ops = list(home.all_ops())
        with Library.create(folder, library=home.id) as van:
            van.ingest(ops)
            at_home = open_desk(home)
            yield Desk(van, at_home.branch, at_home.staff)
            home.ingest(list(van.all_ops()))


@pytest.fixture
def contradicted(call: Call, library: Path, tmp_path: Path, barcodes: list[str]) -> str:
    """Let a van lend to Budi what is lent to Siti here; return the barcode."""
    with _van(library, tmp_path / "van") as van:
        pass
    with Library.open(tmp_path / "van") as van_library:
        at = Desk(van_library, van.branch, van.staff)
        budi = find.members_by_card(van_library, "A0002")[0].id
        copy = find.copies_by_code(van_library, barcodes[0])[0].id
        assert isinstance(lend(at, budi, copy), Done)
        told = list(van_library.all_ops())
    assert call("lend", "--member", "A0001", barcodes[0]).code == 0
    with Library.open(library) as home:
        home.ingest(told)
    return barcodes[0]


def _one(call: Call) -> dict[str, Any]:
    (conflict,) = call("conflicts", "list").document["conflicts"]
    found: dict[str, Any] = conflict
    return found


def test_nothing_needs_a_decision_at_first(call: Call) -> None:
    assert call("conflicts").document == {"total": 0, "counts": {}, "conflicts": []}
    assert "diputuskan" in call("conflicts", "--lang", "id", json=False).out
    assert call("status").document["conflicts"] == 0


def test_a_conflict_is_listed_with_its_sides_and_answers(call: Call, contradicted: str) -> None:
    conflict = _one(call)
    assert conflict["kind"] == "lent_twice"
    assert contradicted in conflict["sentence"]
    assert {side["text"].split(" · ")[0] for side in conflict["sides"]} == {
        "Siti Misalnya",
        "Budi Misalnya",
    }
    assert all(side["staff"] == "Petugas Uji" and side["at"] for side in conflict["sides"])
    assert conflict["answers"] == ["side_1", "side_2", "all_returned", "as_is"]
    assert conflict["proposal"] == "side_2"
    assert call("status").document["conflicts"] == 1
    assert call("conflicts", "show", conflict["id"]).document == {"conflict": conflict}
    assert call("conflicts", "list", "--kind", "same_card").document["conflicts"] == []
    assert call("conflicts", "show", conflict["id"], json=False).out.count("\n") == 7


def test_settling_and_taking_it_back(call: Call, contradicted: str) -> None:
    id_ = _one(call)["id"]
    answer = call("conflicts", "settle", id_, "--answer", "all_returned", "--note", "di rak")
    assert answer.code == 0, answer.err
    assert answer.document["settled"] == {id_: "all_returned"}
    assert call("copy", "show", contradicted).document["status"] == "available"
    assert call("conflicts").document["conflicts"] == []
    (decision,) = call("conflicts", "decisions").document["decisions"]
    assert (decision["conflict"], decision["note"]) == (id_, "di rak")
    again = call("conflicts", "settle", id_)
    assert (again.code, again.document["refused"]["code"]) == (1, "conflict_settled")
    assert call("undo", decision["action"]).code == 0
    assert _one(call)["id"] == id_


def test_all_are_settled_as_proposed(call: Call, contradicted: str) -> None:
    answer = call("conflicts", "settle", "--all-proposed")
    assert list(answer.document["settled"].values()) == ["side_2"]
    assert answer.document["left"] == {}
    again = call("conflicts", "settle", "--all-proposed")
    assert (again.code, again.document["refused"]["code"]) == (1, "nothing_chosen")


def test_wrong_words_are_told(call: Call, contradicted: str) -> None:
    id_ = _one(call)["id"]
    assert call("conflicts", "settle").code == 2
    assert call("conflicts", "settle", id_, "--all-proposed").code == 2
    assert call("conflicts", "list", "--kind", "nonsense").document["error"]["code"] == "kind"
    refused = call("conflicts", "settle", id_, "--answer", "side_9").document["refused"]
    assert refused["code"] == "answer_unknown"
    assert "side_1" in refused["facts"]["answers"]
    assert call("conflicts", "show", "00").document["refused"]["code"] == "conflict_unknown"
