"""The list of headings: editing, importing from three kinds of files, changing titles with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.marc.record import RawField, RawRecord, to_bytes
from perpusdesk.services.cataloguing.apply_heading import (
    apply_heading,
    titles_using,
    undo_heading_run,
)
from perpusdesk.services.cataloguing.headings import (
    Heading,
    heading_ids,
    heading_lines,
    remove_heading,
    save_heading,
)
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import OpenTitle, blank_form, open_form, set_short
from perpusdesk.services.cataloguing.title_suggest import suggest
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_headings import import_headings, preview_headings


def made(desk: Desk, kind: str = "topic", **values: Any) -> UUID:
    form = blank_form(desk)
    for name, value in values.items():
        form = set_short(form, name, value, kind if name == "subjects" else "")
    return value_of(save_title(desk, form)).title


def opened(desk: Desk, title: UUID) -> OpenTitle:
    found = open_form(desk, title)
    assert isinstance(found, OpenTitle)
    return found


def every(desk: Desk) -> dict[str, Heading]:
    return {one.heading: one for _, one in heading_lines(desk, heading_ids(desk))}


@pytest.fixture
def desk(head: Desk) -> Desk:
    """Somebody who may change many records at once."""
    return head


def test_changing_many_records_needs_a_right(small: SmallLibrary, tmp_path: Path) -> None:
    desk, file = small.desk(), tmp_path / "tajuk.csv"
    file.write_text("Tajuk,BT\nPadi,\n", encoding="utf-8")
    assert preview_headings(desk, file).new == 1
    refusal_of(import_headings(desk, file), Reason.RIGHT_MISSING)
    refusal_of(apply_heading(desk, Heading("topic", "Padi"), ["Beras"]), Reason.RIGHT_MISSING)


def test_a_heading_is_saved_changed_and_removed(desk: Desk) -> None:
    saved = value_of(save_heading(desk, Heading("person", "Soekarno", variants=("Bung Karno",))))
    again = Heading("person", "Sukarno", variants=("Bung Karno",))
    changed = value_of(save_heading(desk, again, saved.id))
    assert changed.former == "Soekarno"
    assert changed.heading.variants == ("Bung Karno", "Soekarno")
    assert save_heading(desk, changed.heading, saved.id).action is None
    assert [one.text for one in suggest(desk, "author", "soek")] == ["Sukarno"]
    remove_heading(desk, saved.id)
    assert every(desk) == {}


def test_one_name_stands_once(desk: Desk) -> None:
    value_of(save_heading(desk, Heading("topic", "Padi")))
    refused = refusal_of(save_heading(desk, Heading("topic", " PADI ")), Reason.HEADING_KNOWN)
    assert refused.facts["heading"] == "Padi"
    value_of(save_heading(desk, Heading("place", "Padi")))
    refusal_of(save_heading(desk, Heading("topic", " ")), Reason.NAME_MISSING)


def test_a_table_is_looked_at_then_imported_then_taken_back(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "tajuk.csv"
    file.write_text(
        "Tajuk,Jenis,Lihat dari,BT\nPadi,topik,Beras; Gabah,Tanaman pangan\n"
        "Sukarno,orang,Soekarno|Bung Karno,\n,topik,,\nPadi,topik,Oryza,\n",
        encoding="utf-8",
    )
    report = preview_headings(desk, file)
    assert (report.read, report.new, report.filled, report.known) == (4, 2, 1, 0)
    assert len(report.refused) == 1
    assert every(desk) == {}
    done = value_of(import_headings(desk, file))
    padi = every(desk)["Padi"]
    assert padi.variants == ("Beras", "Gabah", "Oryza")
    assert padi.broader == ("Tanaman pangan",)
    assert every(desk)["Sukarno"].kind == "person"
    assert preview_headings(desk, file).new == 0
    assert done.run
    undo_heading_run(desk, done.run)
    assert every(desk) == {}
    value_of(import_headings(desk, file))
    assert every(desk)["Padi"].variants == ("Beras", "Gabah", "Oryza")


def test_authority_records_are_read(desk: Desk, tmp_path: Path) -> None:
    fields = (
        RawField("001", data="n1"),
        RawField("150", "  ", (("a", "Padi"), ("x", "Hama"))),
        RawField("450", "  ", (("a", "Beras"),)),
        RawField("550", "  ", (("w", "g"), ("a", "Tanaman"))),
        RawField("550", "  ", (("a", "Sawah"),)),
        RawField("680", "  ", (("i", "Pakai untuk tanaman."),)),
    )
    name = (RawField("100", "1 ", (("a", "Toer, Pramoedya Ananta"),)),)
    nothing = (RawField("001", data="n3"),)
    file = tmp_path / "authority.mrc"
    records = [to_bytes(RawRecord("00000nz  a2200000n  4500", f)) for f in (fields, name, nothing)]
    file.write_bytes(b"".join(filter(None, records)))
    report = value_of(import_headings(desk, file))
    assert (report.new, report.refused) == (2, [3])
    padi = every(desk)["Padi - Hama"]
    assert (padi.variants, padi.broader, padi.related) == (("Beras",), ("Tanaman",), ("Sawah",))
    assert padi.note == "Pakai untuk tanaman."
    assert every(desk)["Toer, Pramoedya Ananta"].kind == "person"


def test_a_slims_dump_gives_names_and_topics_with_their_ties(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "senayan.sql"
    file.write_text(
        "INSERT INTO `mst_author` (`author_id`,`author_name`,`authority_type`) VALUES"
        " (1,'Hirata, Andrea','p'),(2,'Departemen Agama','o');\n"
        "INSERT INTO `mst_topic` (`topic_id`,`topic`,`topic_type`) VALUES"
        " (1,'Padi','t'),(2,'Beras','t'),(3,'Tanaman','t'),(4,'Jawa','g');\n"
        "INSERT INTO `mst_voc_ctrl` (`vocabolary_id`,`topic_id`,`rt_id`,`related_topic_id`) VALUES"
        " (1,'2','U','1'),(2,'1','BT','3');\n",
        encoding="utf-8",
    )
    value_of(import_headings(desk, file))
    found = every(desk)
    assert set(found) == {"Hirata, Andrea", "Departemen Agama", "Padi", "Tanaman", "Jawa"}
    assert found["Padi"].variants == ("Beras",)
    assert found["Padi"].broader == ("Tanaman",)
    assert (found["Departemen Agama"].kind, found["Jawa"].kind) == ("body", "place")


def test_a_changed_name_is_changed_in_the_titles(desk: Desk) -> None:
    one = made(desk, title="Di bawah bendera", author="Soekarno")
    two = made(desk, "person", title="Sang penyambung", subjects=("Soekarno - Biografi", "Padi"))
    three = made(desk, title="Lain", author="Soekarno Putra")
    assert set(titles_using(desk, "person", ["Soekarno"])) == {one, two}
    done = value_of(apply_heading(desk, Heading("person", "Sukarno"), ["Soekarno"]))
    assert done.titles == 2
    assert opened(desk, one).form.values["author"] == "Sukarno"
    assert opened(desk, one).row["author"] == "Sukarno"
    form = opened(desk, two).form
    assert form.values["subjects"] == ("Sukarno - Biografi", "Padi")
    assert [field.tag for field in form.fields if field.tag[0] == "6"] == ["600", "600"]
    assert opened(desk, three).form.values["author"] == "Soekarno Putra"
    assert done.run
    undone = undo_heading_run(desk, done.run)
    assert not hasattr(undone, "reason")
    assert opened(desk, one).form.values["author"] == "Soekarno"
    assert opened(desk, two).form.values["subjects"] == ("Soekarno - Biografi", "Padi")


def test_taking_it_back_spares_what_was_changed_since(desk: Desk) -> None:
    one = made(desk, title="Satu", subjects=("Padi",))
    two = made(desk, title="Dua", subjects=("Padi",))
    run = value_of(apply_heading(desk, Heading("topic", "Padi sawah"), ["Padi"])).run
    base = opened(desk, one)
    value_of(save_title(desk, set_short(base.form, "subjects", ("Beras",)), base))
    assert run
    undo_heading_run(desk, run)
    assert opened(desk, two).form.values["subjects"] == ("Padi",)
    assert "Beras" in opened(desk, one).form.values["subjects"]


@pytest.mark.parametrize("former", ["Jagung", ""])
def test_nothing_to_change_writes_nothing(desk: Desk, former: str) -> None:
    done = value_of(apply_heading(desk, Heading("topic", "Padi"), [former]))
    assert (done.run, done.titles) == (None, 0)
