"""Tables that other programs take: plain lists, SLiMS' CSV files, INLISLite's two sheets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Final

import xlsxwriter

from perpusdesk.exchange.export_rows import ExportCopy, ExportMember, ExportTitle, parts
from perpusdesk.exchange.material_words import gmd_of, worksheet_of
from perpusdesk.exchange.plain_text import LANGUAGE_NAMES

TITLE_HEADER: Final = [
    "Judul",
    "Anak Judul",
    "Pengarang",
    "Pengarang Tambahan",
    "Penanggung Jawab",
    "Edisi",
    "Kota Terbit",
    "Penerbit",
    "Tahun Terbit",
    "Deskripsi Fisik",
    "Seri",
    "ISBN",
    "Klasifikasi",
    "Nomor Panggil",
    "Bahasa",
    "Subjek",
    "No. Barcode",
    "No. Induk",
    "Kategori",
    "Rak",
    "Harga",
    "Sumber",
    "Tanggal Terima",
    "Kondisi",
    "Akses",
    "Jenis Bahan",
]
MEMBER_HEADER: Final = [
    "No. Anggota",
    "Nama",
    "Jenis Anggota",
    "Jenis Kelamin",
    "Tanggal Lahir",
    "No. HP",
    "Email",
    "Alamat",
    "Institusi",
    "Tanggal Pendaftaran",
    "Berlaku Sampai",
    "Nama Wali",
    "Hubungan Wali",
    "HP Wali",
    "Catatan",
]
INLIS_GROUPS: Final = {0: "DATA EKSEMPLAR", 16: "DATA BIBLIOGRAFIS", 38: "DATA TERBITAN BERKALA"}
INLIS_HEADER: Final = [
    "NO",
    "TGL PENGADAAN",
    "NO. INDUK",
    "NO. BARCODE",
    "NO.  RFID",
    "JENIS SUMBER",
    "NAMA SUMBER",
    "MATA UANG",
    "HARGA",
    "KODE LOKASI PERPUSTAKAAN",
    "KODE LOKASI RUANG",
    "AKSES",
    "KATEGORI",
    "MEDIA",
    "KETERSEDIAAN",
    "NOMOR PANGGIL EKSEMPLAR",
    "JENIS BAHAN",
    "JUDUL UTAMA",
    "ANAK JUDUL",
    "PERNYATAAN TANGGUNGJAWAB",
    "TAJUK PENGARANG",
    "TAJUK PENGARANG BADAN KOOPERASI",
    "PENGARANG TAMBAHAN NAMA ORANG",
    "PENGARANG TAMBAHAN NAMA BADAN",
    "EDISI",
    "KOTA TERBIT",
    "PENERBIT",
    "TAHUN TERBIT",
    "JUMLAH HALAMAN",
    "DIMENSI",
    "ISBN",
    "ISSN",
    "ISMN",
    "NO DDC",
    "NOMOR PANGGIL KATALOG",
    "ABSTRAK",
    "BAHASA",
    "SUBJEK TOPIK",
    "EDISI SERIAL",
    "TGL TERBIT EDISI SERIAL",
    "BAHAN SERTAAN (SERIAL)",
    "KETERANGAN LAIN (SERIAL)",
]
INLIS_MEMBERS: Final = [
    "NO",
    "NO ANGGOTA",
    "NAMA",
    "TEMPAT LAHIR",
    "TANGGAL LAHIR",
    "ALAMAT SESUAI KTP",
    "KECAMATAN SESUAI KTP",
    "KELURAHAN SESUAI KTP",
    "RT SESUAI KTP",
    "RW SESUAI KTP",
    "PROPINSI SESUAI KTP",
    "KABUPATEN / KOTA SESUAI KTP",
    "ALAMAT TEMPAT TINGGAL SEKARANG",
    "KECAMATAN SEKARANG",
    "KELURAHAN SEKARANG",
    "RT SEKARANG",
    "RW SEKARANG",
    "PROPINSI SEKARANG",
    "KABUPATEN / KOTA SEKARANG",
    "NO. HP",
    "NO. TELP RUMAH",
    "JENIS IDENTITAS",
    "NO. IDENTITAS",
    "JENIS KELAMIN",
    "AGAMA",
    "PEKERJAAN",
    "IBU KANDUNG",
    "ALAMAT EMAIL",
    "JENIS ANGGOTA",
    "PENDIDIKAN TERAKHIR",
    "STATUS PERKAWINAN",
    "TANGGAL PENDAFTARAN",
    "TANGGAL AKHIR BERLAKU",
    "JENIS PERMOHONAN",
    "STATUS ANGGOTA",
    "NAMA INSTITUSI",
    "ALAMAT INSTITUSI",
    "NO TELP INSTITUSI",
    "NAMA (KEADAAN DARURAT)",
    "ALAMAT (KEADAAN DARURAT)",
    "NO TELP (KEADAAN DARURAT)",
    "STATUS HUBUNGAN (DARURAT)",
    "UNIT KERJA",
    "TAHUN AJARAN",
    "FAKULTAS",
    "JURUSAN",
    "PROGRAM STUDI",
    "KELAS SISWA",
    "PHOTO URL",
]
_SEX: Final = {"L": "Laki-laki", "P": "Perempuan"}
_ACCESS: Final = {"reading_room": "Baca di tempat"}
_STATE: Final = {"lost": "Hilang", "missing": "Hilang", "damaged": "Rusak"}

Cells = Sequence[str | int]


def title_rows(title: ExportTitle) -> list[Cells]:
    """Return one line per copy (one for a title without copies) under ``TITLE_HEADER``."""
    shared = (
        title.title,
        title.subtitle,
        title.heading,
        title.other_authors,
        title.responsibility,
        title.edition,
        title.place,
        title.publisher,
        title.year,
        title.extent,
        title.series,
        title.isbn,
        title.classification,
        title.call_number,
        title.language,
        title.subjects,
    )
    copies = title.copies or (ExportCopy(),)
    return [
        (
            *shared,
            copy.barcode,
            copy.inventory,
            copy.kind,
            copy.location,
            copy.price or "",
            copy.source,
            copy.received,
            _STATE.get(copy.condition, ""),
            _ACCESS.get(copy.access, ""),
            worksheet_of(title.material),
        )
        for copy in copies
    ]


def member_row(member: ExportMember) -> Cells:
    """Return a member's line under ``MEMBER_HEADER``."""
    return (
        member.card,
        member.name,
        member.category,
        member.sex,
        member.birth_date,
        member.phone,
        member.email,
        member.address,
        member.institution,
        member.registered,
        member.expires,
        member.guardian_name,
        member.guardian_relation,
        member.guardian_phone,
        member.note,
    )


