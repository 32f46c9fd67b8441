"""Drafts of titles: read back as they were, each on its own, laid onto what others changed."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from helpers.library import SmallLibrary
from perpusdesk.domain.marc.record import RawField
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.title_drafts import (
    TitleDraft,
    keep_new_draft,
    keep_title_draft,
    kept_new_drafts,
    kept_title_draft,
    onto,
)
from perpusdesk.services.cataloguing.title_form import blank_form, open_form, set_raw, set_short

ODD = RawField("586", "1 ", (("a", 'Hadiah $5 "besar" \u2028'), ("?", "")))


@pytest.fixture
def desk(small: SmallLibrary):
    return small.desk("head")


def typed(form, **values):
    for name, value in values.items():
        form = set_short(form, name, value)
    return form


def test_a_draft_is_read_back_as_it_was(desk) -> None:
    started = blank_form(desk, "serial")
    form = typed(started, title="Angin", subjects=("Laut", "Angin"), tags=("baru",))
    form = set_raw(form, (*form.fields, ODD))
    copies = NewCopies(UUID(int=0), 3, location="Rak 3", price=45_000)
    keep_new_draft(desk, UUID(int=1), TitleDraft(form, started, copies))
    (kept,) = kept_new_drafts(desk).values()
    assert kept == TitleDraft(form, started, copies)
    assert set_short(kept.form, "year", "2026").text("year") == "2026", "it can be gone on with"


def test_each_new_title_has_its_own_and_the_latest_is_last(desk) -> None:
    blank = blank_form(desk)
    for number in (1, 2, 3):
        form = typed(blank, title=f"Angin {number}")
        keep_new_draft(desk, UUID(int=number), TitleDraft(form, blank))
    keep_new_draft(desk, UUID(int=1), TitleDraft(typed(blank, title="Angin satu"), blank))
    keep_new_draft(desk, UUID(int=2), None)
    titles = [draft.form.text("title") for draft in kept_new_drafts(desk).values()]
    assert titles == ["Angin 3", "Angin satu"]
    keep_new_draft(desk, UUID(int=1), None)
    keep_new_draft(desk, UUID(int=3), None)
    assert kept_new_drafts(desk) == {}


def test_what_cannot_be_read_counts_as_none(desk, small: SmallLibrary) -> None:
    title = small.titles[0]
    for broken in ("{", "[]", '{"form": {}}'):
        desk.library.put_local("draft/title/new", broken)
        desk.library.put_local(f"draft/title/{title.hex}", broken)
        assert kept_new_drafts(desk) == {} and kept_title_draft(desk, title) is None


def test_a_draft_of_a_title_is_its_own(desk, small: SmallLibrary) -> None:
    first, second = small.titles[:2]
    form = open_form(desk, first).form
    keep_title_draft(desk, first, TitleDraft(typed(form, year="2026"), form))
    assert kept_title_draft(desk, second) is None
    assert kept_title_draft(desk, first).form.text("year") == "2026"
    keep_title_draft(desk, first, None)
    assert kept_title_draft(desk, first) is None


def test_onto_a_record_that_others_changed_both_changes_stand(desk, small: SmallLibrary) -> None:
    started = open_form(desk, small.titles[0]).form
    mine = typed(started, publisher="Kora", subjects=("Laut",), tags=("baru",))
    mine = set_raw(mine, (*mine.fields, ODD))
    theirs = typed(started, year="2020", edition="Cet. 2")
    both = onto(theirs, TitleDraft(mine, started))
    for name, value in (
        ("publisher", "Kora"),
        ("year", "2020"),
        ("edition", "Cet. 2"),
        ("subjects", ("Laut",)),
        ("tags", ("baru",)),
    ):
        assert both.values[name] == value
    assert ODD in both.fields


def test_onto_what_was_taken_out_stays_out(desk, small: SmallLibrary) -> None:
    form = open_form(desk, small.titles[0]).form
    started = set_raw(form, (*form.fields, ODD))
    mine = set_raw(started, form.fields)
    theirs = typed(started, year="2020")
    assert ODD not in onto(theirs, TitleDraft(mine, started)).fields


def test_onto_an_unchanged_record_is_the_draft_itself(desk, small: SmallLibrary) -> None:
    form = open_form(desk, small.titles[0]).form
    draft = TitleDraft(replace(typed(form, year="2020"), material="map"), form)
    assert onto(form, draft) is draft.form
