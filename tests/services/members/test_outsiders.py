"""Erasing who wrote a message: at once, for a day to be undone, then to the last byte."""

from __future__ import annotations

from pathlib import Path

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, build, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.feedback.complaint_lists import complaint_line
from perpusdesk.services.feedback.complaints import (
    NewComplaint,
    contact_for,
    erase_contact,
    register,
)
from perpusdesk.services.members.outsiders import Contact
from perpusdesk.services.privacy.privacy_settings import rules_of
from perpusdesk.services.privacy.privacy_work import decide, work_off
from perpusdesk.services.undo import undo
from perpusdesk.storage.chain_check import verify
from perpusdesk.storage.check import check
from perpusdesk.storage.database import Engine

WHO = Contact("Zubaedah Rahasia", "0812-7777-8888", "zubaedah@rahasia.example")
WORDS = ("Zubaedah", "zubaedah", "Rahasia", "7777-8888", "rahasia.example")


def test_it_needs_the_right_a_reason_and_somebody(small: SmallLibrary) -> None:
    head = small.desk("head")
    one = value_of(register(head, NewComplaint("Panas", contact=WHO)))
    nobody = value_of(register(head, NewComplaint("Gelap")))
    refusal_of(erase_contact(small.desk("desk"), one, "diminta"), Reason.RIGHT_MISSING)
    refusal_of(erase_contact(head, one, " "), Reason.REASON_MISSING)
    refusal_of(erase_contact(head, nobody, "diminta"), Reason.CONTACT_UNKNOWN)
    refusal_of(erase_contact(head, head.library.new_id(), "x"), Reason.COMPLAINT_UNKNOWN)


def test_it_is_gone_at_once_everywhere_and_back_by_undo(
    small: SmallLibrary, tmp_path: Path
) -> None:
    head = small.desk("head")
    one = value_of(register(head, NewComplaint("Panas", contact=WHO)))
    van = another_device(small, tmp_path / "van", "Mobil")
    van.staff = small.staff["head"]
    assert contact_for(van, one) == WHO
    value_of(erase_contact(head, one, "diminta"))
    exchange(head, van)
    for desk in (head, van):
        line = complaint_line(desk, one)
        assert contact_for(desk, one) is None
        assert line is not None and (line.row.contact, line.row.text) == (None, "Panas")
    value_of(undo(head))
    exchange(head, van)
    assert contact_for(head, one) == contact_for(van, one) == WHO
    van.library.close()


def test_no_byte_tells_of_who_was_erased(tmp_path: Path) -> None:
    small = build(tmp_path / "small", Engine.APSW)
    head = small.desk("head")
    one = value_of(register(head, NewComplaint("Ruang panas", contact=WHO)))
    value_of(erase_contact(head, one, "diminta"))
    small.time.passes(hours=25)
    assert decide(head)
    for _ in range(200):
        if not work_off(head):
            break
    assert check(small.library) == [] and verify(small.library) == []
    assert not any(word in str(op.payload) for op in small.library.all_ops() for word in WORDS)
    assert [row[0] for row in small.library.rows("select name from outsider")] in ([], [""])
    package = repr(list(small.library.all_ops())).encode()
    small.library.close()
    for file in (tmp_path / "small").rglob("*"):
        data = file.read_bytes() if file.is_file() else b""
        for words in WORDS:
            assert words.encode() not in data + package, (file.name, words)


def test_the_register_of_processing_names_what_is_held(small: SmallLibrary) -> None:
    named = {name for group in rules_of(small.desk("head")).groups for name in group.fields}
    assert {"outsider.name", "outsider.phone", "outsider.email", "complaint.text"} <= named
