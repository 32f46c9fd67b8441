"""Moving in: dry runs, counts, the same file twice, breaking off, and taking a whole run back."""

from __future__ import annotations

import gzip
import hashlib
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, living, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.exchange import reading_beside
from perpusdesk.exchange.open_files import Format
from perpusdesk.services.cataloguing.edit_copies import edit_copies
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.services.transfer.import_run import Wishes, plan, run
from perpusdesk.services.transfer.import_undo import UndoneRun, runs, undo_run
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.imports import counts

BOOKS = """Judul,Pengarang,ISBN,No. Barcode,Kategori
Perahu Batu,Andai Contoh,9786028519939,X001,Umum
Perahu Batu,Andai Contoh,9786028519939,X002,Umum
Tanpa Nama,,,,
,Siapa,,,
Kota Terapung,Rina Umpama,,X003,Dongeng
"""
MEMBERS = """No Anggota,Nama,Jenis Kelamin,Jenis Anggota,No HP
K1,Tuti Andai,P,Umum,0812-1111-2222
,Wawan Umpama,L,Guru,
K3,,L,Umum,
"""
DUMP = """
INSERT INTO `biblio` (`biblio_id`,`title`,`isbn_issn`) VALUES (1,'Peta Hujan','0306406152');
INSERT INTO `item` (`item_id`,`biblio_id`,`item_code`) VALUES (1,1,'S1'),(2,1,'S2'),(3,9,'S9');
INSERT INTO `member` (`member_id`,`member_name`,`gender`) VALUES ('M1','Siti Andai',0);
INSERT INTO `loan` (`loan_id`,`item_code`,`member_id`,`loan_date`,`due_date`,`renewed`,`is_lent`,
`is_return`,`return_date`) VALUES
(1,'S1','M1','2026-01-05','2026-01-12',1,1,1,'2026-01-14'),(2,'S2','M1','2026-10-30','2026-11-06',0,1,0,NULL),
(3,'S2','M1','2026-10-31','2026-11-07',0,1,0,NULL),(4,'S1','M7','2026-10-31','2026-11-07',0,1,0,NULL);
"""


@pytest.fixture
def desk(head: Desk) -> Desk:
    """The desk of somebody who may import."""
    return head


@pytest.fixture
def books(tmp_path: Path) -> Path:
    path = tmp_path / "buku.csv"
    path.write_text(BOOKS, "utf-8")
    return path


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "anggota.csv"
    path.write_text(MEMBERS, "utf-8")
    return path


@pytest.fixture
def slims(tmp_path: Path) -> Path:
    path = tmp_path / "slims.sql"
    path.write_text(DUMP, "utf-8")
    return path


def summary(report: ImportReport) -> tuple[dict[str, int], dict[str, int], int, int, int]:
    return (
        dict(report.added),
        dict(report.updated),
        report.duplicates,
        report.merged,
        report.refused_rows,
    )


def test_a_dry_run_tells_what_a_run_does_and_writes_nothing(
    desk: Desk, books: Path, people: Path, slims: Path
) -> None:
    before = desk.library.digest(), desk.library.value("select count(*) from op")
    told = plan(desk, [books, people, slims])
    assert (desk.library.digest(), desk.library.value("select count(*) from op")) == before
    assert told.run is None
    done = run(desk, [books, people, slims])
    assert summary(told) == summary(done)
    assert [(row.file, row.row, row.code) for row in told.refused] == [
        (row.file, row.row, row.code) for row in done.refused
    ]


def test_counts_are_those_of_the_database_and_every_refused_row_has_its_reason(
    desk: Desk, books: Path
) -> None:
    before = counts(desk.library)
    done = run(desk, [books])
    assert dict(done.added) == {"titles": 3, "copies": 3}
    assert done.merged == 1
    assert done.library == counts(desk.library)
    assert done.library["titles"] == before["titles"] + 3
    assert [(row.row, row.code) for row in done.refused] == [(5, "title_missing")]
    assert done.set_aside is not None
    assert "title_missing" in done.set_aside.read_text("utf-8-sig")