# -- SLiMS --------------------------------------------------------------------------------------


def slims_title(title: ExportTitle) -> Cells:
    """Return a line of SLiMS' title file."""
    whole = f"{title.title} : {title.subtitle}" if title.subtitle else title.title
    return (
        whole,
        gmd_of(title.material),
        title.edition,
        title.isbn.split(" ")[0],
        title.publisher,
        title.year,
        title.extent,
        title.series,
        title.call_number,
        LANGUAGE_NAMES.get(title.language, title.language),
        title.place,
        title.classification,
        "",
        "",
        title.responsibility,
        _bracketed(title.names()),
        _bracketed(parts(title.subjects)),
        _bracketed([copy.barcode for copy in title.copies if copy.barcode]),
    )


def slims_items(title: ExportTitle) -> list[Cells]:
    """Return the lines of SLiMS' copy file."""
    whole = slims_title(title)[0]
    sources = {"Pembelian": "1", "Hibah": "2"}
    return [
        (
            copy.barcode,
            title.call_number,
            copy.kind,
            copy.inventory,
            copy.received,
            "",
            "",
            copy.location or copy.branch,
            "",
            {"lost": "Missing", "missing": "Missing", "damaged": "Repair"}.get(copy.condition)
            or ("No Loan" if copy.access == "reading_room" else ""),
            "",
            sources.get(copy.source, ""),
            "",
            copy.price or "",
            "Rupiah" if copy.price else "",
            "",
            "",
            "",
            whole,
        )
        for copy in title.copies
    ]


