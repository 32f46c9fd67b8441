"""What is folded, and what is only kept until a program comes that understands it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from helpers.op_samples import DEVICES, op, op_lists
from perpusdesk.domain.merge import loans
from perpusdesk.domain.merge.kinds import EVENTS, understood
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op
from perpusdesk.domain.merge.records import EVENT_RECORDS, FIELD_RECORDS


@given(op_lists())
def test_everything_that_services_write_is_understood(ops: list[Op]) -> None:
    assert all(map(understood, ops))


@pytest.mark.parametrize(
    ("entity_type", "kind", "payload"),
    [
        ("loan", "loan.of_a_newer_program", {}),
        ("thing_of_a_newer_program", SET, {"fields": {}}),
        ("loan", SET, {"fields": {}}),
        ("member", loans.OPENED, {}),
        ("member", VOID, {"of": []}),
        ("member", SET, {}),
        ("member", SET, {"fields": {}}),
        ("member", SET, {"fields": {"": 1}}),
        ("member", SET, {"fields": {"name": "A"}, "base": {"name": [1, 2]}}),
        ("member", DELETE, {"base": {"name": [1, b"short", 1, 1]}}),
        ("loan", VOID, {}),
        ("loan", VOID, {"of": [[1, DEVICES[0], 1, True]]}),
        ("loan", loans.RENEWED, {"due": 20261109}),
        ("loan", loans.OPENED, {"copy": "text"}),
        ("money", "money.entered", {"amount": 2**63}),
        ("money", "money.entered", {"amount": True}),
    ],
)
def test_a_strange_op_is_not_folded(entity_type: str, kind: str, payload: dict[str, Any]) -> None:
    made = op(kind, entity_type)
    assert not understood(
        Op(**{name: getattr(made, name) for name in Op.__slots__} | {"payload": payload})
    )


def test_every_table_of_events_has_its_kinds_and_no_name_means_two_things() -> None:
    assert set(EVENT_RECORDS) <= set(EVENTS)
    assert not set(EVENTS) & set(FIELD_RECORDS)