def test_the_same_file_twice_changes_nothing(
    desk: Desk, books: Path, people: Path, slims: Path
) -> None:
    run(desk, [books, people, slims])
    before = living(desk.library)
    again = run(desk, [books, people, slims])
    assert living(desk.library) == before
    assert dict(again.added) == {} and dict(again.updated) == {}


def test_what_is_there_is_filled_but_never_overwritten(
    desk: Desk, small: SmallLibrary, tmp_path: Path
) -> None:
    path = tmp_path / "item.csv"
    path.write_text(
        "item_code,inventory_code,coll_type_name,location_name,title\n"
        "B0001,99/ZZ,Umum,Rak 7,Bukan judulnya\n"
    )
    done = run(desk, [path])
    assert dict(done.updated) == {"copies": 1}
    row = desk.library.row("select inventory, location from copy where barcode = 'B0001'")
    assert row == ("00001/PD/H/2026", "Rak 7")


SLIMS_BIBLIO = """"title","gmd_name","edition","isbn_issn","authors","topics","item_code"
"Perahu Batu","Text","","","<Andai Contoh>","","<P1><P2><P3>"
"""
SLIMS_ITEM = """"item_code","coll_type_name","inventory_code","item_status_name","title"
"P1","Referensi","I1","Missing","Perahu Batu"
"P2","","I2","No Loan","Perahu Batu"
"P3","Umum","I3","","Perahu Batu"
"""


@pytest.mark.parametrize("apart", [False, True])
def test_a_file_of_copies_tells_kind_and_state_of_those_that_titles_brought(
    desk: Desk, tmp_path: Path, apart: bool
) -> None:
    titles, items = tmp_path / "biblio.csv", tmp_path / "item.csv"
    titles.write_text(SLIMS_BIBLIO, "utf-8")
    items.write_text(SLIMS_ITEM, "utf-8")
    for files in ([titles], [items]) if apart else ([titles, items],):
        said = plan(desk, files)
        done = run(desk, files)
        assert (said.added, said.updated) == (done.added, done.updated)
    rows = desk.library.rows(
        "select c.barcode, k.name, coalesce(c.\"condition\", 'good'), coalesce(c.access, 'loan')"
        " from copy c join collection_kind k on k.id = c.kind where c.barcode like 'P%' order by 1"
    )
    usual = next(iter(desk.kinds.values())).name
    assert [tuple(row) for row in rows] == [
        ("P1", "Referensi", "missing", "loan"),
        ("P2", usual, "good", "reading_room"),
        ("P3", "Umum", "good", "loan"),
    ]
    again = run(desk, [titles, items])
    assert not any(again.added.values()) and not any(again.updated.values())


def test_the_state_of_a_copy_that_people_had_in_hand_is_not_overwritten(
    desk: Desk, tmp_path: Path
) -> None:
    titles, items = tmp_path / "biblio.csv", tmp_path / "item.csv"
    titles.write_text(SLIMS_BIBLIO, "utf-8")
    items.write_text(SLIMS_ITEM, "utf-8")
    run(desk, [titles])
    (row,) = desk.library.rows("select id from copy where barcode = 'P1'")
    value_of(edit_copies(desk, [UUID(bytes=row[0])], {"location": "Rak 9"}))
    run(desk, [items])
    (row,) = desk.library.rows(
        "select location, inventory, \"condition\" from copy where barcode = 'P1'"
    )
    assert tuple(row) == ("Rak 9", "I1", None)