def slims_member(member: ExportMember) -> Cells:
    """Return a line of SLiMS' member file."""
    return (
        member.card,
        member.name,
        {"L": "1", "P": "0"}.get(member.sex, ""),
        member.category,
        member.email,
        member.address,
        "",
        member.institution,
        "",
        "",
        "",
        member.phone,
        "",
        member.registered,
        member.registered,
        member.expires,
        member.birth_date,
        member.note,
    )


def _bracketed(values: Iterable[str]) -> str:
    return "".join(f"<{value.replace('<', '').replace('>', '')}>" for value in values)


# -- INLISLite ----------------------------------------------------------------------------------


def inlis_rows(title: ExportTitle, first: int) -> list[Cells]:
    """Return the lines of INLISLite's collection sheet, numbered from ``first``."""
    pages, _, size = title.extent.partition(" ; ")
    copies = title.copies or (ExportCopy(),)
    return [
        (
            first + place,
            _day_first(copy.received),
            copy.inventory,
            copy.barcode,
            "",
            copy.source,
            "",
            "IDR" if copy.price else "",
            copy.price or "",
            copy.branch_code,
            copy.location,
            _ACCESS.get(copy.access, "Dapat dipinjam"),
            copy.kind,
            "Buku",
            _STATE.get(copy.condition, "Tersedia"),
            title.call_number,
            worksheet_of(title.material),
            title.title,
            title.subtitle,
            title.responsibility,
            "" if title.corporate else title.heading,
            title.heading if title.corporate else "",
            title.other_authors,
            "",
            title.edition,
            title.place,
            title.publisher,
            title.year,
            pages,
            size,
            "; ".join(title.isbn.split()),
            "",
            "",
            title.classification,
            title.call_number,
            "",
            title.language,
            title.subjects,
            "",
            "",
            "",
            "",
        )
        for place, copy in enumerate(copies)
    ]


def inlis_member(member: ExportMember, number: int) -> Cells:
    """Return a line of INLISLite's member sheet."""
    known: dict[str, str | int] = {
        "NO": number,
        "NO ANGGOTA": member.card,
        "NAMA": member.name,
        "TANGGAL LAHIR": _day_first(member.birth_date),
        "ALAMAT TEMPAT TINGGAL SEKARANG": member.address,
        "NO. HP": member.phone,
        "JENIS KELAMIN": _SEX.get(member.sex, ""),
        "ALAMAT EMAIL": member.email,
        "JENIS ANGGOTA": member.category,
        "TANGGAL PENDAFTARAN": _day_first(member.registered),
        "TANGGAL AKHIR BERLAKU": _day_first(member.expires),
        "NAMA INSTITUSI": member.institution,
        "NAMA (KEADAAN DARURAT)": member.guardian_name,
        "NO TELP (KEADAAN DARURAT)": member.guardian_phone,
        "STATUS HUBUNGAN (DARURAT)": member.guardian_relation,
    }
    return [known.get(name, "") for name in INLIS_MEMBERS]


def _day_first(day: str) -> str:
    return f"{date.fromisoformat(day):%d-%m-%Y}" if day else ""


# -- workbooks ----------------------------------------------------------------------------------


def write_sheet(path: Path, heads: Sequence[Cells], lines: Iterable[Cells]) -> int:
    """Write a workbook of one sheet; return how many lines went in. Memory stays bounded.

    Texts are written as texts: nothing in them is taken for a formula or a number.
    """
    count = 0
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Sheet1")
        bold = book.add_format({"bold": True})
        for number, head in enumerate(heads):
            for place, cell in enumerate(head):
                sheet.write_string(number, place, str(cell), bold)
        for count, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                if isinstance(cell, int):
                    sheet.write_number(len(heads) + count - 1, place, cell)
                elif cell:
                    sheet.write_string(len(heads) + count - 1, place, cell[:32767])
    return count
