"""The sentences of the sticker studio."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.labels import Design, DrawnLabels
from perpusdesk.services.labels.label_fill import RunFacts
from perpusdesk.services.labels.label_job import LabelJob, without_code
from perpusdesk.services.labels.label_queue import LabelKind, QueueLine
from perpusdesk.storage.queries.values import as_moment
from perpusdesk.ui.kit.record_list import RowWords

DESIGNS: Final = {
    Design.SPINE_BARCODE: N_("Spine and barcode"),
    Design.ALL: N_("Spine, barcode and QR"),
    Design.SPINE: N_("Spine only (call number)"),
    Design.BARCODE: N_("Barcode only"),
    Design.QR: N_("QR with call number"),
}
WITH_BARS: Final = (Design.SPINE_BARCODE, Design.ALL, Design.BARCODE)
BARS: Final = {Symbology.CODE128: N_("Code 128"), Symbology.CODE39: N_("Code 39")}
CODES: Final = {**BARS, Symbology.QR: N_("QR")}


def kind_name(kind: LabelKind) -> str:
    """Return the word on the tab."""
    return _("Stickers") if kind is LabelKind.COPY else _("Member cards")


def count(kind: LabelKind, labels: int, pages: int) -> str:
    """Return how much waits, and on how many pages."""
    if not labels:
        return _("Nothing waits to be printed")
    sheets = ngettext("{count} page", "{count} pages", pages).format(count=pages)
    if kind is LabelKind.COPY:
        much = ngettext("{count} sticker", "{count} stickers", labels)
    else:
        much = ngettext("{count} card", "{count} cards", labels)
    return f"{much.format(count=labels)}  ·  {sheets}"


def row(line: QueueLine) -> RowWords:
    """Return an entry of the queue."""
    times = _("{count} times").format(count=line.copies) if line.copies > 1 else ""
    known = _("printed {date}").format(date=short_date(line.printed.date())) if line.printed else ""
    name = line.name or _("No longer there")
    under = "  ·  ".join(part for part in (line.number, line.under) if part)
    return RowWords(name, under, times, known, faded=not line.name)


def added(kind: LabelKind, fresh: int, found: int) -> str:
    """Return what was put into the queue."""
    if not found:
        return _("Nothing fits that.")
    if not fresh:
        return _("All of them wait already.")
    if kind is LabelKind.COPY:
        text = ngettext("{count} copy added", "{count} copies added", fresh)
    else:
        text = ngettext("{count} member added", "{count} members added", fresh)
    said = text.format(count=fresh)
    if fresh < found:
        said += "  ·  " + _("{count} waited already").format(count=found - fresh)
    return said


def run_name(run: RunFacts) -> str:
    """Return an import as a menu names it."""
    return f"{short_date(as_moment(run.begun, run.zone).date())}  ·  {run.files or run.format}"


def notes_of(job: LabelJob, drawn: DrawnLabels) -> str:
    """Return what has to be known before printing this page; ``""`` when nothing has."""
    said = [_about_codes(job, drawn)]
    if not job.sheet.sure:
        said.append(
            _("Nobody has measured this sheet yet. Print the test page and hold it against yours.")
        )
    return "\n".join(part for part in said if part)


def _about_codes(job: LabelJob, drawn: DrawnLabels) -> str:
    bare = without_code(job, drawn)
    if bare:
        text = ngettext(
            "No readable code has room on {count} sticker of this page.",
            "No readable code has room on {count} stickers of this page.",
            bare,
        )
        return text.format(count=bare) + " " + _("Choose another design or a larger sheet.")
    wished, design = job.choices.symbology, job.choices.design
    first = {codes[0] for codes in drawn.codes if codes}
    if design in WITH_BARS and (other := first - {wished}):
        text = _("{wished} would be too fine to print here: {other} takes its place.")
        named = ", ".join(_(CODES[one]) for one in sorted(other))
        return text.format(wished=_(CODES[wished]), other=named)
    if design is Design.ALL and any(len(codes) < 2 for codes in drawn.codes):
        return _("The QR has no room beside the bars on this sheet; it is left out.")
    return ""


def asked(labels: int, printer: str) -> str:
    """Return the question after printing."""
    if printer:
        text = ngettext(
            "{count} label sent to {printer}. Was it printed well?",
            "{count} labels sent to {printer}. Were they printed well?",
            labels,
        )
        return text.format(count=labels, printer=printer)
    text = ngettext(
        "{count} label is in the PDF. Once it is on paper: was it printed well?",
        "{count} labels are in the PDF. Once they are on paper: were they printed well?",
        labels,
    )
    return text.format(count=labels)


def done(labels: int, start: int, *, on_sheet: bool) -> str:
    """Return what is said when labels were taken as printed."""
    said = ngettext("{count} label printed", "{count} labels printed", labels).format(count=labels)
    if on_sheet:
        said += "  ·  " + _("next free sticker: {number}").format(number=start)
    return said


def taken_as_printed(kind: LabelKind, labels: int) -> str:
    """Return what is said when everything counts as having its label."""
    if kind is LabelKind.COPY:
        text = ngettext(
            "{count} copy counts as having its sticker",
            "{count} copies count as having their stickers",
            labels,
        )
    else:
        text = ngettext(
            "{count} member counts as having a card",
            "{count} members count as having cards",
            labels,
        )
    return text.format(count=labels)


def taken_out(entries: int) -> str:
    """Return what is said when entries left the queue."""
    text = ngettext("{count} entry taken out", "{count} entries taken out", entries)
    return text.format(count=entries)


def drawing(page: int, pages: int) -> str:
    """Return how far the drawing has come; ``""`` when nothing is drawn."""
    if not pages:
        return ""
    return _("Drawing page {page} of {pages} …").format(page=page + 1, pages=pages)