def test_past_and_open_loans_come_in_as_loans(desk: Desk, slims: Path) -> None:
    done = run(desk, [slims])
    assert dict(done.added) == {"titles": 1, "copies": 2, "members": 1, "loans": 2}
    assert sorted(row.code for row in done.refused) == [
        "copy_on_loan",
        "member_unknown",
        "title_unknown",
    ]
    found = desk.library.rows(
        'select c.barcode, l.due, l."end", l.days_late, l.renewals from loan l'
        " join copy c on c.id = l.copy order by c.barcode"
    )
    assert found == [("S1", "2026-01-12", 1, 2, 1), ("S2", "2026-11-06", 0, 0, 0)]


def test_members_without_a_number_get_one_and_are_known_again(desk: Desk, people: Path) -> None:
    run(desk, [people])
    card, category = desk.library.row(
        "select m.card, k.name from member m join member_category k on k.id = m.category"
        " where m.name = 'Wawan Umpama'"
    ) or ("", "")
    assert card and category == "Guru"
    assert run(desk, [people]).duplicates == 2


def test_a_card_number_of_somebody_else_mixes_nobody_up(desk: Desk, tmp_path: Path) -> None:
    first, second = tmp_path / "satu.csv", tmp_path / "dua.csv"
    header = "No Anggota,Nama,No HP\n"
    first.write_text(header + "K1,Tuti Andai,\nK1,Budi Umpama,0813-1\n", "utf-8")
    second.write_text(header + "K1,Rudi Contoh,0813-2\nK1,ANDAI TUTI,0812-3\n", "utf-8")
    for file, reasons in ((first, ["card_taken"]), (second, ["card_taken"])):
        said, done = plan(desk, [file]), run(desk, [file])
        assert [row.code for row in said.refused] == [row.code for row in done.refused] == reasons
    (row,) = desk.library.rows("select name, phone from member where card = 'K1'")
    assert tuple(row) == ("Tuti Andai", "0812-3")


def test_a_run_is_taken_back_whole(desk: Desk, books: Path, people: Path, slims: Path) -> None:
    before = living(desk.library)
    done = run(desk, [books, people, slims])
    assert living(desk.library) != before
    undone = undo_run(desk, _run_of(done))
    assert isinstance(undone, UndoneRun) and not undone.kept
    assert living(desk.library) == before
    assert check(desk.library) == []
    again = undo_run(desk, _run_of(done))
    assert isinstance(again, Refused) and again.reason is Reason.ALREADY_UNDONE
    assert [facts.undone is not None for facts in runs(desk)] == [True]
    assert dict(run(desk, [books]).added) == {"titles": 3, "copies": 3}


def test_filled_fields_are_emptied_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "item.csv"
    header = "item_code,inventory_code,coll_type_name,location_name,title"
    path.write_text(f"{header}\nB0001,,,Rak 7,x\n")
    before = living(desk.library)
    done = run(desk, [path])
    undone = undo_run(desk, _run_of(done))
    assert isinstance(undone, UndoneRun) and undone.restored == {"copies": 1}
    assert living(desk.library) == before


def test_runs_that_filled_each_other_are_taken_back_one_by_one(desk: Desk, tmp_path: Path) -> None:
    titles, items = tmp_path / "biblio.csv", tmp_path / "item.csv"
    titles.write_text(SLIMS_BIBLIO, "utf-8")
    items.write_text(SLIMS_ITEM, "utf-8")
    before = counts(desk.library)
    done = [run(desk, [titles]), run(desk, [items])]
    for report in reversed(done):
        assert report.run is not None
        undone = undo_run(desk, report.run)
        assert isinstance(undone, UndoneRun) and not any(undone.kept.values())
    assert counts(desk.library) == before


def test_what_was_used_since_stays(desk: Desk, small: SmallLibrary, books: Path) -> None:
    done = run(desk, [books])
    copy = UUID(bytes=desk.library.value("select id from copy where barcode = 'X003'"))
    value_of(lend(desk, small.members["A0001"], copy))
    undone = undo_run(desk, _run_of(done))
    assert isinstance(undone, UndoneRun)
    assert undone.kept == {"copies": 1, "titles": 1, "kinds": 1}
    left = "select barcode from copy where barcode like 'X%' and deleted = 0"
    assert desk.library.rows(left) == [("X003",)]


