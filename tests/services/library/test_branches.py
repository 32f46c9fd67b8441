"""A branch more: who may add it, and that it is one at once."""

from __future__ import annotations

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.library.branches import BranchKind, branches, open_branch


def test_a_van_is_a_branch_at_once(small: SmallLibrary) -> None:
    before = len(branches(small.desk("head")))
    made = value_of(open_branch(small.desk("head"), " Mobil Melati ", BranchKind.VAN))
    van = small.desk("head").branches[made]
    assert (van.name, van.kind) == ("Mobil Melati", "van")
    assert len(branches(small.desk("head"))) == before + 1


def test_only_who_may_change_rules_adds_a_branch(small: SmallLibrary) -> None:
    refused = open_branch(small.desk("desk"), "Cabang Liar", BranchKind.BUILDING)
    refusal_of(refused, Reason.RIGHT_MISSING)
