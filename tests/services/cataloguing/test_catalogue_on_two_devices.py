"""Two devices catalogue the same titles without knowing of each other, then exchange."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, value_of
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.cataloguing.merge_titles import merge_titles
from perpusdesk.services.cataloguing.remove_title import (
    put_back,
    remove_title,
    removed_ids,
    removed_lines,
)
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import OpenTitle, blank_form, open_form, set_short
from perpusdesk.services.desk import Desk
from perpusdesk.services.serials.subscriptions import (
    Numbering,
    SubscriptionForm,
    expect_issues,
    save_subscription,
)
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.lookup import title_by_id

BOOK: dict[str, Any] = {
    "title": "Laskar pelangi",
    "author": "Hirata, Andrea",
    "year": "2005",
    "subjects": ("Fiksi",),
}


@pytest.fixture
def devices(small: SmallLibrary, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """The desk, and a van with the same library."""
    desk = small.desk()
    sources = small.library.sources
    with Library.create(tmp_path / "van", library=small.library.id, sources=sources) as van:
        van.ingest(list(small.library.all_ops()))
        yield desk, Desk(van, desk.branch, desk.staff)


def exchange(one: Desk, other: Desk) -> None:
    """Let both know all that either knows, and check that both came to the same."""
    one.library.ingest(list(other.library.all_ops()))
    other.library.ingest(list(one.library.all_ops()))
    assert one.library.digest() == other.library.digest()
    for desk in (one, other):
        assert check(desk.library) == []


def made(desk: Desk, **values: Any) -> UUID:
    form = blank_form(desk)
    for name, value in {**BOOK, **values}.items():
        form = set_short(form, name, value)
    return value_of(save_title(desk, form)).title


def edited(desk: Desk, title: UUID, **values: Any) -> None:
    opened = open_form(desk, title)
    assert isinstance(opened, OpenTitle)
    form = opened.form
    for name, value in values.items():
        form = set_short(form, name, value)
    value_of(save_title(desk, form, opened))


def shown(desk: Desk, title: UUID) -> dict[str, Any]:
    opened = open_form(desk, title)
    assert isinstance(opened, OpenTitle)
    return dict(opened.form.values)


def test_each_keeps_what_it_added(devices: tuple[Desk, Desk]) -> None:
    desk, van = devices
    title = made(desk)
    exchange(desk, van)
    edited(desk, title, subjects=("Fiksi", "Belitung"), publisher="Bentang")
    edited(van, title, subjects=("Fiksi", "Pendidikan"), other_authors=("Contoh, Nina",))
    exchange(desk, van)
    for one in devices:
        values = shown(one, title)
        assert set(values["subjects"]) == {"Fiksi", "Belitung", "Pendidikan"}
        assert (values["publisher"], values["other_authors"]) == ("Bentang", ("Contoh, Nina",))
    assert shown(desk, title) == shown(van, title)


def test_record_and_columns_agree_after_both_edited_one_area(devices: tuple[Desk, Desk]) -> None:
    desk, van = devices
    title = made(desk)
    exchange(desk, van)
    edited(desk, title, publisher="Bentang")
    edited(van, title, place="Yogyakarta")
    exchange(desk, van)
    row = desk.library.row("select publisher, place from title where id = ?", title.bytes)
    assert row == ("Bentang", "Yogyakarta")
    values = shown(desk, title)
    assert (values["publisher"], values["place"]) == row
    edited(desk, title, edition="Cet. 2")
    assert desk.library.row("select publisher, place from title where id = ?", title.bytes) == row


def test_merging_in_opposite_directions_loses_neither(devices: tuple[Desk, Desk]) -> None:
    desk, van = devices
    one, two = made(desk), made(desk, title="Laskar Pelangi")
    value_of(add_copies(desk, NewCopies(one, 1)))
    value_of(add_copies(desk, NewCopies(two, 2)))
    exchange(desk, van)
    value_of(merge_titles(desk, one, [two]))
    value_of(merge_titles(van, two, [one]))
    exchange(desk, van)
    hits = [title_by_id(desk.library, title) for title in (one, two)]
    assert sum(hit.copies for hit in hits if hit) == 3
    assert removed_ids(desk) == removed_ids(van)


def test_a_removed_title_that_somebody_edits_is_there_again(devices: tuple[Desk, Desk]) -> None:
    desk, van = devices
    title = made(desk)
    exchange(desk, van)
    value_of(remove_title(desk, title, "salah input"))
    edited(van, title, publisher="Bentang")
    exchange(desk, van)
    assert shown(desk, title)["publisher"] == "Bentang"
    assert removed_ids(desk) == []


def test_both_expect_the_same_issues(devices: tuple[Desk, Desk]) -> None:
    desk, van = devices
    title, day = made(desk), desk.today()
    form = SubscriptionForm(day, day.replace(year=day.year + 1))
    subscription = value_of(save_subscription(desk, title, form))
    exchange(desk, van)
    made_here = value_of(expect_issues(desk, subscription, Numbering(1, 1)))
    assert value_of(expect_issues(van, subscription, Numbering(1, 1))) == made_here
    exchange(desk, van)
    assert desk.library.value("select count(*) from issue where deleted = 0") == made_here


def test_removing_what_another_device_merges_into_loses_no_copy(
    devices: tuple[Desk, Desk],
) -> None:
    desk, van = devices
    kept, other = made(desk), made(desk, title="Laskar Pelangi")
    value_of(add_copies(desk, NewCopies(other, 2)))
    exchange(desk, van)
    value_of(merge_titles(desk, kept, [other]))
    value_of(remove_title(van, kept, "kosong"))
    exchange(desk, van)
    hit = title_by_id(van.library, kept)
    assert hit is not None
    assert hit.copies == 2


def test_copies_added_to_what_another_device_removed_are_told(
    devices: tuple[Desk, Desk],
) -> None:
    desk, van = devices
    title = made(desk)
    exchange(desk, van)
    value_of(remove_title(desk, title, "kosong"))
    value_of(add_copies(van, NewCopies(title, 2)))
    exchange(desk, van)
    assert [one.copies for one in removed_lines(desk, removed_ids(desk))] == [2]
    value_of(put_back(desk, title))
    hit = title_by_id(desk.library, title)
    assert hit is not None
    assert hit.copies == 2
