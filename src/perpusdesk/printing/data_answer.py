"""The letter that answers a request about personal data: formal Indonesian."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from perpusdesk.common.formats import clock_time, long_date
from perpusdesk.printing.data_copy import words_of
from perpusdesk.printing.document import Block, Document, Facts, Paragraph
from perpusdesk.printing.official import Letterhead, Signature

_DONE: Final = {
    "access": "Salinan seluruh data pribadi Anda kami sampaikan bersama surat ini.",
    "correction": "Data pribadi Anda telah diperbaiki atau dilengkapi sesuai permintaan.",
    "withdrawal": "Persetujuan Anda telah ditarik dan pemrosesan yang berdasar padanya dihentikan.",
    "restriction": "Pemrosesan data pribadi Anda telah ditunda dan dibatasi: data hanya disimpan,"
    " tidak dipakai untuk pesan, daftar, atau berkas keluar. Pinjaman yang berjalan tetap"
    " diselesaikan.",
    "erasure": "Data pribadi Anda telah dihapus dari sistem perpustakaan di semua komputer; salinan"
    " cadangan menyusul pada pergantian berikutnya. Catatan tanpa nama tetap ada untuk statistik.",
    "objection": "Keberatan Anda telah kami pertimbangkan dan tindak lanjuti.",
}
_ARTICLE: Final = {
    "access": "Pasal 7 dan Pasal 32",
    "correction": "Pasal 6 dan Pasal 30",
    "withdrawal": "Pasal 9 dan Pasal 40",
    "restriction": "Pasal 11 dan Pasal 41",
    "erasure": "Pasal 8, Pasal 43, dan Pasal 45",
    "objection": "Pasal 10",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the letter says; ``kind`` and ``outcome`` are codes, ``note`` is added as written."""

    head: Letterhead
    place: str
    made: datetime
    name: str
    card: str
    kind: str
    received: datetime
    done: datetime | None
    outcome: str
    note: str
    contact: str
    signatures: tuple[Signature, ...] = ()


def answer_document(answer: Answer) -> Document:
    """Return the letter."""
    facts = (
        ("Nama", answer.name),
        ("Nomor anggota", answer.card or "-"),
        ("Jenis permintaan", words_of(answer.kind)),
        ("Diterima", _moment(answer.received)),
        ("Dijawab", _moment(answer.done) if answer.done else "-"),
        ("Hasil", words_of(answer.outcome) or "Sedang diproses"),
    )
    article = _ARTICLE.get(answer.kind, "Pasal 5 sampai dengan Pasal 13")
    blocks: list[Block] = [
        Paragraph(
            f"Yth. {answer.name},\nMenjawab permintaan Anda sebagai Subjek Data Pribadi menurut"
            f" {article} Undang-Undang Nomor 27 Tahun 2022 tentang Pelindungan Data Pribadi, dengan"
            " ini kami sampaikan:"
        ),
        Facts(facts),
        Paragraph(_statement(answer)),
    ]
    if answer.note:
        blocks.append(Paragraph(f"Keterangan: {answer.note}"))
    contact = f" melalui {answer.contact}" if answer.contact else " di meja layanan"
    blocks.append(Paragraph(f"Bila ada pertanyaan, Anda dapat menghubungi kami{contact}."))
    return Document(
        head=answer.head,
        title="JAWABAN ATAS PERMINTAAN DATA PRIBADI",
        blocks=tuple(blocks),
        dated=f"{answer.place}, {long_date(answer.made, 'id')}",
        foot=answer.head.library,
        signatures=answer.signatures,
    )


def _statement(answer: Answer) -> str:
    if answer.outcome == "refused":
        return (
            "Permintaan tersebut tidak dapat kami penuhi dengan alasan yang tertulis di bawah ini"
            " (Pasal 15, Pasal 33, dan Pasal 41 ayat (2))."
        )
    if answer.outcome == "partly":
        return "Permintaan tersebut kami penuhi sebagian, dengan keterangan di bawah ini."
    if answer.outcome == "done":
        return _DONE.get(answer.kind, "Permintaan tersebut telah kami penuhi.")
    return "Permintaan tersebut sedang kami proses dan dijawab paling lambat 3 x 24 jam."


def _moment(moment: datetime) -> str:
    return f"{long_date(moment, 'id')} pukul {clock_time(moment, 'id')}"
