"""Requests, looks, breaches and rules on the screen: noted, shown with their clock, answered."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from helpers.library import value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.domain.data_protection import RequestKind
from perpusdesk.domain.ids import named_id
from perpusdesk.services.looks import How
from perpusdesk.services.members.member_card import member_card
from perpusdesk.services.privacy.breaches import BreachForm, breach_lines, open_breach
from perpusdesk.services.privacy.data_requests import NewRequest, Outcome, receive, request_lines
from perpusdesk.services.privacy.privacy_settings import settings_of
from perpusdesk.ui.privacy.moments import parse_time
from perpusdesk.ui.privacy.names import Part
from perpusdesk.ui.shell import copy_files, paper_files


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Open no file in another program; tell which would be."""
    files: list[str] = []
    monkeypatch.setattr(
        paper_files.QDesktopServices, "openUrl", lambda url: files.append(url.toLocalFile())
    )
    return files


def _ask(where, kind: RequestKind, card: str, hours: int = 31) -> None:
    member, came = where.small.members[card], where.desk.now() - timedelta(hours=hours)
    value_of(receive(where.desk, NewRequest(kind, member, received=came)))
    where.show(Part.ACCESS)
    where.show(Part.REQUESTS)


def test_a_request_is_noted_with_a_scanned_card_and_shows_its_clock(head) -> None:
    where = head
    where.part.ask_new(Part.REQUESTS)
    where.wait()
    where.scan("A0001")
    where.answer(where.part.requests.part.ask, day="01-11-2026", hour="02.00")
    rows = where.rows(where.part.requests.part.rows)
    assert len(rows) == 1
    assert "Siti Misalnya" in rows[0]
    assert "sisa 41 jam" in rows[0]


def test_a_request_without_a_person_or_from_tomorrow_is_not_noted(head) -> None:
    where, ask = head, head.part.requests.part.ask
    where.part.ask_new(Part.REQUESTS)
    where.wait()
    where.answer(ask, day="03-11-2026")
    assert {field.name for field in ask.form.fields if field.error} == {"card", "day"}
    where.answer(ask, day="02-11-2026", card="nobody")
    assert request_lines(where.desk) == []


def test_late_requests_stand_on_top_and_are_said_to_be_late(head) -> None:
    where = head
    _ask(where, RequestKind.CORRECTION, "A0001")
    _ask(where, RequestKind.CORRECTION, "A0002", 80)
    part = where.part.requests.part
    assert "lewat 8 jam" in where.rows(part.rows)[0]
    assert part.count.text() == "2 permintaan menunggu, 1 lewat batas."


def test_a_copy_is_written_opened_and_closes_its_request(
    head, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    where, chosen = head, head.folder / "salinan.pdf"
    places = iter((None, chosen))
    monkeypatch.setattr(copy_files, "ask_place", lambda *_asked: next(places))
    _ask(where, RequestKind.ACCESS, "A0001")
    where.part.requests.fulfil()
    where.wait()
    assert request_lines(where.desk, open_only=True), "no place was chosen: nothing is done"
    where.part.requests.fulfil()
    where.wait()
    where.wait()
    [line] = request_lines(where.desk)
    assert line.outcome is Outcome.DONE
    assert opened == [str(chosen)]
    written = chosen.with_suffix(".json")
    assert json.loads(written.read_text("utf-8"))["person"]["card"] == "A0001"


def test_an_erasure_is_asked_about_done_and_closed(head) -> None:
    where = head
    _ask(where, RequestKind.ERASURE, "A0004")
    where.part.requests.fulfil()
    assert request_lines(where.desk, open_only=True), "only after the question"
    where.answer(where.part.requests.part.ask)
    card = member_card(where.desk, where.small.members["A0004"])
    assert card is None or not card.name
    assert not request_lines(where.desk, open_only=True)


def test_a_correction_leads_to_the_record_and_is_closed_by_hand(head) -> None:
    where = head
    _ask(where, RequestKind.CORRECTION, "A0001")
    where.part.requests.fulfil()
    assert where.members == [where.small.members["A0001"]]
    where.part.requests.ask_answer()
    where.answer(where.part.requests.part.ask, note="Alamat diperbaiki")
    [line] = request_lines(where.desk)
    assert (line.outcome, line.note) == (Outcome.DONE, "Alamat diperbaiki")


def test_the_log_follows_what_is_typed(head) -> None:
    where = head
    for card in ("A0001", "A0002"):
        where.desk.saw(where.small.members[card], How.VISIT)
    where.show(Part.ACCESS)
    rows = where.part.access.part.rows
    assert len(where.rows(rows)) == 2
    where.part.access.search_edited("budi")
    where.part.access.refresh()
    where.wait()
    assert len(where.rows(rows)) == 1
    assert "Budi Misalnya" in where.rows(rows)[0]


def test_the_log_says_which_devices_keep_theirs_for_themselves(head) -> None:
    where = head
    where.show(Part.ACCESS)
    assert where.part.access.part.elsewhere.isHidden()
    where.small.change("device", named_id("test", "van"), name="Mobil Melati", number=7, role="van")
    where.small.change("device", named_id("test", "server"), name="Server", number=8, role="server")
    where.part.access.refresh()
    where.wait()
    said = where.part.access.part.elsewhere
    assert said.isVisible() and said.text().endswith("hanya ada di sana: Mobil Melati")


def test_who_may_not_answer_sees_no_log(stage: Callable) -> None:
    where = stage("desk")
    where.show(Part.ACCESS)
    assert where.part.access.part.locked.isVisible()


def test_a_breach_begins_with_what_the_logs_know_and_ends_with_the_notice(head) -> None:
    where = head
    where.part.ask_new(Part.BREACHES)
    where.wait()
    where.part.breaches.part.ask.send()
    where.wait()
    [line] = breach_lines(where.desk)
    assert line.form.people == len(where.small.members)
    assert "identitas anggota" in line.form.what and "(NIK)" in line.form.what
    where.part.breaches.told()
    where.wait()
    [line] = breach_lines(where.desk)
    assert line.form.told == where.desk.now()
    assert line.clock.done


def test_the_months_are_saved(head) -> None:
    where = head
    where.show(Part.RULES)
    where.part.rules.part.history.edit.setValue(6)
    where.part.rules.part.officer.edit.setText("Dewi Contoh")
    where.part.rules.save()
    where.wait()
    settings = settings_of(where.desk)
    assert (settings.history_months, settings.officer) == (6, "Dewi Contoh")


def test_times_of_day_are_read_as_people_type_them() -> None:
    told = [str(parse_time(text)) for text in ("14.05", "14:05", "1405", "9", "24.00", "9.75", "x")]
    assert told == ["14:05:00"] * 3 + ["09:00:00"] + ["None"] * 3


@pytest.mark.parametrize("part", list(Part))
def test_every_part_passes_the_audit(head, qapp, part: Part) -> None:
    where = head
    _ask(where, RequestKind.ERASURE, "A0001")
    noticed = where.desk.now() - timedelta(hours=60)
    value_of(open_breach(where.desk, BreachForm(noticed, what="Laptop hilang")))
    where.desk.saw(where.small.members["A0001"], How.VISIT)
    where.show(part)
    assert audit_everywhere(qapp, where.window) == []
