"""What the history says of messages, wishes, questions and the board: all of it in words."""

from __future__ import annotations

from helpers.library import SmallLibrary
from helpers.service_board import fill
from perpusdesk.common.i18n import set_language
from perpusdesk.domain.merge.kinds import EVENTS
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.services.desk import Desk
from perpusdesk.services.history.history import HistoryPage, HistorySearch, history, history_lines
from perpusdesk.services.history.history_details import HistoryDetails, history_details
from perpusdesk.services.wording.history import detail_label
from perpusdesk.services.wording.service_history import RECORDS


def test_every_field_has_a_label_in_both_languages() -> None:
    fields = {record: FIELD_RECORDS.get(record, ()) for record in RECORDS}
    told = {
        record: {name for kind in EVENTS.get(record, {}).values() for name in kind}
        for record in RECORDS
    }
    for language in ("id", "en"):
        set_language(language)
        for record in RECORDS:
            for name in {*fields[record], *told[record]} - {"member", "source_id"}:
                assert detail_label(record, name) not in ("", name), (language, record, name)


def test_what_was_done_is_named_and_no_code_is_left(small: SmallLibrary, head: Desk) -> None:
    set_language("id")
    fill(small, head)
    page = history(head, HistorySearch(group="service"), None, 100)
    assert isinstance(page, HistoryPage)
    lines = history_lines(head, page.actions)
    named = [line for line in lines if line.verb != "log_reference"]
    assert named and all(line.thing for line in named)
    said = set()
    for line in lines:
        details = history_details(head, line.action)
        assert isinstance(details, HistoryDetails)
        said |= {change.after for one in details.touched for change in one.changes}
    codes = {"complaint", "lapor", "new", "work", "wished", "ordered", "planned", "doing", "search"}
    assert not codes & said
    assert not any("AC di ruang" in line.thing for line in lines)
    assert {"Pengaduan", "Ditangani", "Dipesan", "Direncanakan", "Cari buku atau informasi"} <= said
