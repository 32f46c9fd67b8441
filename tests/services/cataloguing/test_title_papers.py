"""What goes onto the papers of titles: the right titles, under the right headings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from helpers.library import SmallLibrary
from perpusdesk.services.cataloguing.title_papers import (
    bibliography_of,
    bulletin_of,
    period_of,
    title_entries,
)
from perpusdesk.services.desk import Desk


def test_entries_come_in_the_order_asked_for(small: SmallLibrary, desk: Desk) -> None:
    wanted = [small.titles[2], small.titles[0]]
    entries = title_entries(desk, wanted)
    titles = [desk.library.value("select title from title where id = ?", t.bytes) for t in wanted]
    assert [entry.title for entry in entries] == titles
    assert all(len(entry.numbers) == 2 for entry in entries)


def test_a_cover_goes_along_where_it_is_wanted(small: SmallLibrary, desk: Desk) -> None:
    action = desk.action("test")
    fields = {"title": small.titles[0], "image": b"picture"}
    action.set("cover", desk.library.new_id(), fields, fresh=True)
    desk.commit(action)
    with_pictures = title_entries(desk, small.titles[:2], pictures=True)
    assert [entry.cover for entry in with_pictures] == [b"picture", None]
    assert title_entries(desk, small.titles[:1])[0].cover is None


def test_titles_stand_under_their_class_islam_after_religion(
    small: SmallLibrary, desk: Desk
) -> None:
    for title, number in zip(small.titles, ("813", "2X4.1", "297", ""), strict=False):
        small.change("title", title, classification=number, subjects="Laut; Angin")
    data = bibliography_of(desk, "Daftar", small.titles[:4], "class")
    heads = [section.heading for section in data.sections]
    assert heads == ["200  Agama", "2X0  Islam", "800  Kesusastraan", "Tanpa kelas"]
    by_subject = bibliography_of(desk, "Daftar", small.titles[:1], "subject")
    assert [section.heading for section in by_subject.sections] == ["Angin", "Laut"]


@pytest.mark.parametrize("order", ["class", "author", "subject", "title"])
def test_no_title_is_lost_in_any_order(small: SmallLibrary, desk: Desk, order: str) -> None:
    data = bibliography_of(desk, "Daftar", small.titles, order)
    assert sum(len(section.entries) for section in data.sections) == len(small.titles)


def test_new_is_what_came_in_on_a_day_of_the_period(small: SmallLibrary, desk: Desk) -> None:
    today = desk.today()
    everything = bulletin_of(desk, today, today)
    count = sum(len(entries) for _heading, entries in everything.sections)
    assert count == len(small.titles)  # no day is noted: the day of entry counts
    for barcode in ("B0001", "B0002"):
        small.change("copy", small.copies[barcode], received=str(today - timedelta(days=40)))
    less = bulletin_of(desk, today, today)
    assert sum(len(entries) for _heading, entries in less.sections) == count - 1
    van = small.desk(branch="van")
    assert bulletin_of(van, today, today, here_only=True).sections == ()


def test_a_whole_month_has_its_name() -> None:
    assert period_of(date(2026, 11, 1), date(2026, 11, 30)) == "November 2026"
    assert period_of(date(2026, 12, 1), date(2026, 12, 31)) == "Desember 2026"
    assert period_of(date(2026, 2, 1), date(2026, 2, 28)) == "Februari 2026"
    assert "s.d." in period_of(date(2026, 11, 1), date(2026, 11, 29))
