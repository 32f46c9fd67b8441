"""Erasing a member through the services: what goes, what stays, until when it can be undone."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, build
from helpers.library import value_of as done
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.circulation.visit import current_visit, open_visit
from perpusdesk.services.members.block_member import block_member, lift_block
from perpusdesk.services.members.extend_membership import extend_membership
from perpusdesk.services.members.form_drafts import keep_draft, kept_draft
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.services.privacy.erase_member import carry_out_erasures, erase_member, erasures
from perpusdesk.services.privacy.history_cut import cut_history, due_cut
from perpusdesk.services.privacy.privacy_work import decide, work_off
from perpusdesk.services.searching.search import note_miss
from perpusdesk.services.searching.search_misses import search_misses
from perpusdesk.services.undo import undo
from perpusdesk.storage.chain_check import verify
from perpusdesk.storage.check import check
from perpusdesk.storage.database import Engine

NAME, PHONE = "Siti Misalnya", "0812-0000-0001"


def _finish(small: SmallLibrary) -> None:
    for _ in range(200):
        if not work_off(small.desk("head")):
            return
    raise AssertionError("it comes to no end")


def test_who_owes_or_has_books_is_not_erased(small: SmallLibrary) -> None:
    member, copy = small.members["A0001"], small.copies["B0001"]
    done(lend(small.desk("head"), member, copy))
    refused = erase_member(small.desk("head"), member, "atas permintaan")
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.MEMBER_HAS_OBLIGATIONS
    assert check(small.library) == []


def test_an_erased_member_is_gone_at_once_and_back_when_it_is_undone(small: SmallLibrary) -> None:
    desk, member = small.desk("head"), small.members["A0001"]
    erased = done(erase_member(desk, member, "atas permintaan"))
    assert member_card(desk, member) is None
    assert small.library.value("select name from member where id = ?", member.bytes) == ""
    assert [line.carried_out for line in erasures(desk)] == [None]
    assert done(carry_out_erasures(desk)) == 0
    done(undo(desk))
    card = member_card(desk, member)
    assert card is not None and card.name == NAME
    assert erasures(desk) == [] and erased.member == member
    assert check(small.library) == []


def test_after_a_day_nobody_can_bring_it_back(small: SmallLibrary) -> None:
    desk, member = small.desk("head"), small.members["A0001"]
    action = erase_member(desk, member, "atas permintaan")
    assert not isinstance(action, Refused)
    small.time.passes(hours=25)
    assert decide(desk)
    refused = undo(desk, action.action)
    assert isinstance(refused, Refused) and refused.reason is Reason.UNDO_OVERTAKEN
    assert not decide(desk)
    assert check(small.library) == [] and verify(small.library) == []


def test_no_byte_of_the_file_tells_of_an_erased_member(tmp_path: Path) -> None:
    small = build(tmp_path / "small", Engine.APSW)
    desk, member = small.desk("head"), small.members["A0001"]
    secret = "Zubaedah Rahasia"
    done(write_note(desk, member, f"{secret} minta dihubungi sore"))
    renamed = desk.action("edit_member")
    renamed.set("member", member, {"name": secret, "institution": f"SD {secret}"})
    desk.commit(renamed)
    block = done(block_member(desk, member, f"{secret} merusak buku"))
    done(lift_block(desk, block, f"sudah dibicarakan dengan {secret}"))
    for copy in (small.copies[code] for code in ("B0001", "B0002")):
        done(lend(desk, member, copy))
        small.time.passes(minutes=5)
        done(take_back(desk, copy))
    open_visit(desk, member)
    note_miss(desk, "zubaedah")
    note_miss(desk, "alam semesta zaman dulu")
    keep_draft(desk, MemberForm(name=secret.upper(), phone="0813-5555-0199", note="baru"))
    done(erase_member(desk, member, "atas permintaan"))
    small.time.passes(hours=25)
    assert decide(desk)
    _finish(small)
    assert current_visit(desk) is None and kept_draft(desk) is None
    assert check(small.library) == [] and verify(small.library) == []
    assert [miss.text for miss in search_misses(desk)] == ["alam semesta zaman dulu"]
    rows = small.library.rows("select member from loan where ended_at is not null")
    assert rows and all(row[0] is None for row in rows)
    small.library.close()
    for file in (tmp_path / "small").rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        for words in (
            "Zubaedah",
            "ZUBAEDAH",
            "zubaedah",
            "rahasia",
            "5555-0199",
            NAME,
            PHONE,
            "081200000001",
            "A0001",
        ):
            assert words.encode() not in data, (file.name, words)
    shutil.rmtree(tmp_path / "small")


def test_loans_of_long_ago_are_nobodys(small: SmallLibrary) -> None:
    desk, member, other = small.desk("head"), small.members["A0001"], small.members["A0002"]
    done(lend(desk, member, small.copies["B0001"]))
    small.time.passes(minutes=1)
    done(take_back(desk, small.copies["B0001"]))
    done(lend(desk, member, small.copies["B0002"]))
    for _ in range(20):
        small.time.passes(days=20)
    for one in (member, other):
        done(extend_membership(desk, one, 365))
    done(lend(desk, other, small.copies["B0001"]))
    small.time.passes(minutes=1)
    done(take_back(desk, small.copies["B0001"]))
    cut = due_cut(desk)
    assert cut is not None and cut.date() == date(2026, 12, 7)
    assert cut_history(desk).action is not None
    _finish(small)
    query = 'select member is null, "end" from loan order by lent_at'
    assert small.library.rows(query) == [(1, 1), (0, 0), (0, 1)]
    assert cut_history(desk).action is None
    assert check(small.library) == [] and verify(small.library) == []


def test_the_open_form_and_visit_of_somebody_else_stay(small: SmallLibrary) -> None:
    desk = small.desk("head")
    form = MemberForm(name="Orang Baru", card="A0999", institution="SD Misalnya")
    open_visit(desk, small.members["A0002"])
    keep_draft(desk, form)
    done(erase_member(desk, small.members["A0001"], "atas permintaan"))
    small.time.passes(hours=25)
    assert decide(desk)
    _finish(small)
    assert kept_draft(desk) == form
    visit = current_visit(desk)
    assert visit is not None and visit.member == small.members["A0002"]


def test_a_device_that_only_hears_of_it_drops_them_too(small: SmallLibrary, tmp_path: Path) -> None:
    desk, member = small.desk("head"), small.members["A0001"]
    van = another_device(small, tmp_path / "van", "Mobil 1")
    exchange(desk, van)
    keep_draft(van, MemberForm(card="a-0001"))
    open_visit(van, member)
    done(erase_member(desk, member, "atas permintaan"))
    small.time.passes(hours=25)
    assert decide(desk)
    exchange(desk, van)
    assert current_visit(van) is None and kept_draft(van) is None
    van.library.close()
