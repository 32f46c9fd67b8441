"""Small files of every kind that can be moved in, and ways to change them at random."""

from __future__ import annotations

import gzip
import io
import lzma
import random
import zipfile
from typing import Final

import xlsxwriter
from marc_samples import record, titled
from PIL import Image

XML: Final = """<?xml version="1.0" encoding="UTF-8"?>
<collection xmlns="http://www.loc.gov/MARC21/slim"><record><leader>00000nam a2200000   4500</leader>
<controlfield tag="001">1</controlfield><datafield tag="245" ind1="1" ind2="0">
<subfield code="a">Satu &amp; satu</subfield></datafield></record>
<record><datafield tag="245" ind1=" " ind2=" "><subfield code="a">Dua</subfield></datafield>
<datafield tag="852"><subfield code="p">B77</subfield></datafield></record></collection>"""
SQL: Final = """CREATE TABLE `biblio` (\n `biblio_id` int,\n `title` text,\n `image` text\n);
INSERT INTO `biblio` VALUES (1,'a\\'b','x.jpg'),(2,'c''d',NULL);
INSERT INTO `item` (`item_id`,`biblio_id`,`item_code`,`price`) VALUES (1,1,'F1',5000),(2,9,'F2',0);
INSERT INTO `member` (`member_id`,`member_name`,`gender`) VALUES ('F-M','Siti Andai',0);
INSERT INTO `loan` (`loan_id`,`item_code`,`member_id`,`loan_date`,`due_date`,`renewed`,`is_return`)
VALUES (1,'F1','F-M','2026-01-05','2026-01-12',1,0);
INSERT INTO `fines` (`fines_id`,`fines_date`,`member_id`,`debet`,`credit`)
VALUES (1,'2026-01-14','F-M',9,1);
INSERT INTO `visitor_count` (`visitor_id`,`member_id`,`member_name`,`checkin_date`)
VALUES (1,'F-M','x','2026-01-05 08:00:00');
INSERT INTO `reserve` (`reserve_id`,`member_id`,`biblio_id`,`item_code`,`reserve_date`)
VALUES (1,'F-M',1,'F1','2026-10-20 10:00:00');
"""
BOOKS: Final = (
    "Judul;Pengarang;ISBN;No Barcode;Jumlah;Harga;Tgl Pengadaan\n"
    'Satu;Andai, B;9786028519939;Z1;;Rp 5.000;01-02-2026\n"Dua; dan";<A><B>;9,78E+12;;3;;x\n'
)
PEOPLE: Final = (
    "No Anggota,Nama,Jenis Kelamin,Tanggal Lahir,No HP,Jenis Anggota,Foto\n"
    "Q1,Wati Andai,P,2001-02-03,0812,Umum,\n,Toni Andai,L,31/12/1999,,Guru,a.jpg\nQ3,,,,,,\n"
)
_ODS: Final = (
    '<?xml version="1.0"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Lembar">{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
TOKENS: Final[dict[str, tuple[bytes, ...]]] = {
    "mrc": (b"\x1d", b"\x1e", b"\x1f", b"\x1b$1", b"99999", b"00000", b"245", b"\xff"),
    "xml": (b"<record>", b"</record>", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"]]>", b"\0"),
    "sql": (b"'", b"\\'", b"''", b"(", b"),(", b");\n", b"NULL", b"INSERT INTO `item` VALUES ("),
    "csv": (b'"', b";", b",", b"\r\n", b"\0", b"\xff\xfe", b"9" * 400, b"-1", b"0000-00-00"),
    "zip": (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", b"../", b"\xff\xff\xff\xff"),
}


def seeds() -> dict[str, bytes]:
    """Return a file of each kind by its name."""
    marc = record() + titled("Kedua “é”") + record(encoding=b" ") + titled("Keempat")
    return {
        "a.mrc": marc,
        "b.mrc.xz": lzma.compress(marc),
        "c.mrc.gz": gzip.compress(marc, mtime=0),
        "d.xml": XML.encode(),
        "e.sql": SQL.encode(),
        "f.sql.gz": gzip.compress(SQL.encode(), mtime=0),
        "g.csv": BOOKS.encode(),
        "h.csv": PEOPLE.encode("cp1252"),
        "i.xlsx": _workbook(),
        "j.ods": _open_document(),
        "k.zip": _photos(),
    }


def changed(name: str, data: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes or marks changed, taken out, doubled or moved."""
    out = bytearray(data)
    tokens = TOKENS["zip" if name.endswith(("x", "s", "z", "p")) else name[-3:]]
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randrange(len(out) or 1), chance.randint(1, 30)
        kind = chance.random()
        if kind < 0.3:
            out[at : at + 1] = bytes([chance.randrange(256)])
        elif kind < 0.5:
            del out[at : at + size]
        elif kind < 0.6:
            out[at:at] = out[: chance.randint(0, 60)]
        elif kind < 0.65:
            del out[at:]
        else:
            put = chance.choice(tokens)
            out[at : at + chance.choice((0, len(put)))] = put
    return bytes(out) or b"x"


def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Judul", "ISBN", "Jumlah"])
        page.write_row(1, 0, ["Satu", 9786028519939, 2])
    return out.getvalue()


def _open_document() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = (("Judul", "Pengarang"), ("Satu", "Andai"))
    rows = "".join(
        f"<table:table-row>{''.join(map(cell.format, line))}</table:table-row>" for line in lines
    )
    return _packed({"content.xml": _ODS.format(rows=rows).encode()})


def _photos() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (20, 30), "red").save(picture, "PNG")
    return _packed({"A0001.png": picture.getvalue(), "ZZ.jpg": b"no picture"})


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if "content.xml" in files:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()
