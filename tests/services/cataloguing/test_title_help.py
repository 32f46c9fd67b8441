"""What helps who catalogues: duplicates, suggestions, proposals, templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from helpers.library import refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.cataloguing.add_copies import NewCopies
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_duplicates import Why, duplicates_of
from perpusdesk.services.cataloguing.title_form import TitleForm, blank_form, form_from, set_short
from perpusdesk.services.cataloguing.title_proposals import (
    Prefix,
    call_number_of,
    call_prefixes,
    class_caption,
    classes,
    set_call_prefixes,
)
from perpusdesk.services.cataloguing.title_suggest import see_reference, suggest
from perpusdesk.services.cataloguing.title_templates import (
    remove_template,
    save_template,
    template_form,
    templates,
)
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries.title_edit import stored_title

NO_TITLE = UUID(int=0)


def typed(desk: Desk, **values: Any) -> TitleForm:
    form = blank_form(desk)
    for name, value in values.items():
        form = set_short(form, name, value)
    return form


@pytest.fixture
def pelangi(desk: Desk) -> Desk:
    form = typed(
        desk,
        title="Laskar pelangi",
        subtitle="sebuah novel",
        author="Hirata, Andrea",
        publisher="Bentang",
        place="Yogyakarta",
        year="2005",
        isbn=("9793062797",),
        subjects=("Fiksi Indonesia", "Pendidikan - Belitung"),
    )
    value_of(save_title(desk, form, copies=NewCopies(NO_TITLE, 2)))
    return desk


@pytest.mark.parametrize(
    ("values", "why", "sure"),
    [
        ({"isbn": ("979-3062-79-7",)}, Why.ISBN, False),
        ({"isbn": ("9789793062792",), "title": "Laskar Pelangi"}, Why.ISBN, True),
        ({"title": "LASKAR PELANGI", "author": "Andrea Hirata"}, Why.TITLE_AUTHOR, True),
        ({"title": "Laskar pelangi sebuah novel"}, Why.TITLE, False),
        ({"title": "Laskar pelangi", "author": "Hirata, A.", "year": "2008"}, Why.TITLE_AUTHOR, 0),
    ],
)
def test_a_duplicate_is_told(pelangi: Desk, values: Any, why: Why, sure: bool) -> None:
    found = duplicates_of(pelangi, typed(pelangi, **values))
    assert [(one.title, one.why, one.sure) for one in found] == [("Laskar pelangi", why, sure)]
    assert found[0].copies == 2


@pytest.mark.parametrize(
    "values",
    [
        {"title": "Laskar pelangi", "author": "Somebody Else"},
        {"title": "Laskar"},
        {"title": "Laskar pelangi", "subtitle": "catatan harian", "author": "Hirata, Andrea"},
        {},
    ],
)
def test_what_is_another_title_is_none(pelangi: Desk, values: Any) -> None:
    assert duplicates_of(pelangi, typed(pelangi, **values)) == []


def test_what_titles_say_already_is_suggested(pelangi: Desk) -> None:
    assert [one.text for one in suggest(pelangi, "author", "andrea h")] == ["Hirata, Andrea"]
    assert [one.text for one in suggest(pelangi, "subjects", "pend")] == ["Pendidikan - Belitung"]
    assert [one.text for one in suggest(pelangi, "publisher", "Ben")] == ["Bentang"]
    assert suggest(pelangi, "publisher", "B") == []


def test_a_variant_leads_to_its_heading(desk: Desk) -> None:
    action = desk.action("demo")
    fields = {"kind": "person", "heading": "Sukarno", "variants": "Soekarno; Bung Karno"}
    action.set("heading", desk.library.new_id(), fields, fresh=True)
    desk.commit(action)
    found = suggest(desk, "author", "bung")
    assert [(one.text, one.instead_of, one.kind) for one in found] == [
        ("Sukarno", "Bung Karno", "person")
    ]
    assert [one.text for one in suggest(desk, "other_bodies", "bung")] == []
    led = see_reference(desk, "author", "soekarno ")
    assert led is not None
    assert (led.text, led.instead_of) == ("Sukarno", "Soekarno")
    assert see_reference(desk, "author", "Sukarno") is None
    assert see_reference(desk, "author", "Soek") is None
    assert see_reference(desk, "publisher", "Soekarno") is None


def test_a_call_number_is_proposed(desk: Desk) -> None:
    form = typed(desk, title="Sang pemimpi", author="Hirata, Andrea", classification="899.221 3")
    assert call_number_of(form) == "899.221 3 HIR p"
    assert call_number_of(form, "R") == "R 899.221 3 HIR p"
    body = set_short(form, "author_kind", "body")
    body = set_short(body, "author", "Indonesia. Departemen Agama")
    assert call_number_of(body) == "899.221 3 IND p"


def test_prefixes_are_the_library_s_own(desk: Desk, head: Desk) -> None:
    assert [one.code for one in call_prefixes(desk)] == ["R", "FIK", "ANAK", "LOK", "BRL"]
    refusal_of(set_call_prefixes(desk, ()), Reason.RIGHT_MISSING)
    value_of(set_call_prefixes(head, (Prefix("SKR", "Skripsi"), Prefix(" ", ""))))
    assert call_prefixes(desk) == (Prefix("SKR", "Skripsi"),)


def test_classes_have_short_captions() -> None:
    assert class_caption("2X4.1") == "Fikih"
    assert class_caption("899.221 3") == "Sastra Indonesia"
    assert class_caption("513") == "Matematika"
    assert class_caption("5") == ""
    assert [number for number, _ in classes("2X")][:2] == ["2X0", "2X1"]
    assert ("640", "Rumah tangga dan keluarga") in classes("rumah")


def test_a_template_starts_a_record(desk: Desk) -> None:
    form = typed(desk, title="Skripsi", publisher="Universitas Contoh", isbn=("9793062797",))
    form = set_short(form, "tags", ("skripsi",))
    kept = value_of(save_template(desk, " Skripsi  kita ", form))
    assert [(one.id, one.name) for one in templates(desk, "book")] == [(kept, "Skripsi kita")]
    started = template_form(desk, kept)
    assert started.values["publisher"] == "Universitas Contoh"
    assert started.values["tags"] == ("skripsi",)
    assert started.values["isbn"] == ()
    refusal_of(save_template(desk, " ", form), Reason.NAME_MISSING)
    remove_template(desk, kept)
    assert templates(desk) == []


def test_a_record_made_elsewhere_fills_the_form(pelangi: Desk) -> None:
    title = pelangi.library.value("select id from title where title = 'Laskar pelangi'")
    row = stored_title(pelangi.library, UUID(bytes=title))
    assert row is not None
    form = form_from(row["marc"])
    assert form is not None
    assert form.values["title"] == "Laskar pelangi"
    assert form_from(b"nonsense") is None
