"""How ops of a stream count may change after others named them, and before they are here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest

from helpers.op_samples import DEVICES, field_set, op
from perpusdesk.domain.merge.judgement import CAPPED
from perpusdesk.domain.merge.loans import OPENED, RETURNED
from perpusdesk.domain.merge.ops import DELETE, Op
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library

Make = Callable[[str], Library]

EDIT = field_set({"name": "Ani"}, clock=900, device=0, seq=1)
REMOVAL = replace(
    op(DELETE, "member", clock=20, device=1, seq=1),
    payload={"base": {"name": list(EDIT.stamp)}},
)


def capping(first: int = 1, clock: int = 5) -> Op:
    """Return what the library says of the fast clock of the first device."""
    run = (EDIT.stamp.incarnation).to_bytes(8, "big")
    payload = {"device": DEVICES[0], "incarnation": run, "first": first, "last": 9, "clock": clock}
    return replace(op(CAPPED, "clock_cap", 7, clock=30, device=2), payload=payload)


def told(library: Library, *ops: Op) -> Library:
    for one in ops:
        library.ingest([one])
    return library


@pytest.mark.parametrize("order", list(permutations((EDIT, REMOVAL, capping()))))
def test_a_deletion_may_come_before_what_it_names_and_what_is_said_of_it(
    make: Make, order: tuple[Op, ...]
) -> None:
    library = told(make("one"), *order)
    assert check(library) == []
    assert library.digest() == told(make("other"), EDIT, REMOVAL, capping()).digest()
    half = told(make("half"), *(one for one in order if one is not EDIT))
    assert check(half) == []


def test_what_was_taken_back_under_a_cap_stays_so_when_the_cap_is_lifted(make: Make) -> None:
    library = make("one")
    opened = op(
        OPENED, clock=900, device=0, seq=1, copy=b"c" * 16, member=b"m" * 16, due="2026-11-09"
    )
    returned = op(RETURNED, clock=901, device=0, seq=2)
    told(
        library, opened, returned, field_set({"name": "Ani"}, clock=902, device=0, seq=3), capping()
    )
    action = Action("undo")
    (back,) = (one for one in library.ops_of(opened.entity) if one.kind == RETURNED)
    action.void(back)
    action.delete("member", EDIT.entity)
    library.write(action)
    lifted = Action("settle_conflict")
    (cap,) = library.ops_of(capping().entity)
    lifted.void(cap)
    library.write(lifted)
    assert library.value("select voided from clock_cap") == 1
    assert library.value('select "end" from loan') == 0
    assert library.value("select deleted from member") == 1
    assert check(library) == []
