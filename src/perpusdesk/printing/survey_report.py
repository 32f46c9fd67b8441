"""The report of a survey's result: per unsur, the three lowest and the plan; questions as annex."""

from __future__ import annotations

from dataclasses import dataclass

from perpusdesk.printing.document import Block, Document, Facts, Grid, Heading, Paragraph
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.table import Column

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """One question with its counts; ``note`` stands below it (the mean, how many answered)."""

    name: str
    rows: Rows
    note: str = ""


@dataclass(frozen=True, slots=True)
class SurveyReport:
    """Everything in the report, in words.

    ``unsur``: number, name, filled, NRR, weighted, IKM of the unsur. ``plan``, of the three lowest:
    number, name, NRR, programme, time, owner. ``groups``: name, respondents, IKM, class.
    """

    head: Letterhead
    title: str
    name: str
    facts: tuple[tuple[str, str], ...]
    unsur: Rows
    plan: Rows
    groups: tuple[tuple[str, Rows], ...]
    trend: Rows
    questions: tuple[QuestionTable, ...]
    place: str
    foot: str
    warning: str = ""
    signatures: tuple[Signature, ...] = ()


def survey_document(data: SurveyReport) -> Document:
    """Return the report as an official document."""
    blocks: list[Block] = [Facts(data.facts)]
    if data.warning:
        blocks.append(Paragraph(data.warning))
    if data.unsur:
        blocks += [Heading("Nilai per unsur"), Grid(_unsur_columns(), data.unsur)]
    if data.plan:
        blocks += _plan(data)
    for name, rows in data.groups:
        blocks += [Heading(name), Grid(_group_columns(), rows)]
    if data.trend:
        blocks += [Heading("Perkembangan"), Grid(_trend_columns(), data.trend)]
    return Document(
        head=data.head,
        title=data.title,
        number=data.name,
        blocks=tuple(blocks),
        dated=data.place,
        foot=data.foot,
        signatures=data.signatures,
        annex=tuple(_questions(data)),
    )


def _questions(data: SurveyReport) -> list[Block]:
    blocks: list[Block] = []
    for question in data.questions:
        blocks.append(Heading(question.name))
        if question.rows:
            blocks.append(Grid(_answer_columns(), question.rows))
        if question.note:
            blocks.append(Paragraph(question.note, muted=True))
    return blocks


def _plan(data: SurveyReport) -> list[Block]:
    columns = (
        Column("No.", 13),
        Column("Unsur", 44, lines=4),
        Column("NRR", 17, "right"),
        Column("Program/kegiatan", 48, lines=6),
        Column("Waktu", 22, lines=2),
        Column("Penanggung jawab", 26, lines=3),
    )
    return [Heading("Tiga unsur terendah dan rencana tindak lanjut"), Grid(columns, data.plan)]


def _unsur_columns() -> tuple[Column, ...]:
    return (
        Column("No.", 14),
        Column("Unsur pelayanan", 68, lines=3),
        Column("Diisi", 18, "right"),
        Column("NRR", 20, "right"),
        Column("Tertimbang", 26, "right"),
        Column("IKM unsur", 24, "right"),
    )


def _group_columns() -> tuple[Column, ...]:
    return (
        Column("", 82, lines=3),
        Column("Responden", 30, "right"),
        Column("IKM", 26, "right"),
        Column("Mutu", 32),
    )


def _trend_columns() -> tuple[Column, ...]:
    return (
        Column("Survei", 52, lines=3),
        Column("Periode", 50, lines=2),
        Column("Responden", 24, "right"),
        Column("Nilai", 20, "right"),
        Column("Mutu", 24),
    )


def _answer_columns() -> tuple[Column, ...]:
    return (
        Column("Jawaban", 110, lines=4),
        Column("Jumlah", 30, "right"),
        Column("%", 30, "right"),
    )
