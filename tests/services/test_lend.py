"""Lending, taking back, renewing and undoing, against a real library."""

from __future__ import annotations

from datetime import date

from helpers.library import SmallLibrary
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.lend import lend
from perpusdesk.services.results import Done


def test_a_copy_is_lent_until_the_rule_says(small: SmallLibrary, desk: Desk) -> None:
    done = lend(desk, small.members["A0001"], small.copies["B0001"])
    assert isinstance(done, Done)
    assert done.value.line.due == date(2026, 11, 9)
    assert done.value.left == 2


def test_a_copy_on_loan_is_refused_to_another(small: SmallLibrary, desk: Desk) -> None:
    lend(desk, small.members["A0001"], small.copies["B0001"])
    refused = lend(desk, small.members["A0002"], small.copies["B0001"])
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.COPY_ON_LOAN
    assert refused.facts["member"] == small.members["A0001"]
