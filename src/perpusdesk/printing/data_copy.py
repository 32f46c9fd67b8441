"""The copy of a person's own data as paper: in formal Indonesian, whatever the screens speak."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from perpusdesk.common.formats import clock_time, long_date
from perpusdesk.printing.document import Block, Document, Facts, Grid, Heading, Paragraph, Picture
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.table import Column

_TITLE: Final = "SALINAN DATA PRIBADI"
_PERSON: Final = {
    "name": "Nama",
    "card": "Nomor anggota",
    "category": "Jenis anggota",
    "branch": "Cabang",
    "registered": "Terdaftar sejak",
    "expires": "Berlaku sampai",
    "birth_date": "Tanggal lahir",
    "sex": "Jenis kelamin",
    "phone": "Telepon",
    "email": "Surel",
    "address": "Alamat",
    "institution": "Sekolah atau instansi",
    "guardian_name": "Orang tua atau wali",
    "guardian_relation": "Hubungan",
    "guardian_phone": "Telepon wali",
    "guardian_consent": "Persetujuan wali",
    "photo_consent": "Persetujuan foto",
    "note": "Catatan",
    "restricted": "Dibatasi sejak",
}
_WORDS: Final = {
    "L": "Laki-laki",
    "P": "Perempuan",
    "child": "Keanggotaan anak",
    "photo": "Foto",
    "whatsapp": "Pesan WhatsApp",
    "disability": "Kebutuhan khusus",
    "paper": "Formulir kertas",
    "scan": "Formulir dipindai",
    "spoken": "Lisan, dicatat petugas",
    "open": "Dipinjam",
    "returned": "Kembali",
    "lost": "Hilang",
    "voided": "Dibatalkan",
    "waiting": "Menunggu",
    "ready": "Siap diambil",
    "filled": "Dipinjamkan",
    "cancelled": "Dibatalkan",
    "expired": "Lewat waktu",
    "fine": "Denda",
    "payment": "Pembayaran",
    "waiver": "Dibebaskan",
    "replacement": "Penggantian",
    "charge": "Biaya",
    "refund": "Pengembalian",
    "manual": "Blokir petugas",
    "suspension": "Skors",
    "lost_item": "Buku hilang",
    "visit": "Layanan di meja",
    "record": "Rekaman dibuka petugas",
    "search": "Hasil pencarian dibuka",
    "print": "Dicetak",
    "export": "Dikeluarkan sebagai berkas",
    "copy": "Salinan data dibuat",
    "identity": "Nomor identitas dilihat",
    "access": "Akses dan salinan",
    "correction": "Perbaikan",
    "withdrawal": "Penarikan persetujuan",
    "restriction": "Pembatasan",
    "erasure": "Penghapusan",
    "objection": "Keberatan",
    "done": "Dipenuhi",
    "partly": "Dipenuhi sebagian",
    "refused": "Tidak dipenuhi",
    "public_service": "Pelayanan publik",
    "legal_duty": "Kewajiban hukum",
    "consent": "Persetujuan",
    "member": "",
    "block": "Blokir: ",
    "image": "Foto",
}


def words_of(value: object) -> str:
    """Return a value as a person reads it: codes by name, dates and times in words."""
    if value is None or value == "" or value is False:
        return ""
    if isinstance(value, datetime):
        return f"{long_date(value, 'id')} {clock_time(value, 'id')}"
    if isinstance(value, date):
        return long_date(value, "id")
    text = str(getattr(value, "value", value))
    return "ya" if value is True else _WORDS.get(text, text)


def data_copy_document(
    copy: Mapping[str, Any], head: Letterhead, place: str, signatures: tuple[Signature, ...]
) -> Document:
    """Return the paper of a copy as ``services.privacy.data_copy.gather`` made it."""
    made: datetime = copy["made"]
    person = copy["person"]
    blocks: list[Block] = [
        Paragraph(
            f"Berikut seluruh data pribadi {person['name']} yang ada pada {head.library} menurut"
            f" keadaan {long_date(made, 'id')} pukul {clock_time(made, 'id')}, diberikan kepada"
            " Subjek Data Pribadi menurut Pasal 7 Undang-Undang Nomor 27 Tahun 2022 tentang"
            " Pelindungan Data Pribadi."
        ),
        Heading("Identitas"),
        Facts(_known(person)),
    ]
    for row in copy["identity"]:
        blocks.append(Facts(((row["kind"], row["number"]),)))
    if copy["photo"]:
        blocks.append(Picture(base64.b64decode(copy["photo"])))
    for heading, columns, names, key, empty in _PARTS:
        rows = tuple(tuple(_cell(row, name) for name in names) for row in copy[key])
        blocks += [Heading(heading), Grid(columns, rows, empty)]
    blocks += _rights(copy)
    return Document(
        head=head,
        title=_TITLE,
        blocks=tuple(blocks),
        dated=f"{place}, {long_date(made, 'id')}",
        foot=f"{head.library} · Salinan data pribadi · rahasia, untuk yang bersangkutan",
        signatures=signatures,
    )


def _cell(row: Mapping[str, Any], name: str) -> str:
    """Return one cell; how a consent was given is told with the place of its proof."""
    said = words_of(row.get(name))
    if name == "form" and row.get("where"):
        return f"{said}, {row['where']}"
    if name == "given" and not said:
        return "tidak diberikan"
    return said


def _known(person: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, words_of(person[key])) for key, name in _PERSON.items() if person.get(key))


def _columns(*columns: tuple[str, float]) -> tuple[Column, ...]:
    return tuple(Column(name, wide, lines=6) for name, wide in columns)


_PARTS: Final[Sequence[tuple[str, tuple[Column, ...], tuple[str, ...], str, str]]] = (
    (
        "Persetujuan",
        _columns(("Tujuan", 36), ("Diberikan", 34), ("Bentuk", 40), ("Oleh", 30), ("Ditarik", 30)),
        ("purpose", "given", "form", "given_by", "withdrawn"),
        "consents",
        "Tidak ada persetujuan yang tercatat.",
    ),
    (
        "Peminjaman",
        _columns(
            ("Judul", 66), ("Dipinjam", 34), ("Jatuh tempo", 28), ("Keadaan", 20), ("Pada", 22)
        ),
        ("title", "lent_at", "due", "end", "returned_at"),
        "loans",
        "Tidak ada peminjaman yang masih terhubung dengan Anda.",
    ),
    (
        "Reservasi",
        _columns(("Judul", 80), ("Dipesan", 36), ("Diambil di", 30), ("Keadaan", 24)),
        ("title", "placed_at", "pickup_name", "state"),
        "holds",
        "Tidak ada reservasi.",
    ),
    (
        "Baca di tempat",
        _columns(("Waktu", 40), ("Judul", 90), ("Cabang", 40)),
        ("at", "title", "branch"),
        "read_on_site",
        "Tidak ada.",
    ),
    (
        "Kunjungan",
        _columns(("Waktu", 40), ("Keperluan", 40), ("Instansi", 50), ("Cabang", 40)),
        ("at", "purpose", "institution", "branch"),
        "visits",
        "Tidak ada.",
    ),
    (
        "Denda dan pembayaran (rupiah)",
        _columns(("Waktu", 38), ("Jenis", 28), ("Jumlah", 22), ("Keterangan", 60), ("Sisa", 22)),
        ("at", "kind", "amount", "note", "balance"),
        "money",
        "Tidak ada.",
    ),
    (
        "Blokir",
        _columns(("Jenis", 40), ("Alasan", 70), ("Sejak", 30), ("Sampai", 30)),
        ("kind", "reason", "since", "until"),
        "blocks",
        "Tidak ada.",
    ),
    (
        "Akses atas data Anda pada komputer ini",
        _columns(("Cara", 60), ("Kali", 18), ("Pertama", 46), ("Terakhir", 46)),
        ("how", "times", "first", "last"),
        "seen",
        "Tidak ada yang tercatat.",
    ),
    (
        "Permintaan Anda",
        _columns(("Jenis", 50), ("Diterima", 44), ("Dijawab", 44), ("Hasil", 32)),
        ("kind", "received", "done", "outcome"),
        "requests",
        "Tidak ada.",
    ),
    (
        "Tujuan dan dasar pemrosesan",
        _columns(("Data", 36), ("Tujuan", 62), ("Dasar", 28), ("Disimpan", 44)),
        ("name", "purpose", "basis", "kept"),
        "purposes",
        "",
    ),
)


def _rights(copy: Mapping[str, Any]) -> list[Block]:
    contact = copy["contact"]
    to = ", ".join(part for part in (contact["officer"], contact["contact"]) if part)
    whom = f" Hubungi: {to}." if to else " Sampaikan di meja layanan."
    changes = len(copy["changes"])
    return [
        Heading("Hak Anda"),
        Paragraph(
            "Anda berhak meminta perbaikan, menarik persetujuan, meminta pembatasan atau"
            " penghapusan, dan mengajukan keberatan; perpustakaan menjawab paling lambat 3 x 24 jam"
            f" sejak permintaan diterima.{whom}"
        ),
        Paragraph(
            f"Riwayat perubahan rekaman ({changes} perubahan) ada dalam berkas JSON yang"
            " menyertai salinan ini.",
            muted=True,
        ),
    ]
