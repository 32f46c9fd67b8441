"""Going through the catalogue for titles that may be one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from helpers.library import value_of
from perpusdesk.domain.same_title import Why
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.find_duplicates import find_duplicates
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, set_short
from perpusdesk.services.desk import Desk


def made(desk: Desk, copies: int = 0, **values: Any) -> UUID:
    form = blank_form(desk)
    for name, value in values.items():
        form = set_short(form, name, value)
    new = NewCopies(UUID(int=0), copies) if copies else None
    return value_of(save_title(desk, form, copies=new)).title


def test_groups_are_found_the_surest_first(desk: Desk) -> None:
    one = made(desk, title="Peta angin", author="Contoh, Nina", year="2001")
    two = made(desk, 2, title="Peta Angin!", author="Nina Contoh", year="2001")
    old = made(desk, title="Tjerita rakjat", isbn=("9793062797",))
    new = made(desk, title="Cerita rakyat", isbn=("9789793062792",))
    made(desk, title="Peta angin", author="Orang Lain")
    heard: list[tuple[int, int]] = []
    found = find_duplicates(desk, progress=lambda done, of: heard.append((done, of)))
    groups = {frozenset(group.titles): (group.why, group.sure) for group in found}
    assert groups[frozenset((one, two))] == (Why.TITLE_AUTHOR, True)
    assert groups[frozenset((old, new))] == (Why.ISBN, True)
    assert (two, one) in {group.titles for group in found}  # the one with copies first
    assert found[0].why is Why.ISBN
    assert heard[-1][0] == heard[-1][1]


def test_a_title_without_author_is_unsure(desk: Desk) -> None:
    one = made(desk, title="Ensiklopedi kota")
    two = made(desk, title="Ensiklopedi kota", author="Contoh, Nina")
    found = [group for group in find_duplicates(desk) if one in group.titles]
    assert [(set(group.titles), group.sure) for group in found] == [({one, two}, False)]


def test_it_can_be_stopped(desk: Desk) -> None:
    made(desk, title="Peta angin", author="Contoh, Nina")
    made(desk, title="Peta angin", author="Contoh, Nina")
    assert find_duplicates(desk, stop=lambda: True) == []
