"""The register of processing activities (article 31) on paper: a row for each group of data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from perpusdesk.common.formats import long_date
from perpusdesk.domain.data_protection import FieldGroup
from perpusdesk.printing.data_copy import words_of
from perpusdesk.printing.document import Document, Facts, Grid, Heading, Paragraph
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.table import Column

HEADINGS = (
    "Kegiatan dan data",
    "Subjek",
    "Tujuan",
    "Dasar",
    "Penerima",
    "Masa simpan",
)
_SUBJECTS = {
    "guardian": "Anggota anak dan walinya",
    "visitors": "Pengunjung bukan anggota",
    "messages": "Pengunjung yang menulis",
}
_WIDTHS = (42.0, 30.0, 60.0, 40.0, 37.0, 48.0)
MEASURES = (
    "Basis data, cadangan, dan pertukaran dienkripsi; akun dan hak per petugas; kunci otomatis;"
    " catatan akses dan riwayat perubahan; ekspor data anggota dengan hak, alasan, dan catatan;"
    " NIK disimpan terpisah dan tersamar; agama dan nama ibu kandung tidak dikumpulkan."
)


@dataclass(frozen=True, slots=True)
class ProcessingRegister:
    """Who processes, what, and by which rules."""

    head: Letterhead
    place: str
    made: date
    officer: str
    contact: str
    source: str
    groups: tuple[FieldGroup, ...]
    signatures: tuple[Signature, ...] = ()


def register_rows(groups: tuple[FieldGroup, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the rows, for paper and workbook alike."""
    return tuple(
        (
            group.name + (" (data spesifik)" if group.special else ""),
            _SUBJECTS.get(group.key, "Anggota perpustakaan"),
            group.purpose,
            f"{words_of(group.basis)}; {group.article}",
            group.receivers,
            group.kept,
        )
        for group in groups
    )


def register_document(data: ProcessingRegister) -> Document:
    """Return the register on A4 across."""
    columns = tuple(
        Column(name, wide, lines=6) for name, wide in zip(HEADINGS, _WIDTHS, strict=True)
    )
    return Document(
        head=data.head,
        title="REKAMAN KEGIATAN PEMROSESAN DATA PRIBADI",
        blocks=(
            Facts(
                (
                    ("Pengendali", data.head.library),
                    ("Penanggung jawab", data.officer or "-"),
                    ("Kontak", data.contact or data.head.contact or "-"),
                )
            ),
            Grid(columns, register_rows(data.groups)),
            Heading("Langkah pengamanan"),
            Paragraph(MEASURES),
            Paragraph(f"Dasar: {data.source}", muted=True),
        ),
        dated=f"{data.place}, {long_date(data.made, 'id')}",
        foot=f"{data.head.library} · Pasal 31 UU 27/2022",
        signatures=data.signatures,
        across=True,
    )
