"""What a SLiMS dump tells besides books: visits, fines, reservations, covers and photos."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from helpers.library import SmallLibrary, living
from perpusdesk.exchange.open_files import Format, detect
from perpusdesk.exchange.sheet_write import INLIS_HEADER
from perpusdesk.services.cataloguing.title_cover import cover_of
from perpusdesk.services.circulation.hold_lists import holds_of_title
from perpusdesk.services.circulation.holds import cancel_hold
from perpusdesk.services.circulation.money import balance
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.services.transfer.import_run import plan, run
from perpusdesk.services.transfer.import_undo import UndoneRun, undo_run
from perpusdesk.storage.check import check
from perpusdesk.storage.queries.member_records import photo_of

DUMP = """
INSERT INTO `biblio` (`biblio_id`,`title`,`notes`,`image`,`call_number`) VALUES
(1,'Peta Hujan','Tentang hujan.','peta.png','551 PET'),
(2,'Tanpa Sampul',NULL,'hilang.png',NULL),(3,'Rusak',NULL,'rusak.jpg',NULL);
INSERT INTO `mst_supplier` (`supplier_id`,`supplier_name`) VALUES (7,'Toko Andai');
INSERT INTO `item` (`item_id`,`biblio_id`,`item_code`,`supplier_id`,`call_number`) VALUES
(1,1,'S1',7,'551 PET'),(2,1,'S2',NULL,'R 551 PET');
INSERT INTO `member` (`member_id`,`member_name`,`gender`,`member_image`) VALUES
('M1','Siti Andai',0,'siti.png'),('M2','Budi Andai',1,'../../etc/passwd');
INSERT INTO `visitor_count` (`visitor_id`,`member_id`,`member_name`,`institution`,`checkin_date`)
VALUES (1,'M1','Siti Andai','','2026-01-05 08:00:00'),
(2,NULL,'Tamu Satu','SMA Contoh','2026-01-05 08:01:00'),
(3,NULL,'Tamu Dua','SMA Contoh','2026-01-05 08:01:00'),(4,'M1','Siti Andai','','0000-00-00');
INSERT INTO `fines` (`fines_id`,`fines_date`,`member_id`,`debet`,`credit`,`description`) VALUES
(1,'2026-01-14','M1',2000,0,'Denda 2 hari'),(2,'2026-01-15','M1',0,500,'Bayar'),
(3,'2026-01-15','M9',1000,0,'Siapa'),(4,'2026-01-15','M1',0,0,'Nol'),
(5,'2026-01-15','M2',99999999999999999999,0,'Mustahil');
INSERT INTO `reserve` (`reserve_id`,`member_id`,`biblio_id`,`item_code`,`reserve_date`) VALUES
(1,'M2',1,'S1','2026-10-20 10:00:00'),(2,'M2',1,'X9','2026-10-20 10:00:00');
"""


@pytest.fixture
def desk(head: Desk) -> Desk:
    """The desk of somebody who may import."""
    return head


def picture(width: int = 900, height: int = 1200) -> bytes:
    out = io.BytesIO()
    Image.effect_noise((width, height), 60).convert("RGB").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def slims(tmp_path: Path) -> Path:
    path = tmp_path / "cadangan" / "slims.sql"
    docs, persons = (tmp_path / "cadangan" / "images" / name for name in ("docs", "persons"))
    docs.mkdir(parents=True)
    persons.mkdir()
    path.write_text(DUMP, "utf-8")
    (docs / "peta.png").write_bytes(picture())
    (docs / "rusak.jpg").write_bytes(b"\xff\xd8\xff rubbish")
    (persons / "siti.png").write_bytes(picture())
    return path


def facts(report: ImportReport) -> tuple[dict[str, int], dict[str, int], int, list[str]]:
    codes = sorted(row.code for row in report.refused)
    return dict(report.added), dict(report.notes), report.duplicates, codes


def test_all_of_it_comes_in_and_a_dry_run_said_so(desk: Desk, slims: Path) -> None:
    told = plan(desk, [slims])
    done = run(desk, [slims])
    assert facts(told) == facts(done)
    added, notes, _, refused = facts(done)
    assert added == {
        **{"titles": 3, "copies": 2, "members": 2, "visits": 3, "money": 2, "holds": 1},
        **{"covers": 1, "photos": 1},
    }
    assert notes == {"picture_lost": 1}
    assert refused == sorted(
        ["date_missing", "member_unknown", "amount_missing", "amount_missing", "copy_unknown"]
    )
    assert done.library["visits"] == 3 and done.library["covers"] == 1
    assert check(desk.library) == []


def test_what_came_in_is_what_the_library_goes_by(desk: Desk, slims: Path) -> None:
    run(desk, [slims])
    library = desk.library
    siti = UUID(bytes=library.value("select id from member where card = 'M1'"))
    peta, abstract = library.row("select id, abstract from title where title = 'Peta Hujan'") or ()
    assert abstract == "Tentang hujan."
    assert balance(desk, siti) == 1500
    (hold,) = holds_of_title(desk, UUID(bytes=peta))
    assert (hold.card, hold.state, hold.pickup) == ("M2", "waiting", desk.branch)
    cover, photo = cover_of(desk, UUID(bytes=peta)), photo_of(library, siti)
    assert cover and len(cover) <= 25_000 and photo and len(photo) <= 60_000
    assert library.value("select photo_consent from member where card = 'M1'") is None
    assert library.rows(
        "select barcode, supplier, call_number from copy where barcode like 'S%'"
    ) == [
        ("S1", "Toko Andai", None),
        ("S2", None, "R 551 PET"),
    ]
    assert library.rows("select institution, people from visit where member is null") == [
        ("SMA Contoh", 1),
        ("SMA Contoh", 1),
    ]


def test_the_same_dump_twice_changes_nothing_even_after_the_desk_went_on(
    desk: Desk, slims: Path
) -> None:
    run(desk, [slims])
    peta = UUID(bytes=desk.library.value("select id from title where title = 'Peta Hujan'"))
    (hold,) = holds_of_title(desk, peta)
    cancel_hold(desk, hold.hold)
    before = living(desk.library)
    again = run(desk, [slims])
    assert living(desk.library) == before and dict(again.added) == {}


def test_all_of_it_is_taken_back_and_may_come_in_anew(desk: Desk, slims: Path) -> None:
    before = living(desk.library)
    first = run(desk, [slims])
    assert first.run is not None
    undone = undo_run(desk, first.run)
    assert isinstance(undone, UndoneRun) and not undone.kept
    assert living(desk.library) == before
    assert undone.removed["visits"] == 3 and undone.removed["holds"] == 1
    again = run(desk, [slims])
    assert dict(again.added) == dict(first.added)
    assert again.library == first.library
    assert check(desk.library) == []


# -- photos of members ------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [True, False])
def test_photos_named_by_card_number(
    desk: Desk, small: SmallLibrary, tmp_path: Path, packed: bool
) -> None:
    names = {"A0001.png": picture(), "a0002.jpg": picture(60, 80), "ZZZ.png": picture(8, 8)}
    names["C0001.jpg"] = b"no picture at all"
    source = tmp_path / ("foto.zip" if packed else "foto")
    if packed:
        with zipfile.ZipFile(source, "w") as archive:
            for name, data in names.items():
                archive.writestr(f"siswa/{name}", data)
    else:
        source.mkdir()
        for name, data in names.items():
            (source / name).write_bytes(data)
    assert detect(source) is Format.PHOTOS
    done = run(desk, [source])
    assert dict(done.added) == {"photos": 2}
    assert dict(done.notes) == {"picture_lost": 1}
    assert [row.code for row in done.refused] == ["member_unknown"]
    for card in ("A0001", "A0002"):
        assert photo_of(desk.library, small.members[card])
    assert run(desk, [source]).duplicates == 2
    assert done.run is not None
    undone = undo_run(desk, done.run)
    assert isinstance(undone, UndoneRun) and undone.removed == {"photos": 2}


def test_a_list_of_members_brings_its_photos_after_them(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "foto").mkdir()
    (tmp_path / "foto" / "wati.png").write_bytes(picture(30, 40))
    people = tmp_path / "anggota.csv"
    people.write_text(
        "No Anggota,Nama,Foto,Persetujuan Foto\n"
        "K1,Wati Andai,wati.png,2026-01-31\nK2,Toni Andai,,\n"
    )
    pictures = tmp_path / "lain.zip"
    with zipfile.ZipFile(pictures, "w") as archive:
        archive.writestr("K2.jpg", picture(30, 40))
    done = run(desk, [pictures, people])
    assert dict(done.added) == {"members": 2, "photos": 2}
    consents = desk.library.rows(
        "select card, photo_consent from member where card like 'K%' order by card"
    )
    assert consents == [("K1", "2026-01-31"), ("K2", None)]


# -- serials of INLISLite ----------------------------------------------------------------------


def test_inlislite_serials_bring_their_issues(desk: Desk, tmp_path: Path) -> None:
    names = ("JUDUL UTAMA", "NO. BARCODE", "ABSTRAK", "ISSN", "NO.  RFID", "NAMA SUMBER")
    names += ("EDISI SERIAL", "TGL TERBIT EDISI SERIAL", "BAHAN SERTAAN (SERIAL)")
    names += ("KETERANGAN LAIN (SERIAL)",)
    assert set(names) <= set(INLIS_HEADER)
    path = tmp_path / "serial.csv"
    path.write_text(
        ";".join(names)
        + "\nMajalah Andai;I1;Berkala;0216-9061;E1;Toko Andai;Vol. 3 No. 2;01-02-2026;CD;"
        + "Sampul sobek\nMajalah Andai;I2;;;;;Vol. 3 No. 2;01-02-2026;;\n"
        + "Majalah Andai;I3;;;;;Vol. 3 No. 3;;;\n"
    )
    done = run(desk, [path])
    assert done.added["copies"] == 3
    rows = desk.library.rows(
        "select c.barcode, c.volume, i.number, i.date, c.note, c.rfid, c.supplier from copy c"
        " join issue i on i.id = c.issue where c.barcode like 'I_' order by c.barcode"
    )
    assert rows == [
        (
            "I1",
            "Vol. 3 No. 2",
            "Vol. 3 No. 2",
            "2026-02-01",
            "CD; Sampul sobek",
            "E1",
            "Toko Andai",
        ),
        ("I2", "Vol. 3 No. 2", "Vol. 3 No. 2", "2026-02-01", None, None, None),
        ("I3", "Vol. 3 No. 3", "Vol. 3 No. 3", None, None, None, None),
    ]
    assert desk.library.value("select count(*) from issue where deleted = 0") == 2
    title = desk.library.row("select abstract, issn from title where title = 'Majalah Andai'")
    assert title == ("Berkala", "0216-9061")
    assert run(desk, [path]).added == {}
    before = desk.library.value("select count(*) from issue where deleted = 0")
    assert done.run is not None and isinstance(undo_run(desk, done.run), UndoneRun)
    assert before == 2 and desk.library.value("select count(*) from issue where deleted = 0") == 0


def test_what_came_in_again_after_it_was_taken_back_goes_again(desk: Desk, tmp_path: Path) -> None:
    before = living(desk.library)
    folder = tmp_path / "foto"
    folder.mkdir()
    for _ in range(3):
        (folder / "A0001.png").write_bytes(picture(30, 40))
        done = run(desk, [folder])
        assert dict(done.added) == {"photos": 1} and done.run is not None
        assert isinstance(undo_run(desk, done.run), UndoneRun)
        assert living(desk.library) == before
