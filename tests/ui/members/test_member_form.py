"""The form: registering, warnings at once, drafts, and two people changing one record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from perpusdesk.services.members.edit_member import edit_member, open_form
from perpusdesk.services.members.member_card import member_card


def new(screen):
    screen.do("member_new")
    return screen.form


def by_card(screen, card):
    rows = screen.small.library.rows("select id from member where card = ? and deleted = 0", card)
    assert len(rows) == 1
    from uuid import UUID

    return member_card(screen.desk, UUID(bytes=rows[0][0]))


def test_registering_with_the_proposed_number_opens_the_new_member(screen):
    form = new(screen)
    assert form.fields.edit("card").text() == "A00001"
    screen.enter(name="  Nina   Contoh ", birth_date="3-4-1999", phone="0812 0000 0077")
    screen.do("member_save")
    card = by_card(screen, "A00001")
    assert card.name == "Nina Contoh"
    assert card.form.birth_date == date(1999, 4, 3)
    assert card.category_name == "Umum" and card.expires == date(2027, 11, 2)
    assert not screen.page.room.form_open and screen.page.member == card.id
    assert screen.said[-1] == "Nina Contoh terdaftar dengan kartu A00001"


def test_a_registration_can_be_undone_from_its_toast(screen):
    new(screen)
    screen.enter(name="Nina Contoh")
    screen.do("member_save")
    assert screen.page.total == 7
    screen.window.toasts._toast.findChildren(type(screen.form.save))[0].click()
    screen.wait()
    assert screen.page.total == 6 and screen.page.member is None


def test_what_is_missing_or_wrong_is_said_at_the_field(screen):
    new(screen)
    screen.enter(birth_date="31-02-2010", email="nina", phone="rumah")
    assert set(screen.wrong()) == {"birth_date", "email", "phone"}
    screen.do("member_save")
    assert set(screen.wrong()) == {"name", "birth_date", "email", "phone"}
    assert screen.form.fields.edit("name").hasFocus()
    assert screen.page.total == 6
    screen.enter(birth_date="28-02-2010")
    assert "birth_date" not in screen.wrong()


def test_a_birth_date_to_come_is_wrong(screen):
    new(screen)
    screen.enter(birth_date="3-11-2026")
    assert screen.wrong() == {"birth_date": "Tanggal ini belum tiba."}


def test_the_guardian_is_asked_for_when_the_age_asks_for_one(screen):
    form = new(screen)
    assert form.fields.by_name["guardian_name"].isHidden()
    screen.enter(birth_date="1-1-2015")
    assert not form.fields.by_name["guardian_name"].isHidden()
    screen.enter(birth_date="1-1-1990")
    assert form.fields.by_name["guardian_name"].isHidden()


def test_without_consent_a_child_is_saved_only_with_a_reason(screen):
    new(screen)
    screen.enter(name="Tini Andai", birth_date="1-1-2015")
    screen.do("member_save")
    assert "guardian_consent" in screen.wrong() and screen.page.total == 6
    screen.answer_in(screen.form.ask, reason="Formulir menyusul besok")
    assert screen.page.total == 7
    assert by_card(screen, "A00001").consent_missing


def test_with_consent_a_child_is_saved(screen):
    new(screen)
    screen.enter(name="Tini Andai", birth_date="1-1-2015", guardian_name="Ibu Andai")
    screen.enter(guardian_consent="02-11-2026")
    screen.do("member_save")
    assert not by_card(screen, "A00001").consent_missing


def test_who_may_not_override_is_not_asked_for_a_reason(stage):
    screen = stage("desk")
    new(screen)
    screen.enter(name="Tini Andai", birth_date="1-1-2015")
    screen.do("member_save")
    assert "guardian_consent" in screen.wrong()
    assert not screen.form.ask.isVisible()


def test_who_may_not_register_is_told_so(stage):
    screen = stage("volunteer")
    screen.do("member_new")
    assert not screen.page.room.form_open
    assert "hak" in screen.said[-1]


def test_a_card_number_that_is_taken_is_said_at_its_field(screen):
    new(screen)
    screen.enter(name="Nina Contoh", card="A0002")
    screen.do("member_save")
    assert "Budi Misalnya" in screen.wrong()["card"]


def test_a_scanned_card_gives_its_number_to_the_new_member(screen):
    form = new(screen)
    screen.enter(name="Nina Contoh")
    screen.scan("K777")
    assert form.fields.edit("card").text() == "K777" and screen.page.room.form_open
    screen.do("member_save")
    assert by_card(screen, "K777").name == "Nina Contoh"


def test_the_same_name_and_birth_date_are_warned_of(screen):
    form = new(screen)
    screen.enter(name="siti misalnya")
    assert "Siti Misalnya  ·  A0001" in form.same.sentence
    screen.enter(birth_date="2-5-1990")
    assert form.same.sentence == ""
    screen.enter(birth_date="1-5-1990")
    assert "A0001" in form.same.sentence


def test_esc_keeps_what_was_not_saved_as_a_draft(screen, qtbot):
    form = new(screen)
    screen.enter(name="Nina Setengah", phone="08120000")
    form.fields.edit("name").setFocus()
    qtbot.keyClick(form.fields.edit("name"), Qt.Key.Key_Escape)
    screen.wait()
    assert not screen.page.room.form_open
    assert screen.said[-1] == "Belum disimpan; ditaruh sebagai draf."
    form = new(screen)
    assert form.form().name == "Nina Setengah" and form.draft.sentence
    screen.do("member_save")
    assert new(screen).form().name == ""


def test_a_draft_outlives_the_program(stage):
    first = stage("head")
    new(first)
    first.enter(name="Nina Listrik Padam", birth_date="1-1-2015")
    first.page.form.keep_if_open()
    first.wait()
    second = stage("head")
    form = new(second)
    assert form.form().name == "Nina Listrik Padam"
    assert form.form().birth_date == date(2015, 1, 1)


def test_an_untouched_form_leaves_no_draft(screen):
    new(screen)
    screen.page.form.leave()
    screen.wait()
    assert screen.said == []
    assert not new(screen).draft.sentence


def test_starting_afresh_throws_the_draft_away(screen):
    new(screen)
    screen.enter(name="Nina Batal")
    screen.page.form.leave()
    screen.wait()
    form = new(screen)
    form.fresh_asked.emit()
    screen.wait()
    assert screen.page.room.form_open and form.form().name == ""


def test_editing_writes_only_what_was_changed(screen):
    screen.open("A0001")
    screen.do("member_edit")
    assert screen.form.form().phone == "0812-0000-0001"
    screen.enter(institution="SMA Contoh")
    screen.do("member_save")
    assert screen.panel.head._reach.text() == "SMA Contoh  ·  0812-0000-0001"
    last = screen.small.library.ops_of(screen.small.members["A0001"])[-1]
    assert set(last.payload["fields"]) == {"institution"}


def test_somebody_who_changed_the_same_field_meanwhile_is_told_of(screen):
    member = screen.small.members["A0001"]
    screen.open("A0001")
    screen.do("member_edit")
    other = screen.small.desk("desk")
    opened = open_form(other, member)
    edit_member(other, opened, replace(opened.form, phone="0813-1111", address="Jl. Lain"))
    screen.enter(phone="0813-2222")
    screen.do("member_save")
    card = member_card(screen.desk, member)
    assert (card.form.phone, card.form.address) == ("0813-2222", "Jl. Lain")
    assert screen.said[-1] == "Sementara itu ada yang juga mengubah: Telepon."


def test_a_draft_of_a_change_remembers_what_it_had_seen(screen):
    member = screen.small.members["A0001"]
    screen.open("A0001")
    screen.do("member_edit")
    screen.enter(phone="0813-2222")
    screen.page.form.leave()
    other = screen.small.desk("desk")
    opened = open_form(other, member)
    edit_member(other, opened, replace(opened.form, phone="0813-1111"))
    screen.do("member_edit")
    assert screen.form.form().phone == "0813-2222"
    screen.do("member_save")
    assert screen.said[-1] == "Sementara itu ada yang juga mengubah: Telepon."


def test_tab_walks_through_the_fields_as_they_are_read(screen, qtbot):
    form = new(screen)
    order = []
    for _ in range(8):
        focus = QApplication.focusWidget()
        names = [name for name, field in form.fields.by_name.items() if field.edit is focus]
        order += names
        qtbot.keyClick(focus, Qt.Key.Key_Tab)
    assert order == [
        "name",
        "birth_date",
        "sex",
        "category",
        "card",
        "phone",
        "email",
        "institution",
    ]
    assert isinstance(form.fields.edit("card"), QLineEdit)
