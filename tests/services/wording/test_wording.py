"""Every refusal, fault, notice and action has its words in both languages, nothing unfilled."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import LANGUAGES, set_language
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.lost import Settlement
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import report_lost
from perpusdesk.services.circulation.money import charge, take_payment
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.undo import undo
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import _TEXTS, say_refusal

SOURCES = Path(__file__).parents[3] / "src" / "perpusdesk"
MADE_BY_THE_WORDING = {"until", "note", "obligations"}


def in_both(tell: Any) -> dict[str, str]:
    told = {}
    for language in LANGUAGES:
        set_language(language)
        told[language] = tell()
    return told


def holes(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_said_in_both_languages(reason: Reason) -> None:
    told = in_both(lambda: say_refusal(Refused(reason)).what)
    assert all(told.values())
    assert told["id"] != told["en"]
    assert not any(brace in text for text in told.values() for brace in "{}")


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_says_what_happened_what_is_safe_and_what_to_do(fault: Fault) -> None:
    error = KnownError(fault, file="/a/folder", cause="a cause")
    for part in ("what", "safe", "todo"):
        told = in_both(lambda part=part: getattr(say_fault(error), part))
        assert told["id"] != told["en"]
        assert not any(brace in text for text in told.values() for brace in "{}")


def _literal_facts() -> Iterator[tuple[Reason, str, set[str]]]:
    """Yield each ``Refused(Reason.X, {...})`` that is written out in the program."""
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != "Refused" or len(node.args) < 2:
                continue
            reason, facts = node.args[:2]
            if not (isinstance(reason, ast.Attribute) and isinstance(facts, ast.Dict)):
                continue
            if None not in facts.keys:
                keys = {key.value for key in facts.keys if isinstance(key, ast.Constant)}
                yield Reason[reason.attr], f"{path.name}:{node.lineno}", {str(key) for key in keys}


def test_no_refusal_has_a_hole_that_its_rule_gives_no_fact_for() -> None:
    found = list(_literal_facts())
    assert len(found) > 30
    missing = [
        (where, reason.value, sorted(left))
        for reason, where, facts in found
        for left in [holes("".join(_TEXTS[reason])) - facts - MADE_BY_THE_WORDING]
        if left
    ]
    assert missing == []


def _refusals(small: SmallLibrary) -> Iterator[Refused]:
    """Run into the refusals that staff meet most, by the program's own jobs."""
    desk, head = small.desk(), small.desk("head")
    siti, budi, joko = (small.members[card] for card in ("A0001", "A0002", "A0004"))
    copies = small.copies
    loan = value_of(lend(desk, siti, copies["B0001"])).line
    yield refusal_of(lend(desk, siti, copies["B0001"]), Reason.COPY_ALREADY_YOURS)
    yield refusal_of(lend(desk, budi, copies["B0001"]), Reason.COPY_ON_LOAN)
    yield refusal_of(lend(desk, budi, copies["B0005"]), Reason.COPY_NOT_FOR_LOAN)
    yield refusal_of(take_back(desk, copies["B0007"]), Reason.COPY_NOT_ON_LOAN)
    yield refusal_of(renew(desk, loan.loan), Reason.RENEWAL_TOO_EARLY)
    for barcode in ("B0003", "B0007"):
        value_of(lend(desk, siti, copies[barcode]))
    yield refusal_of(lend(desk, siti, copies["B0009"]), Reason.LIMIT_REACHED)
    yield refusal_of(place_hold(desk, budi, small.titles[0]), Reason.HOLD_COPY_ON_SHELF)
    form = MemberForm(name="Orang Lain", card="A0002", category=small.categories["adult"])
    yield refusal_of(register_member(desk, form), Reason.MEMBER_CARD_TAKEN)
    yield refusal_of(undo(small.desk("volunteer"), small.library.new_id()), Reason.NOTHING_TO_UNDO)
    value_of(block_member(head, joko, "Kartu dipinjam orang lain", date(2026, 12, 1)))
    yield refusal_of(lend(desk, joko, copies["B0011"]), Reason.MEMBER_BLOCKED)
    small.change("member", budi, expires="2026-10-01")
    yield refusal_of(lend(desk, budi, copies["B0011"]), Reason.MEMBER_EXPIRED)
    small.time.passes(days=10)
    yield refusal_of(lend(desk, siti, copies["B0011"]), Reason.MEMBER_HAS_OVERDUE)
    value_of(report_lost(desk, copies["B0007"], Settlement.PRICE))
    for barcode in ("B0001", "B0003"):
        value_of(take_back(desk, copies[barcode]))
    yield refusal_of(lend(desk, siti, copies["B0011"]), Reason.MEMBER_OWES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_real_refusals_are_whole_sentences(small: SmallLibrary, language: str) -> None:
    set_language(language)
    desk = small.desk()
    for refused in _refusals(small):
        said = say_refusal(refused, desk)
        whole = f"{said.what} {said.todo}"
        assert "…" not in whole, (refused, whole)
        assert not set("{}") & set(whole), (refused, whole)
        assert "UUID" not in whole and "None" not in whole, (refused, whole)


def test_a_refusal_names_people_money_and_days(small: SmallLibrary, desk: Desk) -> None:
    told = {refused.reason: say_refusal(refused, desk).what for refused in _refusals(small)}
    assert "Siti Misalnya" in told[Reason.COPY_ON_LOAN]
    assert "9 November 2026" in told[Reason.COPY_ON_LOAN]
    assert "Rp20.000" in told[Reason.MEMBER_OWES]
    assert "Kartu dipinjam orang lain" in told[Reason.MEMBER_BLOCKED]


def test_paying_too_much_says_how_much_is_owed(desk: Desk, small: SmallLibrary) -> None:
    member = small.members["A0001"]
    value_of(charge(desk, member, 7_500, "sampul sobek"))
    too_much = say_refusal(refusal_of(take_payment(desk, member, 50_000), Reason.AMOUNT_INVALID))
    assert "Rp7.500" in too_much.what
    nothing = say_refusal(refusal_of(take_payment(desk, member, 0), Reason.AMOUNT_INVALID))
    assert "Rp" not in nothing.what


def test_a_person_whose_record_is_not_here_is_another_member(desk: Desk) -> None:
    stranger = desk.library.new_id()
    facts = {"member": stranger, "due": date(2026, 11, 9), "loan": stranger}
    said = say_refusal(Refused(Reason.COPY_ON_LOAN, facts), desk)
    assert "anggota lain" in said.what
    assert str(stranger) not in said.what


def test_who_owes_nothing_but_a_kept_hold_is_told_just_that(small: SmallLibrary) -> None:
    facts = {"loans": (), "debt": 0, "ready": (small.titles[0],), "replacements": ()}
    told = in_both(lambda: say_refusal(Refused(Reason.MEMBER_HAS_OBLIGATIONS, facts)).what)
    assert told["en"] == "The member still has obligations: 1 hold kept ready."
    assert "Rp0" not in told["id"] and "1 reservasi" in told["id"]
