"""The history: found by who, where, when, what and about whom, with what was before and after."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import perpusdesk
from helpers.desk_day import work
from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary
from perpusdesk.domain.decisions import Override, Reason, Refused
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import export_list
from perpusdesk.services.history.history import HistoryPage, HistorySearch, history, history_lines
from perpusdesk.services.history.history_details import HistoryDetails, history_details
from perpusdesk.services.history.history_groups import GROUPS
from perpusdesk.services.history.history_sheet import every_action, history_sheet
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.edit_member import edit_member, open_form
from perpusdesk.services.results import Done
from perpusdesk.services.undo import undo
from perpusdesk.services.wording.actions import _NAMES, action_name
from perpusdesk.services.wording.history import group_name, overridden_name
from perpusdesk.storage.queries import history as query


@pytest.fixture
def desk(small: SmallLibrary) -> Desk:
    """The head's desk after a day of work."""
    list(work(small))
    return small.desk("head")


def found(desk: Desk, search: HistorySearch | None = None, **how: Any) -> list[Any]:
    """Return the lines that a search finds, page by page."""
    after: bytes | None = None
    lines: list[Any] = []
    while True:
        page = history(desk, search or HistorySearch(**how), after, 7)
        assert isinstance(page, HistoryPage)
        lines += history_lines(desk, page.actions)
        if page.next is None:
            return lines
        after = page.next


def test_everything_that_was_done_is_there_newest_first(desk: Desk) -> None:
    lines = found(desk)
    actions = desk.library.rows("select distinct action from op")
    assert sorted(line.action.bytes for line in lines) == sorted(row[0] for row in actions)
    assert [line.written for line in lines] == sorted(
        (line.written for line in lines), reverse=True
    )
    assert {line.staff_name for line in lines} > {""}
    assert all(line.branch_name and line.device_name for line in lines if line.verb == "lend")


def test_who_may_not_see_it_is_refused(small: SmallLibrary) -> None:
    desk = small.desk("desk")
    answers = (history(desk, HistorySearch()), history_details(desk, desk.library.new_id()))
    for no in answers:
        assert isinstance(no, Refused)
        assert no.reason is Reason.RIGHT_MISSING


def test_it_is_narrowed_by_what_who_and_when(desk: Desk, small: SmallLibrary) -> None:
    lent = found(desk, verb="lend")
    assert {line.verb for line in lent} == {"lend"}
    group = found(desk, group="lending")
    assert {line.verb for line in lent} < {line.verb for line in group} <= GROUPS["lending"]
    assert found(desk, staff=small.staff["desk"], verb="lend") == []
    first = min(line.written for line in found(desk, verb="lend")).date()
    assert len(found(desk, verb="lend", since=first, until=first)) < len(lent)
    assert found(desk, since=first + timedelta(days=400)) == []
    assert len(found(desk, branch=desk.branch)) == len([x for x in found(desk) if x.branch_name])


def test_it_is_searched_by_member_title_and_copy(desk: Desk, small: SmallLibrary) -> None:
    of_siti = found(desk, text="A0001")
    assert {line.person for line in of_siti if line.person} == {"Siti Misalnya"}
    assert {line.action for line in of_siti} <= {line.action for line in found(desk, text="siti")}
    by_title = found(desk, text="pelaut kertas")
    assert {line.thing for line in by_title if line.verb == "lend"} == {"Pelaut Kertas"}
    assert found(desk, text="B0003", verb="lend")
    assert found(desk, text="B0003", verb="lend") == found(
        desk, record="copy", record_id=small.copies["B0003"], verb="lend"
    )
    assert found(desk, text="tidak ada yang begini") == []
    assert len(found(desk, text="siti", verb="lend")) < len(found(desk, verb="lend"))


def test_exceptions_are_found_with_their_reasons(desk: Desk, small: SmallLibrary) -> None:
    siti = small.members["A0001"]
    block_member(desk, siti, "Buku rusak")
    override = Override("Untuk tugas sekolah", frozenset({Reason.MEMBER_BLOCKED}))
    done = lend(desk, siti, small.copies["B0015"], override=override)
    assert isinstance(done, Done)
    (line,) = found(desk, overrides=True)
    assert (line.action, line.why) == (done.action, "Untuk tugas sekolah")
    assert line.overridden == (Reason.MEMBER_BLOCKED,)
    assert overridden_name(line.overridden[0]) == "anggota diblokir"
    assert found(desk, overrides=True, text="A0001") == [line]
    assert found(desk, overrides=True, text="A0002") == []
    for text in ("tugas SEKOLAH", "untuk  tugas"):
        assert found(desk, text=text) == [line], "the reason is found as well"
    assert found(desk, text="tugas sekolah", record="member", record_id=siti) == [line]
    other = small.members["A0002"]
    assert found(desk, text="tugas sekolah", record="member", record_id=other) == []
    assert found(desk, text="tugas sekolah", staff=small.staff["desk"]) == []
    assert found(desk, text="buku rusak") == [], "no exception was made there"


