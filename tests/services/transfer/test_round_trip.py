"""MARC in and out again: each field survives byte for byte, but for what the standard lets vary.

That is: the leader's computed places, the encoding (MARC-8 or UTF-8), the order of fields with
different tags, and fields without content. Records that break the standard are put in order: what
is missing (001, 003, 005, 008, a class) is added, blank indicators are filled where a title's first
indicator is blank, a 005 is cut to its digits, an 008 filled up to 40, a language named in words
gets its code, a subfield code that cannot be printed becomes a question mark.
"""

from __future__ import annotations

import contextlib
import csv
import lzma
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast
from uuid import UUID

import pytest
from marc_samples import SAMPLE, record
from pymarc import Field, MARCReader

from perpusdesk.exchange.marc_stream import pieces
from perpusdesk.exchange.marc_text import parse
from perpusdesk.exchange.open_files import Format, detect
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.transfer.export_run import ExportFormat, export
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.services.transfer.import_run import run

NO_CATALOGUES = (".md", ".csv", ".json")
ADDED = {"001", "003", "005", "008", "082"}
FILLED = re.compile(r"^(?:[167]|041|245)")
PIECES_OF_THE_BIG_FILE = 300


@pytest.fixture
def desk(head: Desk) -> Desk:
    """The desk of somebody who may import."""
    return head


class Said(NamedTuple):
    """One field as any reader has it; a control field has no marks and one part."""

    tag: str
    marks: str
    parts: tuple[tuple[str, str], ...]

    @property
    def empty(self) -> bool:
        return not any(value.strip() for _, value in self.parts)


def said(field: Field) -> Said:
    if field.control_field:
        return Said(field.tag, "", (("", field.data or ""),))
    parts = tuple(
        (code if "!" <= code <= "~" else "?", unicodedata.normalize("NFC", value))
        for code, value in field.subfields
    )
    return Said(field.tag, "".join(map(str, field.indicators)), parts)


def is_put_in_order(old: Said, new: Said, *, blank: bool) -> bool:
    """Whether ``new`` is ``old`` with what breaks the standard put right, and nothing else."""
    one, other = old.parts[0][1], new.parts[0][1]
    if old.tag == "005":
        return "".join(re.findall(r"\d{14}", one)) in ("", other[:14])
    if old.tag == "008":
        return one.ljust(40) == other
    same = old.parts == new.parts
    if old.tag == "041" and not same:
        same = not re.fullmatch("(?:[a-z]{3})+", one) and len(other) == 3
        same &= old.parts[1:] == new.parts[1:]
    filled = all(was in (" ", now) for was, now in zip(old.marks, new.marks, strict=True))
    return same and (old.marks == new.marks or (blank and filled and bool(FILLED.match(old.tag))))


def compare(old_fields: list[Field], new_fields: list[Field]) -> list[str]:
    """Return what did not survive, or came from nowhere."""
    before = [one for one in map(said, old_fields) if not one.empty]
    after = [said(field) for field in new_fields]
    blank = any(one.tag == "245" and one.marks[:1] == " " for one in before)
    wrong = []
    for tag in dict.fromkeys(one.tag for one in [*before, *after]):
        olds = [one for one in before if one.tag == tag]
        news = [one for one in after if one.tag == tag]
        if not olds and tag in ADDED:
            continue
        if len(olds) != len(news):
            wrong.append(f"{tag}: {len(olds)} became {len(news)}")
            continue
        for old, new in zip(olds, news, strict=True):
            if old != new and not is_put_in_order(old, new, blank=blank):
                wrong.append(f"{old} became {new}")
    return wrong


@contextlib.contextmanager
def moved(source: Path, folder: Path) -> Iterator[tuple[ImportReport, Desk, Path]]:
    """Move a file into a new library and out of it again."""
    shutil.rmtree(folder, ignore_errors=True)
    with create_library(folder, NewLibrary("Lain", "Cabang")) as library:
        desk = open_desk(library)
        report = run(desk, [source])
        out = export(desk, folder / "out.mrc", ExportFormat.MARC)
        assert out.refused == []
        yield report, desk, out.files[0]


def read(path: Path) -> list[Any]:
    with path.open("rb") as stream:
        found = list(MARCReader(stream, to_unicode=True, hide_utf8_warnings=True))
    assert all(found), path
    return found


