"""Who looked at whom: noted beside the work, written when nobody waits, kept as long as decided."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pypdfium2 import PdfDocument

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, action_of, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.circulation.papers import card_paper
from perpusdesk.services.circulation.visit import open_visit
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.members.identities import identity, remove_identity, reveal, set_identity
from perpusdesk.services.privacy.access_log import access_lines, logs_elsewhere, write_down
from perpusdesk.services.privacy.breaches import BreachForm, breach_lines, open_breach
from perpusdesk.services.privacy.data_copy import as_json, data_copy
from perpusdesk.services.privacy.hand_out import hand_out
from perpusdesk.services.privacy.privacy_papers import breach_paper
from perpusdesk.services.privacy.privacy_settings import set_privacy, settings_of
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries import access_log as rows
from perpusdesk.storage.queries import exports


def _hows(desk: Desk, **narrowed: Any) -> list[str]:
    lines = access_lines(desk, **narrowed)
    assert isinstance(lines, list)
    return [line.how for line in lines]


def test_a_visit_and_a_card_are_noted_with_who_and_when(small: SmallLibrary, head: Desk) -> None:
    member = small.members["A0001"]
    open_visit(head, member)
    card_paper(head, member)
    assert rows.access_rows(head.library) == [], "nothing is written while somebody waits"
    assert write_down(head) == 2
    lines = access_lines(head, member=member)
    assert isinstance(lines, list)
    assert [(line.how, line.staff, line.card, line.at) for line in lines] == [
        (How.PRINT, head.staff, "A0001", head.now()),
        (How.VISIT, head.staff, "A0001", head.now()),
    ]


def test_the_same_look_counts_once_in_ten_minutes(small: SmallLibrary, head: Desk) -> None:
    member = small.members["A0001"]
    for _again in range(5):
        head.saw(member, How.RECORD)
    assert write_down(head) == 1
    head.saw(member, How.RECORD)
    assert write_down(head) == 0
    small.time.passes(minutes=10)
    head.saw(member, How.RECORD)
    assert write_down(head) == 1


def test_lines_are_found_by_person_and_words(small: SmallLibrary, head: Desk) -> None:
    one, two = small.members["A0001"], small.members["A0002"]
    head.saw(one, How.RECORD)
    other = small.desk()
    other.saw(two, How.VISIT)
    write_down(other)
    assert _hows(head, staff=other.staff) == [How.VISIT]
    assert _hows(head, text="siti") == [How.RECORD]
    assert _hows(head, text="a0002") == [How.VISIT]
    assert _hows(head, text="nobody") == []


def test_old_lines_go_after_the_months_that_were_decided(small: SmallLibrary, head: Desk) -> None:
    member = small.members["A0001"]
    value_of(set_privacy(head, access_months=1))
    head.saw(member, How.RECORD)
    write_down(head)
    small.time.passes(days=40)
    head.saw(member, How.VISIT)
    write_down(head)
    assert _hows(head) == [How.VISIT]


def test_an_export_of_all_is_a_look_at_everybody(small: SmallLibrary, head: Desk) -> None:
    assert refusal_of(hand_out(small.desk(), ExportFormat.MEMBERS, "x"), Reason.RIGHT_MISSING)
    value_of(hand_out(head, ExportFormat.MEMBERS, "Laporan tahunan"))
    assert _hows(head) == [How.EXPORT] * len(small.members)
    value_of(hand_out(head, ExportFormat.MEMBERS, "Laporan", 1, [small.members["A0001"]]))
    assert len(_hows(head, member=small.members["A0001"])) == 2


def test_who_may_not_answer_for_data_sees_no_log_and_changes_no_settings(desk: Desk) -> None:
    assert refusal_of(access_lines(desk), Reason.RIGHT_MISSING)
    assert refusal_of(set_privacy(desk, access_months=3), Reason.RIGHT_MISSING)


def test_months_beyond_the_limits_are_refused(head: Desk) -> None:
    assert refusal_of(set_privacy(head, history_months=0), Reason.AMOUNT_INVALID)
    assert settings_of(head).history_months == 12


def test_a_number_of_identity_is_masked_for_all_and_whole_for_who_may(
    small: SmallLibrary, desk: Desk, head: Desk
) -> None:
    member, other = small.members["A0001"], small.members["A0002"]
    saved = value_of(set_identity(desk, member, "3171 0141 0590 0001"))
    assert saved.line.masked == "•" * 12 + "0001"
    assert saved.same is None
    shown = identity(desk, member)
    assert shown is not None
    assert "3171" not in shown.masked
    assert refusal_of(reveal(desk, member), Reason.RIGHT_MISSING)
    assert reveal(head, member) == "3171014105900001"
    assert _hows(head, member=member) == [How.IDENTITY]
    assert value_of(set_identity(desk, other, "3171014105900001")).same == member
    value_of(remove_identity(desk, member))
    assert identity(desk, member) is None


def test_no_number_of_identity_goes_out(small: SmallLibrary, desk: Desk) -> None:
    value_of(set_identity(desk, small.members["A0001"], "3171014105900001"))
    assert "3171014105900001" not in str(list(exports.members(desk.library)))


def test_the_copy_holds_all_of_one_person_and_nobody_elses_name(
    small: SmallLibrary, head: Desk
) -> None:
    member = small.members["A0001"]
    value_of(set_identity(head, member, "3171014105900001"))
    open_visit(head, member)
    assert refusal_of(data_copy(head, member, " "), Reason.REASON_MISSING)
    assert refusal_of(data_copy(small.desk(), member, "x"), Reason.RIGHT_MISSING)
    copied = data_copy(head, member, "permintaan")
    refusal_of(undo(head, action_of(copied)), Reason.NOTHING_TO_UNDO)
    made = json.loads(as_json(value_of(copied)))
    assert (made["format"], made["version"]) == ("perpusdesk-data-copy", 1)
    assert made["person"]["name"] == "Siti Misalnya"
    assert made["identity"] == [{"kind": "NIK", "number": "3171014105900001"}]
    assert made["seen"][0]["how"] == "visit"
    assert made["purposes"]
    text = json.dumps(made, ensure_ascii=False)
    assert "Budi Misalnya" not in text
    assert "Kepala Contoh" not in text, "names of staff are data of others"
    assert How.COPY in _hows(head, member=member)


def _text(pdf: bytes) -> str:
    pages = PdfDocument(pdf)
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_what_other_devices_saw_is_named_as_missing(
    small: SmallLibrary, head: Desk, tmp_path: Path
) -> None:
    value_of(open_breach(head, BreachForm(head.now(), what="Laptop hilang")))
    (breach,) = breach_lines(head)
    assert logs_elsewhere(head) == ()
    alone = breach_paper(head, breach)
    assert isinstance(alone, bytes) and "belum termasuk" not in _text(alone)
    van = another_device(small, tmp_path / "van", "Mobil Melati")
    exchange(head, van)
    van.saw(small.members["A0001"], How.RECORD)
    write_down(van)
    exchange(head, van)
    assert _hows(head) == [], "looks are not exchanged"
    assert logs_elsewhere(head) == ("Mobil Melati",)
    paper = breach_paper(head, breach)
    assert isinstance(paper, bytes)
    assert "belum termasuk yang di perangkat berikut: Mobil Melati." in _text(paper)
    van.library.close()
