"""Whole days at the desk, on both database drivers; the ops alone rebuild the same library."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from helpers.library import SmallLibrary, action_of, build, living, value_of
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.services.circulation.found import report_found
from perpusdesk.services.circulation.holds import cancel_hold, expire_holds, place_hold
from perpusdesk.services.circulation.kits import add_to_kit, open_kit
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.lost_copies import Settlement, report_lost
from perpusdesk.services.circulation.money import take_payment, waive
from perpusdesk.services.circulation.papers import day_report
from perpusdesk.services.circulation.read_on_site import read_on_site
from perpusdesk.services.circulation.renew import renew_all
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.members.block_member import block_member, lift_block
from perpusdesk.services.members.clearance import clearance
from perpusdesk.services.members.edit_member import edit_member, open_form
from perpusdesk.services.members.find_members import find_members
from perpusdesk.services.members.member_card import member_card, member_ledger
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_photo import Photo
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.undo import undo
from perpusdesk.storage.database import Engine
from perpusdesk.storage.library import Library

ENGINES = pytest.mark.parametrize("engine", list(Engine))


@ENGINES
def test_a_members_life(tmp_path: Path, engine: Engine) -> None:
    small = build(tmp_path / "library", engine)
    desk, time = small.desk(), small.time
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "teal").save(out, "PNG")
    member = value_of(
        register_member(
            desk,
            MemberForm(name="Wati Andai", category=small.categories["adult"]),
            photo=Photo(out.getvalue(), date(2026, 11, 2)),
        )
    ).member
    opened = open_form(desk, member)
    assert not isinstance(opened, Refused)
    value_of(edit_member(desk, opened, replace(opened.form, phone="0812 3456 7890")))
    assert [line.id for line in find_members(desk, "3456 7890")] == [member]
    for barcode in ("B0001", "B0003"):
        value_of(lend(desk, member, small.copies[barcode]))
    time.passes(days=3)
    assert len([value_of(done) for done in renew_all(desk, member)]) == 2
    time.passes(days=11)
    assert value_of(take_back(desk, small.copies["B0001"])).fine == 1_500
    value_of(report_lost(desk, small.copies["B0003"], Settlement.PRICE))
    value_of(take_payment(desk, member, 1_500))
    assert isinstance(clearance(desk, member), Refused)
    value_of(report_found(desk, small.copies["B0003"]))
    value_of(waive(desk, member, 1_500, "banjir"))
    card = member_card(desk, member)
    assert card is not None
    assert (card.balance, card.loans, card.photo is not None) == (0, (), True)
    assert [line.kind for line in member_ledger(desk, member)] == [
        "waiver",
        "cancelled",
        "payment",
        "replacement",
        "fine",
        "fine",
    ]
    assert not isinstance(clearance(desk, member), Refused)
    assert len(day_report(desk).rows) == 1
    same_after_refold(small, tmp_path, engine)


@ENGINES
def test_a_titles_queue_and_a_schools_box(tmp_path: Path, engine: Engine) -> None:
    small = build(tmp_path / "library", engine)
    desk, van, time = small.desk("head"), small.desk(branch="van"), small.time
    for barcode in ("B0001", "B0002"):
        value_of(lend(desk, small.members["A0001"], small.copies[barcode]))
    holds = []
    for card, where in (("A0002", desk), ("A0003", van), ("A0004", desk)):
        time.passes(minutes=1)
        holds.append(value_of(place_hold(where, small.members[card], small.titles[0])).hold)
    value_of(take_back(desk, small.copies["B0001"]))
    value_of(cancel_hold(desk, holds[0]))
    value_of(take_back(van, small.copies["B0001"]))
    value_of(lend(van, small.members["A0003"], small.copies["B0001"]))
    value_of(take_back(desk, small.copies["B0002"]))
    time.passes(days=9)
    assert [line.hold for line in expire_holds(desk).value] == [holds[2]]
    kit = value_of(open_kit(desk, small.members["S0001"], "Kotak baca")).kit
    for barcode in ("B0002", "B0007", "B0008"):
        value_of(add_to_kit(desk, kit, small.copies[barcode]))
    value_of(undo(desk))
    value_of(read_on_site(desk, small.copies["B0005"]))
    block = block_member(desk, small.members["A0002"], "gaduh")
    value_of(lift_block(desk, value_of(block), "sudah bicara"))
    override = Override("tugas kelas", frozenset({Reason.COPY_NOT_FOR_LOAN}))
    done = lend(desk, small.members["A0002"], small.copies["B0005"], override=override)
    op = small.library.ops_of_action(action_of(done))[0]
    assert (op.payload["overridden"], op.payload["why"]) == (["copy_not_for_loan"], "tugas kelas")
    same_after_refold(small, tmp_path, engine)


def same_after_refold(small: SmallLibrary, tmp_path: Path, engine: Engine) -> None:
    """Another device that gets the ops in the wrong order has the same library."""
    ops = list(small.library.all_ops())
    with Library.create(tmp_path / "other", engine=engine, sources=small.library.sources) as other:
        other.ingest(reversed(ops))
        assert other.digest() == small.library.digest()
        assert living(other) == living(small.library)
    small.library.close()
