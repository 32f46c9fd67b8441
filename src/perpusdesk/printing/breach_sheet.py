"""The sheet of a breach in the form of article 46, and the letter to the persons concerned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from perpusdesk.common.formats import clock_time, long_date, number
from perpusdesk.printing.document import Block, Document, Facts, Grid, Heading, Paragraph
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.table import Column


@dataclass(frozen=True, slots=True)
class BreachSheet:
    """Everything on the sheet; the tables are rows of texts, as the logs tell them.

    ``devices``: name, place, state, last exchange. ``looks``: who, looks, members;
    ``elsewhere``: names of the devices that keep looks of their own.
    """

    head: Letterhead
    place: str
    made: datetime
    noticed: datetime
    due: datetime
    happened: date | None
    what: str
    people: int
    how: str
    handling: str
    told: datetime | None
    note: str
    members: int
    devices: tuple[tuple[str, ...], ...]
    exchanges: tuple[tuple[str, ...], ...]
    looks: tuple[tuple[str, ...], ...]
    elsewhere: tuple[str, ...]
    staff: tuple[str, ...]
    contact: str
    signatures: tuple[Signature, ...] = ()


def breach_document(sheet: BreachSheet) -> Document:
    """Return the notice to the authority, with what the logs tell as its annex."""
    blocks: list[Block] = [
        Paragraph(
            "Pemberitahuan tertulis menurut Pasal 46 Undang-Undang Nomor 27 Tahun 2022 tentang"
            " Pelindungan Data Pribadi, disampaikan kepada Subjek Data Pribadi dan lembaga."
        ),
        Facts(
            (
                ("Diketahui", moment_words(sheet.noticed)),
                ("Batas pemberitahuan", f"{moment_words(sheet.due)} (3 x 24 jam)"),
                ("Diberitahukan", moment_words(sheet.told) if sheet.told else "belum"),
            )
        ),
        Heading("1. Data Pribadi yang terungkap"),
        Paragraph(sheet.what or "(belum diisi)"),
        Facts((("Jumlah orang", number(sheet.people) if sheet.people else "belum diketahui"),)),
        Heading("2. Kapan dan bagaimana Data Pribadi terungkap"),
        Facts((("Terjadi", long_date(sheet.happened, "id") if sheet.happened else "-"),)),
        Paragraph(sheet.how or "(belum diisi)"),
        Heading("3. Upaya penanganan dan pemulihan"),
        Paragraph(sheet.handling or "(belum diisi)"),
    ]
    if sheet.note:
        blocks += [Heading("Catatan"), Paragraph(sheet.note)]
    if sheet.contact:
        blocks.append(Paragraph(f"Narahubung: {sheet.contact}."))
    return Document(
        head=sheet.head,
        title="PEMBERITAHUAN KEGAGALAN PELINDUNGAN DATA PRIBADI",
        blocks=tuple(blocks),
        dated=f"{sheet.place}, {long_date(sheet.made, 'id')}",
        foot=f"{sheet.head.library} · dibuat {moment_words(sheet.made)}",
        signatures=sheet.signatures,
        annex=tuple(_annex(sheet)),
    )


def letter_text(sheet: BreachSheet, name: str = "") -> str:
    """Return the notice to one person as plain text, to be sent or read out."""
    lines = [
        f"Yth. {name or 'Bapak/Ibu Anggota Perpustakaan'},",
        "",
        f"Pada {moment_words(sheet.noticed)} kami, {sheet.head.library}, mengetahui kegagalan"
        " pelindungan data pribadi yang dapat menyangkut data Anda.",
        "",
        f"Data yang terungkap: {sheet.what or '-'}",
        f"Kapan dan bagaimana: {_happened(sheet)}{sheet.how or '-'}",
        f"Yang kami lakukan: {sheet.handling or '-'}",
        "",
        "Waspadai pesan atau telepon yang mengaku dari perpustakaan dan meminta uang, PIN, atau"
        " kode. " + (f"Pertanyaan: {sheet.contact}." if sheet.contact else "Hubungi kami di meja."),
        "",
        "Pemberitahuan ini disampaikan menurut Pasal 46 Undang-Undang Nomor 27 Tahun 2022.",
    ]
    return "\n".join(lines) + "\n"


def moment_words(moment: datetime) -> str:
    """Return ``7 Desember 2026 pukul 14.05``."""
    return f"{long_date(moment, 'id')} pukul {clock_time(moment, 'id')}"


def _happened(sheet: BreachSheet) -> str:
    return f"{long_date(sheet.happened, 'id')}, " if sheet.happened else ""


def _annex(sheet: BreachSheet) -> list[Block]:
    return [
        Heading("Lampiran: yang diketahui dari catatan program"),
        Facts(
            (
                ("Anggota di basis data", number(sheet.members)),
                ("Petugas aktif", ", ".join(sheet.staff) or "-"),
            )
        ),
        Heading("Perangkat yang memuat data"),
        Grid(
            _columns(
                ("Perangkat", 56), ("Tempat", 42), ("Keadaan", 34), ("Pertukaran terakhir", 38)
            ),
            sheet.devices,
            "Hanya perangkat ini.",
        ),
        Heading("Pertukaran terakhir"),
        Grid(
            _columns(("Waktu", 46), ("Cara", 26), ("Dengan", 62), ("Hasil", 36)),
            sheet.exchanges,
            "Belum pernah bertukar data dengan perangkat lain.",
        ),
        Heading("Akses data anggota, 30 hari sebelum diketahui (perangkat ini)"),
        Grid(
            _columns(("Petugas", 90), ("Kali", 40), ("Anggota", 40)),
            sheet.looks,
            "Tidak ada yang tercatat.",
        ),
        *_elsewhere(sheet.elsewhere),
    ]


def _elsewhere(names: tuple[str, ...]) -> tuple[Paragraph, ...]:
    if not names:
        return ()
    said = (
        "Catatan akses disimpan di setiap perangkat dan belum termasuk yang di perangkat berikut:"
        f" {', '.join(names)}. Catatan itu diperiksa di perangkat yang bersangkutan."
    )
    return (Paragraph(said),)


def _columns(*columns: tuple[str, float]) -> tuple[Column, ...]:
    return tuple(Column(name, wide, lines=3) for name, wide in columns)