def test_what_was_taken_back_is_marked(desk: Desk, small: SmallLibrary) -> None:
    done = lend(desk, small.members["A0004"], small.copies["B0007"])
    assert isinstance(done, Done)
    assert done.action is not None
    undo(desk, done.action)
    details = history_details(desk, done.action)
    assert isinstance(details, HistoryDetails)
    assert details.line.undone
    assert details.undone_by == history_lines(desk, [done.action])[0].staff_name
    assert details.undone_at


def test_fields_are_told_before_and_after(desk: Desk, small: SmallLibrary) -> None:
    joko = small.members["A0004"]
    form = open_form(desk, joko)
    assert not isinstance(form, Refused)
    changed = edit_member(desk, form, form.form.__class__(**{
        **{name: getattr(form.form, name) for name in form.form.__dataclass_fields__},
        "name": "Joko Lain", "institution": "SD Contoh",
    }))  # fmt: skip
    assert isinstance(changed, Done)
    assert changed.action
    details = history_details(desk, changed.action)
    assert isinstance(details, HistoryDetails)
    told = {one.label: (one.before, one.after) for one in details.touched[0].changes}
    assert told == {
        "Nama": ("Joko Umpama", "Joko Lain"),
        "Sekolah atau instansi": ("–", "SD Contoh"),
    }
    assert [(link.record, link.label) for link in details.links] == [("member", "Joko Lain")]


def test_secrets_and_numbers_of_identity_cards_are_never_shown(desk: Desk) -> None:
    action = desk.action("set_pin")
    action.set(
        "staff", desk.library.new_id(), {"name": "Baru", "secret": "$argon2id$x"}, fresh=True
    )
    fields = {"member": desk.library.new_id(), "kind": "nik", "number": "3174010101010001"}
    action.set("identity", desk.library.new_id(), fields, fresh=True)
    details = history_details(desk, desk.commit(action).action)
    assert isinstance(details, HistoryDetails)
    text = repr(details)
    assert "argon2" not in text
    assert "3174010101010001" not in text


def test_other_devices_are_in_it(desk: Desk, small: SmallLibrary, tmp_path: Path) -> None:
    van = another_device(small, tmp_path / "van", "Mobil Keliling")
    lent = lend(van, small.members["A0004"], small.copies["B0015"])
    assert isinstance(lent, Done)
    exchange(desk, van)
    (line,) = [one for one in found(desk, verb="lend") if one.action == lent.action]
    assert line.device_name == "Mobil Keliling"
    from uuid import UUID

    device = UUID(bytes=van.library.device)
    assert {one.device_name for one in found(desk, device=device)} == {"Mobil Keliling"}
    van.library.close()


def test_a_long_log_is_looked_through_in_parts(desk: Desk, monkeypatch: Any) -> None:
    whole = found(desk, verb="lend")
    monkeypatch.setattr(query, "WINDOW", 3)
    monkeypatch.setattr(query, "_MOST_WINDOWS", 1)
    assert found(desk, verb="lend") == whole
    assert len(found(desk)) > len(whole)


def test_it_leaves_as_a_workbook(desk: Desk, tmp_path: Path) -> None:
    actions = every_action(desk, HistorySearch(group="lending"))
    assert len(actions) == len(found(desk, group="lending"))
    sheet = history_sheet(actions, 6)
    saved = export_list(desk, sheet, tmp_path / "riwayat.xlsx")
    assert saved.lines == len(actions)


def test_every_verb_has_a_name_and_a_group() -> None:
    source = Path(perpusdesk.__file__).parent
    verbs = {
        verb
        for path in [*source.glob("services/**/*.py"), *source.glob("storage/**/*.py")]
        for verb in re.findall(
            r'(?:VERB\w*(?:: Final)? = |(?:desk\.action|\bAction)\(\s*)"(\w+)"', path.read_text()
        )
    }
    assert len(verbs) > 40
    assert verbs - _NAMES.keys() == set()
    grouped = [verb for verbs in GROUPS.values() for verb in verbs]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= _NAMES.keys()
    assert _NAMES.keys() - set(grouped) == {"note_handed_back"}
    assert all(group_name(group) for group in GROUPS)
    assert action_name("lend") == "Dipinjamkan"
