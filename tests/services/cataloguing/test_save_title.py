"""Cataloguing by hand: the form, saving it, and opening it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from helpers.library import refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.marc.record import RawField, RawRecord, to_bytes
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import (
    OpenTitle,
    TitleForm,
    blank_form,
    copy_form,
    open_form,
    set_short,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo
from perpusdesk.storage.queries.title_edit import stored_title

BOOK: dict[str, Any] = {
    "title": "Laskar pelangi",
    "subtitle": "sebuah novel",
    "responsibility": "Andrea Hirata",
    "author": "Hirata, Andrea",
    "edition": "Cet. 2",
    "place": "Yogyakarta",
    "publisher": "Bentang",
    "year": "2005",
    "pages": "xiv, 534 hlm.",
    "dimensions": "21 cm",
    "isbn": ("9793062797",),
    "subjects": ("Fiksi Indonesia", "Belitung - Sejarah"),
    "classification": "899.221 3",
    "call_number": "899.221 3 HIR l",
    "tags": ("andalan",),
    "abstract": "Sepuluh anak di Belitung.",
}

NO_TITLE = UUID(int=0)


def filled(desk: Desk, **values: Any) -> TitleForm:
    form = blank_form(desk)
    for name, value in {**BOOK, **values}.items():
        form = set_short(form, name, value)
    return form


def test_a_title_made_by_hand_says_what_was_typed(desk: Desk) -> None:
    saved = value_of(save_title(desk, filled(desk), copies=NewCopies(NO_TITLE, 2)))
    row = stored_title(desk.library, saved.title)
    assert row is not None
    assert row["title"] == "Laskar pelangi"
    assert row["author"] == "Andrea Hirata"
    assert row["extent"] == "xiv, 534 hlm. ; 21 cm"
    assert row["isbn"] == "9789793062792"
    assert row["call_number"] == "899.221 3 HIR l"
    assert row["subjects"] == "Fiksi Indonesia; Belitung - Sejarah"
    assert (row["tags"], row["abstract"]) == ("andalan", "Sepuluh anak di Belitung.")
    assert len(saved.barcodes) == 2


def test_what_was_saved_opens_as_it_was(desk: Desk) -> None:
    form = filled(desk)
    saved = value_of(save_title(desk, form))
    opened = open_form(desk, saved.title)
    assert not hasattr(opened, "reason")
    assert dict(opened.form.values) == dict(form.values)
    assert opened.form.material == "book"
    assert value_of(save_title(desk, opened.form, opened)).fields == ()


def test_an_edit_writes_what_changed_alone(desk: Desk) -> None:
    saved = value_of(save_title(desk, filled(desk)))
    opened = open_form(desk, saved.title)
    form = set_short(opened.form, "publisher", "Bentang Pustaka")
    done = save_title(desk, form, opened)
    assert value_of(done).fields == ("publisher", "marc")
    assert done.notices == ()
    value_of(undo(desk))
    assert stored_title(desk.library, saved.title)["publisher"] == "Bentang"


def test_a_title_needs_its_name(desk: Desk) -> None:
    refusal_of(save_title(desk, blank_form(desk)), Reason.TITLE_MISSING)


def test_two_who_add_subjects_both_keep_theirs(desk: Desk) -> None:
    saved = value_of(save_title(desk, filled(desk)))
    first, second = open_form(desk, saved.title), open_form(desk, saved.title)
    subjects = BOOK["subjects"]
    one = set_short(first.form, "subjects", (*subjects, "Pendidikan"))
    two = set_short(second.form, "subjects", (*subjects, "Persahabatan"))
    value_of(save_title(desk, one, first))
    done = save_title(desk, two, second)
    assert value_of(done).meanwhile == ()
    form = open_form(desk, saved.title).form
    assert form.values["subjects"] == (*subjects, "Pendidikan", "Persahabatan")


def test_an_edit_tells_of_another_one_made_meanwhile(desk: Desk) -> None:
    saved = value_of(save_title(desk, filled(desk)))
    first, second = open_form(desk, saved.title), open_form(desk, saved.title)
    value_of(save_title(desk, set_short(first.form, "year", "2006"), first))
    done = save_title(desk, set_short(second.form, "year", "2007"), second)
    assert "year" in value_of(done).meanwhile
    assert done.notices[0].facts["fields"] == value_of(done).meanwhile


def test_a_copied_record_leaves_the_numbers(desk: Desk) -> None:
    saved = value_of(save_title(desk, filled(desk), copies=NewCopies(NO_TITLE, 1)))
    form = copy_form(desk, saved.title)
    assert form.values["isbn"] == ()
    assert form.values["title"] == "Laskar pelangi"
    assert form.values["subjects"] == BOOK["subjects"]


def test_a_column_that_an_older_program_did_not_have_takes_nothing_away(desk: Desk) -> None:
    saved = value_of(save_title(desk, filled(desk)))
    row = stored_title(desk.library, saved.title)
    assert row is not None
    title, action = desk.library.new_id(), desk.action("import")
    old = {"title": row["title"], "marc": row["marc"], "call_number": row["call_number"]}
    action.set("title", title, old, fresh=True)
    desk.commit(action)
    opened = open_form(desk, title)
    assert isinstance(opened, OpenTitle)
    assert opened.form.values["abstract"] == BOOK["abstract"]
    assert opened.form.values["publisher"] == BOOK["publisher"]
    value_of(save_title(desk, set_short(opened.form, "edition", "Cet. 3"), opened))
    again = open_form(desk, title)
    assert isinstance(again, OpenTitle)
    assert again.form.values["abstract"] == BOOK["abstract"]


def test_a_record_in_another_encoding_is_kept_whole_and_becomes_utf8(desk: Desk) -> None:
    fields = (
        RawField("245", "00", (("a", "Café"),)),
        RawField("500", "  ", (("a", "Catatan."),)),
    )
    marc = to_bytes(RawRecord("00000nam  2200000 i 4500", fields))
    assert marc is not None
    marc8 = marc.replace("é".encode(), b"\xe2e", 1)
    marc8 = marc8[:9] + b" " + marc8[10:]
    title, action = desk.library.new_id(), desk.action("import")
    action.set("title", title, {"title": "Café", "marc": marc8}, fresh=True)
    desk.commit(action)
    opened = open_form(desk, title)
    assert isinstance(opened, OpenTitle)
    assert opened.form.values["title"] == "Café"
    value_of(save_title(desk, set_short(opened.form, "year", "2001"), opened))
    row = stored_title(desk.library, title)
    assert row is not None
    assert row["marc"][9:10] == b"a"
    assert "Café".encode() in row["marc"]
    assert b"Catatan." in row["marc"]
