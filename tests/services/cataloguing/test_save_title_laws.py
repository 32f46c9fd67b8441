"""Imported records through the form: opening changes nothing, an edit changes what was edited."""

from __future__ import annotations

import io
import lzma
from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.library import value_of
from perpusdesk.common.paths import resources
from perpusdesk.exchange.marc_titles import read_titles
from perpusdesk.exchange.short_fields import BESIDE, SHORT
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import OpenTitle, open_form, set_short
from perpusdesk.services.cataloguing.titles import title_fields
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.title_edit import stored_title

CHANGES: dict[str, Any] = {
    "publisher": "Penerbit Contoh",
    "subtitle": "sebuah percobaan",
    "year": "1999",
    "author": "Contoh, Nina",
    "edition": "Cet. 3",
    "classification": "2X4.1",
    "language": "jav",
    "series": "Seri contoh",
}


@cache
def imported() -> list[TitleRecord]:
    packed = lzma.decompress(resources("demo", "titles.mrc.xz").read_bytes())
    every = read_titles(io.BytesIO(packed))
    return [one for one in every if isinstance(one, TitleRecord)][::25]


def put_in(desk: Desk, record: TitleRecord) -> UUID:
    title, action = desk.library.new_id(), desk.action("import")
    fields = {name: value for name, value in title_fields(record).items() if value}
    action.set("title", title, fields, fresh=True)
    desk.commit(action)
    return title


def opened(desk: Desk, title: UUID) -> OpenTitle:
    found = open_form(desk, title)
    assert isinstance(found, OpenTitle)
    return found


def columns(desk: Desk, title: UUID) -> dict[str, Any]:
    row = stored_title(desk.library, title)
    assert row is not None
    return {name: value or "" for name, value in row.items() if name != "marc"}


def unordered(value: Any) -> Any:
    """Lists without their order: an edited record has its tags in ascending order."""
    return sorted(value) if isinstance(value, tuple) else value


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_form_saved_as_it_was_opened_writes_nothing(kept_desk: Desk, data: st.DataObject) -> None:
    title = put_in(kept_desk, data.draw(st.sampled_from(imported())))
    base = opened(kept_desk, title)
    assert save_title(kept_desk, base.form, base).action is None


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_an_edit_changes_its_own_columns_alone(kept_desk: Desk, data: st.DataObject) -> None:
    title = put_in(kept_desk, data.draw(st.sampled_from(imported())))
    before, base = columns(kept_desk, title), opened(kept_desk, title)
    name = data.draw(st.sampled_from(sorted(CHANGES)))
    saved = value_of(save_title(kept_desk, set_short(base.form, name, CHANGES[name]), base))
    after = columns(kept_desk, title)
    changed = {one for one in after if after[one] != before[one]}
    assert changed <= {name}
    assert set(saved.fields) <= {name, "marc"}
    values = dict(opened(kept_desk, title).form.values)
    assert values[name] == CHANGES[name]
    proposed = () if base.form.values["classification"] else ("classification",)  # now shown
    kept = [one for one in SHORT if one not in (name, *BESIDE, *proposed)]
    assert {one: unordered(values[one]) for one in kept} == {
        one: unordered(base.form.values[one]) for one in kept
    }


def test_a_class_that_is_only_proposed_does_not_move_with_the_language(kept_desk: Desk) -> None:
    """A record with a shelf number of another system alone: its class follows from that."""
    record = next(one for one in imported() if one.classification.startswith("899.221"))
    title = put_in(kept_desk, record)
    before, base = columns(kept_desk, title), opened(kept_desk, title)
    value_of(save_title(kept_desk, set_short(base.form, "language", "eng"), base))
    assert columns(kept_desk, title)["classification"] == before["classification"]