def catalogues(shared_data: Path) -> Iterator[Path]:
    """Yield every file that holds records, by its content."""
    folders = (shared_data / "nasty", shared_data / "slims")
    files = (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
    for path in [*files, shared_data / "lc-books" / "lc-indonesia.mrc"]:
        wanted = path.suffix not in NO_CATALOGUES
        if wanted and detect(path) in (Format.MARC, Format.MARCXML):
            yield path


def test_every_field_of_every_record_survives(shared_data: Path, tmp_path: Path) -> None:
    seen = Counter[str]()
    for path in catalogues(shared_data):
        with moved(path, tmp_path / "library") as (_, desk, out):
            kept = desk.library.rows("select marc from title order by rid")
            exported = read(out)
            assert len(kept) == len(exported)
            for (marc,), new in zip(kept, exported, strict=True):
                old = parse(bytes(marc))[0]
                assert old is not None
                assert compare(old.fields, new.fields) == [], path
                seen[path.parent.name] += 1
    assert seen["lc-books"] == 2050 and seen["slims"] == 1000 and sum(seen.values()) > 3150


@pytest.fixture(scope="module")
def big(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with some records out of the big one, here and there."""
    path = tmp_path_factory.mktemp("big") / "some.mrc"
    return cut(shared_data, path, most=20 * PIECES_OF_THE_BIG_FILE, every=20)


def cut(shared_data: Path, path: Path, *, most: int, every: int) -> Path:
    """Write one of so many records of the big file."""
    packed = shared_data / "lc-books" / "BooksAll.2016.part01.utf8.mrc.xz"
    with cast(BinaryIO, lzma.open(packed)) as stream, path.open("wb") as out:
        out.writelines(piece.data for piece in islice(pieces(stream), 0, most, every))
    return path


@pytest.mark.parametrize(
    "which", ["big", "lc-books/lc-indonesia.mrc", "slims/slims_marc_export_500.mrc"]
)
def test_pymarc_finds_the_same_in_the_file_that_came_and_the_one_that_went(
    which: str, big: Path, shared_data: Path, tmp_path: Path
) -> None:
    source = big if which == "big" else shared_data / which
    with moved(source, tmp_path / "library") as (report, _, out):
        before, after = read(source), read(out)
        assert len(before) == len(after) == report.added["titles"] > 200
        for old, new in zip(before, after, strict=True):
            assert compare(old.fields, new.fields) == []


@pytest.mark.slow
@pytest.mark.timeout(7200)
def test_every_tenth_record_of_the_big_file_survives(shared_data: Path, tmp_path: Path) -> None:
    source = cut(shared_data, tmp_path / "tenth.mrc", most=250_000, every=10)
    with moved(source, tmp_path / "library") as (report, _, out):
        before, after = read(source), read(out)
        assert len(before) == len(after) == report.added["titles"] > 24_000
        for old, new in zip(before, after, strict=True):
            assert compare(old.fields, new.fields) == []


@pytest.mark.parametrize("which", ["big", "lc-books/lc-indonesia.mrc", "nasty/pymarc/marc.dat"])
def test_yaz_finds_the_same_in_the_file_that_came_and_the_one_that_went(
    which: str, big: Path, shared_data: Path, tmp_path: Path
) -> None:
    if shutil.which("yaz-marcdump") is None:
        pytest.skip("the program yaz-marcdump is not installed (package yaz)")
    source = big if which == "big" else shared_data / which
    with moved(source, tmp_path / "library") as (_, _, out):
        before, after = dumped(source), dumped(out)
        assert len(before) == len(after) > 10
        for old, new in zip(before, after, strict=True):
            assert not old - new
            assert {line[:3] for line in new - old} <= ADDED


def dumped(path: Path) -> list[Counter[str]]:
    """Return the lines of each record as yaz-marcdump prints them in UTF-8."""
    leader = path.read_bytes()[:24]
    encoding = "utf-8" if leader[9:10] == b"a" else "marc-8"
    done = subprocess.run(
        ["yaz-marcdump", "-f", encoding, "-t", "utf-8", "-o", "line", str(path)],
        check=True,
        capture_output=True,
    )
    text = unicodedata.normalize("NFC", done.stdout.decode())
    records = [part.splitlines()[1:] for part in text.strip().split("\n\n")]
    return [Counter(line for line in lines if line[6:].strip()) for lines in records]


def test_a_copy_that_did_not_change_keeps_its_field_to_the_letter(tmp_path: Path) -> None:
    source = tmp_path / "in.mrc"
    place = b"  \x1faCT\x1fbSELATAN\x1fcRak 7\x1fhE SEU\x1fp2200001741\x1fzcatatan"
    other = b"  \x1faCT\x1fcRak 8\x1fp2200001742\x1fzlain"
    fields = [pair for pair in SAMPLE if pair[0] != "852"]
    source.write_bytes(record([*fields, ("852", place), ("852", other), ("990", b"  \x1faI-9")]))
    with moved(source, tmp_path / "library") as (_, desk, out):
        (one,) = read(out)
        kept = [str(field) for field in one.get_fields("852", "990")]
        assert "=852  \\\\$aCT$bSELATAN$cRak 7$hE SEU$p2200001741$zcatatan" in kept
        assert "=852  \\\\$aCT$cRak 8$p2200001742$zlain" in kept
        assert "=990  \\\\$aI-9" in kept
        copy = desk.library.value("select id from copy where barcode = '2200001742'")
        action = desk.action("edit_copy")
        action.set("copy", UUID(bytes=bytes(copy)), {"location": "Rak 9"})
        desk.commit(action)
        (one,) = read(export(desk, tmp_path / "again.mrc", ExportFormat.MARC).files[0])
        kept = [str(field) for field in one.get_fields("852")]
        assert any("$cRak 9" in text and "$p2200001742" in text for text in kept)
        assert not any("$cRak 8" in text for text in kept)
        assert "=852  \\\\$aCT$bSELATAN$cRak 7$hE SEU$p2200001741$zcatatan" in kept


# -- every file moves in ----------------------------------------------------------------------


def test_every_catalogue_moves_in_with_at_least_what_others_read(
    desk: Desk, shared_data: Path
) -> None:
    """No reader of PEERS.csv gets more records out of a file than we take or report."""
    with (shared_data / "nasty" / "PEERS.csv").open(newline="") as table:
        rows = [row for row in csv.DictReader(table) if (shared_data / row["file"]).is_file()]
    assert len(rows) > 60
    for row in rows:
        report = run(desk, [shared_data / row["file"]])
        assert report.read >= int(row["0x1D_count"]), row["file"]
        taken = report.added["titles"] + report.duplicates + report.merged
        assert report.read == taken + report.updated["titles"] + report.refused_rows, row["file"]