def test_stopping_leaves_what_is_in_and_the_run_can_be_finished(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "banyak.csv"
    lines = [f"Buku {number},Orang {number},Z{number:05}" for number in range(3000)]
    path.write_text("\n".join(["Judul,Pengarang,No Barcode", *lines]))
    stopped = run(desk, [path], stop=lambda: bool(stopped_after(desk)))
    assert stopped.stopped and 0 < stopped.library["copies"] - 20 < 3000
    finished = run(desk, [path])
    assert finished.library["copies"] == 3020
    assert finished.duplicates == stopped.library["copies"] - 20


def stopped_after(desk: Desk) -> int:
    return int(desk.library.value("select count(*) from copy where barcode like 'Z%'"))


def test_columns_that_people_named_are_remembered(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("Judul,Kolom X,Kolom Y\nSatu,Pustaka Andai,2001\n")
    said = Wishes(Format.CSV, {"Kolom X": "publisher", "Kolom Y": "year"})
    done = run(desk, [path], said)
    assert done.columns["aneh.csv"] == {"Judul": "title", "Kolom X": "publisher", "Kolom Y": "year"}
    path.write_text("Judul,Kolom X,Kolom Y\nDua,Pustaka Umpama,2002\n")
    run(desk, [path])
    assert desk.library.value("select publisher from title where title = 'Dua'") == "Pustaka Umpama"


def test_killed_in_the_middle_what_is_in_is_whole(small: SmallLibrary, tmp_path: Path) -> None:
    folder = small.library.folder
    small.library.close()
    path = tmp_path / "banyak.csv"
    lines = [f"Buku {number},Orang {number},Z{number:05}" for number in range(4000)]
    path.write_text("\n".join(["Judul,Pengarang,No Barcode", *lines]))
    program = (
        "import os, sys; from pathlib import Path\n"
        "from perpusdesk.storage.library import Library\n"
        "from perpusdesk.services.set_up import open_desk\n"
        "from perpusdesk.services.transfer import import_run\n"
        "desk = open_desk(Library.open(Path(sys.argv[1])))\n"
        "desk.staff = next(one.id for one in desk.people.values() if one.role == 'head')\n"
        "read = [0]\n"
        "def dies():\n"
        "    read[0] += 1\n"
        "    if read[0] == 25: os._exit(9)\n"
        "import_run.run(desk, [Path(sys.argv[2])], stop=dies)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(folder), str(path)], check=False, capture_output=True
    )
    assert killed.returncode == 9, killed.stderr
    with small.library.open(folder) as opened:
        desk = Desk(opened, small.branches["pusat"], small.staff["head"])
        assert check(opened) == []
        copies = counts(opened)["copies"] - 20
        assert 0 < copies < 4000
        (left,) = runs(desk)
        assert left.ended is None
        undone = undo_run(desk, left.run)
        assert isinstance(undone, UndoneRun) and undone.removed["copies"] == copies
        assert run(desk, [path]).library["copies"] == 4020


def test_a_real_slims_library_moves_in_and_out_again(desk: Desk, shared_data: Path) -> None:
    before = living(desk.library)
    done = run(desk, [shared_data / "slims" / "slims_dump_2k.sql.gz"])
    assert done.refused_rows == 0
    assert done.library["loans"] == 8031
    assert done.read == 11032
    undone = undo_run(desk, _run_of(done))
    assert isinstance(undone, UndoneRun) and not undone.kept
    assert living(desk.library) == before


def _run_of(report: ImportReport) -> UUID:
    assert report.run is not None
    return report.run


@pytest.mark.parametrize("who", ["desk", "volunteer"])
def test_who_may_not_import_is_refused_and_nothing_is_read(
    small: SmallLibrary, desk: Desk, books: Path, who: str
) -> None:
    done = run(desk, [books])
    other, before = small.desk(who), living(small.library)
    refused = run(other, [books, Path("there-is-none")])
    assert refused.refusal is not None and refused.refusal.reason is Reason.RIGHT_MISSING
    assert (refused.read, refused.run) == (0, None)
    undone = undo_run(other, _run_of(done))
    assert isinstance(undone, Refused) and undone.reason is Reason.RIGHT_MISSING
    assert living(small.library) == before


def test_in_a_library_without_staff_everybody_may(
    small: SmallLibrary, books: Path, tmp_path: Path
) -> None:
    assert run(Desk(small.library, small.branches["pusat"], None), [books]).refusal is not None
    with Library.create(tmp_path / "nobody") as library:
        nobody = Desk(library, small.branches["pusat"], None)
        assert run(nobody, [books]).added["titles"] == 3


@pytest.mark.parametrize("suffix", ["mrc.xz", "mrc.gz", "xml.xz", "sql.gz"])
def test_of_a_file_that_breaks_off_what_could_be_read_is_in(
    desk: Desk, tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"putus.{suffix}"
    packed = PACKED[suffix[-2:]](CONTENTS[suffix[:3]].encode())
    path.write_bytes(packed[: len(packed) // 2])
    after = tmp_path / "lagi.csv"
    after.write_text("Judul\nSesudahnya\n")
    done = run(desk, [path, after])
    (broken,) = done.broken
    assert (broken.file, broken.fault) == (path.name, Fault.DAMAGED)
    assert 500 < broken.rows < 4000 and done.added["titles"] > 500
    assert desk.library.value("select count(*) from title where title = 'Sesudahnya'") == 1
    assert [facts.ended is not None for facts in runs(desk)] == [True]
    path.write_bytes(packed)
    assert run(desk, [path]).library["titles"] == 4011
    assert check(desk.library) == []


def test_a_broken_file_of_which_nothing_can_be_read_is_a_fault(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "putus.mrc.xz"
    path.write_bytes(lzma.compress(b"x" * 100_000)[:40])
    before = living(desk.library)
    with pytest.raises(KnownError) as told:
        run(desk, [path])
    assert told.value.fault is Fault.DAMAGED
    assert living(desk.library) == before


def _made(number: int) -> str:
    return f"Judul {number} {hashlib.sha256(str(number).encode()).hexdigest()}"


def _marc(number: int) -> str:
    fields = f"10\x1fa{_made(number)}\x1e"
    size = 24 + 12 + 1 + len(fields) + 1
    return f"{size:05}nam a2200037 a 4500245{len(fields):04}00000\x1e{fields}\x1d"


PACKED: dict[str, Callable[[bytes], bytes]] = {"xz": lzma.compress, "gz": gzip.compress}
CONTENTS = {
    "mrc": "".join(map(_marc, range(4000))),
    "xml": "<collection>"
    + "".join(
        '<record><datafield tag="245" ind1="1" ind2="0">'
        f'<subfield code="a">{_made(number)}</subfield></datafield></record>'
        for number in range(4000)
    )
    + "</collection>",
    "sql": "INSERT INTO `biblio` (`biblio_id`,`title`) VALUES\n"
    + ",\n".join(f"({number},'{_made(number)}')" for number in range(4000))
    + ";\n",
}


def test_the_index_is_the_same_whoever_read_the_file(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_beside, "SMALLEST", 0)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    path = tmp_path / "banyak.mrc"
    path.write_text("".join(map(_marc, range(500))))
    run(desk, [path])
    kept = desk.library.rows("select * from title_vocabulary order by word")
    words = "select rowid from title_words where title_words match 'judul 7*' order by rowid"
    found = desk.library.rows(words)
    desk.library.rebuild_search()
    assert desk.library.rows("select * from title_vocabulary order by word") == kept
    assert desk.library.rows(words) == found and len(found) >= 11
