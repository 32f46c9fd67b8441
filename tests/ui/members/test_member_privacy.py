"""Personal data in a member's record: consents, the number, copy, restriction, erasure."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLabel, QPushButton

from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.data_protection import ConsentForm, Purpose
from perpusdesk.services.members.identities import set_identity
from perpusdesk.services.privacy.consents import consents, may_use
from perpusdesk.services.privacy.data_requests import request_lines
from perpusdesk.services.privacy.restrict_member import restricted_since
from perpusdesk.ui.members.panel import Tab


def _press(where, name: str) -> None:
    buttons = [one for one in where.panel.privacy.findChildren(QPushButton) if one.isVisible()]
    names = {one.accessibleName() or one.text(): one for one in buttons}
    found = next((one for text, one in names.items() if text.startswith(name)), None)
    assert found is not None, list(names)
    found.click()
    where.wait()


def _section(where, card: str) -> None:
    where.open(card)
    where.do("member_privacy")
    assert where.panel.tab is Tab.RECORD


def test_consent_is_noted_and_withdrawn_in_the_record(stage: Callable) -> None:
    where = stage("head")
    member = where.small.members["A0001"]
    _section(where, "A0001")
    _press(where, "Catat persetujuan: Pesan")
    where.answer(where="Map 3")
    assert may_use(where.desk, member, Purpose.WHATSAPP)
    _press(where, "Tarik kembali: Pesan")
    where.answer()
    assert not may_use(where.desk, member, Purpose.WHATSAPP)


def test_for_a_child_the_guardian_is_asked_for(stage: Callable) -> None:
    where = stage("head")
    _section(where, "C0001")
    _press(where, "Catat bukti: Keanggotaan")
    where.answer(by="", relation="")
    wrong = {field.name for field in where.panel.ask.form.fields if field.error}
    assert wrong == {"by", "relation"}
    where.answer(by="Ani Andai", relation="ibu")
    child = consents(where.desk, where.small.members["C0001"])[0]
    assert (child.given_by, child.form) == ("Ani Andai", ConsentForm.PAPER)


def test_the_number_is_masked_until_somebody_with_the_right_asks(stage: Callable) -> None:
    where = stage("head")
    set_identity(where.desk, where.small.members["A0001"], "3171014105900001")
    _section(where, "A0001")
    texts = " ".join(label.text() for label in where.panel.privacy.findChildren(QLabel))
    assert "3171" not in texts
    assert "0001" in texts
    _press(where, "Lihat utuh")
    assert "3171014105900001" in where.said


def test_who_may_not_answer_sees_no_way_to_copy_or_erase(stage: Callable) -> None:
    where = stage("desk")
    _section(where, "A0001")
    names = {one.text() for one in where.panel.privacy.findChildren(QPushButton)}
    assert "Catat permintaan" in names
    assert not names & {"Salinan data", "Hapus data", "Batasi pemrosesan"}
    _press(where, "Catat permintaan")
    where.answer()
    assert [line.card for line in request_lines(where.desk)] == ["A0001"]


def test_restriction_is_begun_and_ended(stage: Callable) -> None:
    where = stage("head")
    member = where.small.members["A0001"]
    _section(where, "A0001")
    _press(where, "Batasi pemrosesan")
    assert restricted_since(where.desk, member) == where.desk.today()
    assert any("dibatasi" in line for line in where.panel.head.standing)
    _press(where, "Akhiri pembatasan")
    assert restricted_since(where.desk, member) is None


def test_the_section_passes_the_audit(stage: Callable, qapp) -> None:
    where = stage("head")
    set_identity(where.desk, where.small.members["C0001"], "3171014105900001")
    _section(where, "C0001")
    assert audit_everywhere(qapp, where.window) == []
