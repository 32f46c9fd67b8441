"""The official papers of what visitors say: the register, the action plan, the desiderata."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from perpusdesk.common.formats import long_date
from perpusdesk.printing.document import Block, Document, Facts, Grid
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.table import Column


@dataclass(frozen=True, slots=True)
class Frame:
    """What all of these papers have: who writes, where and when, who signs, of which time."""

    head: Letterhead
    place: str
    made: date
    period: str = ""
    signatures: tuple[Signature, ...] = ()


Rows = Sequence[Sequence[str]]

_REGISTER = (
    Column("No.", 10, "right"),
    Column("Diterima", 20, lines=2),
    Column("Jenis dan saluran", 28, lines=3),
    Column("Isi", 72, lines=8),
    Column("Petugas", 26, lines=2),
    Column("Batas", 20, lines=1),
    Column("Jawaban", 59, lines=8),
    Column("Keadaan", 22, lines=2),
)
_PLAN = (
    Column("No.", 10, "right"),
    Column("Temuan", 62, lines=7),
    Column("Sumber", 28, lines=3),
    Column("Tindak lanjut", 62, lines=7),
    Column("Penanggung jawab", 31, lines=2),
    Column("Batas", 20, lines=1),
    Column("Keadaan dan hasil", 44, lines=7),
)
_WISHES = (
    Column("No.", 10, "right"),
    Column("Judul dan pengarang", 72, lines=4),
    Column("ISBN dan tahun", 31, lines=2),
    Column("Dukungan", 20, "right", lines=1),
    Column("Keadaan", 37, lines=3),
)


def register_document(frame: Frame, rows: Rows, facts: Sequence[tuple[str, str]]) -> Document:
    """Return the register of complaints and suggestions; without any name of who wrote."""
    return _document(
        frame,
        "REGISTER PENGADUAN, SARAN, DAN MASUKAN",
        (Facts(tuple(facts)), _grid(_REGISTER, rows, "Tidak ada pesan dalam kurun ini.")),
        across=True,
    )


def plan_document(frame: Frame, rows: Rows, facts: Sequence[tuple[str, str]]) -> Document:
    """Return the plan of what is done about findings, with results."""
    return _document(
        frame,
        "RENCANA TINDAK LANJUT",
        (Facts(tuple(facts)), _grid(_PLAN, rows, "Tidak ada tindak lanjut.")),
        across=True,
    )


def wishes_document(frame: Frame, rows: Rows) -> Document:
    """Return the desiderata, the most wanted first."""
    return _document(
        frame,
        "DAFTAR USULAN BUKU (DESIDERATA)",
        (_grid(_WISHES, rows, "Belum ada usulan."),),
    )


def _grid(columns: tuple[Column, ...], rows: Rows, empty: str) -> Grid:
    return Grid(columns, tuple((str(at), *row) for at, row in enumerate(rows, 1)), empty)


def _document(
    frame: Frame, title: str, blocks: tuple[Block, ...], *, across: bool = False
) -> Document:
    return Document(
        head=frame.head,
        title=title,
        number=frame.period,
        blocks=blocks,
        dated=f"{frame.place}, {long_date(frame.made, 'id')}",
        foot=frame.head.library,
        signatures=frame.signatures,
        across=across,
    )
