"""The papers of data protection, put together from the library."""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from perpusdesk.common.formats import date_and_time
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.printing.breach_sheet import BreachSheet, breach_document, moment_words
from perpusdesk.printing.data_answer import Answer, answer_document
from perpusdesk.printing.data_copy import data_copy_document
from perpusdesk.printing.document import document_pages
from perpusdesk.printing.processing_register import (
    HEADINGS,
    ProcessingRegister,
    register_document,
    register_rows,
)
from perpusdesk.services.circulation.papers import letterhead, place_of, signature
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListColumn, SavedList, export_list, list_of
from perpusdesk.services.library.devices import DeviceLine
from perpusdesk.services.privacy.breaches import BreachLine, Known, known
from perpusdesk.services.privacy.data_requests import member_of, request_line
from perpusdesk.services.privacy.privacy_settings import rules_of, settings_of


def copy_paper(desk: Desk, copy: Mapping[str, Any]) -> bytes:
    """Return a copy of somebody's data as PDF."""
    paper = data_copy_document(copy, letterhead(desk), place_of(desk), (signature(desk),))
    return document_pages(paper)


def answer_letter(desk: Desk, request: UUID) -> bytes | Refused:
    """Return the letter that answers a request. ``REQUEST_UNKNOWN``."""
    line = request_line(desk, request)
    if line is None:
        return Refused(Reason.REQUEST_UNKNOWN)
    return document_pages(
        answer_document(
            Answer(
                head=letterhead(desk),
                place=place_of(desk),
                made=desk.now(),
                name=member_of(desk, line) or "Subjek Data Pribadi",
                card=line.card,
                kind=line.kind.value if line.kind else "",
                received=line.received,
                done=line.done,
                outcome=line.outcome.value if line.outcome else "",
                note=line.note,
                contact=_contact(desk),
                signatures=(signature(desk),),
            )
        )
    )


def breach_paper(desk: Desk, breach: BreachLine) -> bytes | Refused:
    """Return the sheet of a breach as PDF. ``RIGHT_MISSING``."""
    sheet = breach_sheet(desk, breach)
    return sheet if isinstance(sheet, Refused) else document_pages(breach_document(sheet))


def breach_sheet(desk: Desk, breach: BreachLine) -> BreachSheet | Refused:
    """Return what the sheet and the letters say. ``RIGHT_MISSING``."""
    found = known(desk, breach.form.noticed)
    if isinstance(found, Refused):
        return found
    form = breach.form
    return BreachSheet(
        head=letterhead(desk),
        place=place_of(desk),
        made=desk.now(),
        noticed=form.noticed,
        due=breach.clock.due,
        happened=form.happened,
        what=form.what,
        people=form.people,
        how=form.how,
        handling=form.handling,
        told=form.told,
        note=form.note,
        members=found.members,
        devices=tuple(_device(one) for one in found.devices),
        exchanges=_exchanges(found),
        looks=tuple((who or "-", str(looks), str(whom)) for who, looks, whom in found.looks),
        elsewhere=found.elsewhere,
        staff=tuple(name for name, _role in found.staff),
        contact=_contact(desk),
        signatures=(signature(desk),),
    )


def processing_paper(desk: Desk) -> bytes:
    """Return the register of processing as PDF."""
    rules, settings = rules_of(desk), settings_of(desk)
    return document_pages(
        register_document(
            ProcessingRegister(
                head=letterhead(desk),
                place=place_of(desk),
                made=desk.today(),
                officer=settings.officer,
                contact=settings.contact,
                source=rules.source,
                groups=rules.groups,
                signatures=(signature(desk),),
            )
        )
    )


def processing_sheet(desk: Desk, path: Path) -> SavedList:
    """Write the register of processing as a workbook. Raises ``KnownError`` (disk)."""
    columns = [ListColumn(name, itemgetter(place), 30) for place, name in enumerate(HEADINGS)]
    sheet = list_of("Rekaman pemrosesan", columns, register_rows(rules_of(desk).groups))
    return export_list(desk, sheet, path)


def _device(one: DeviceLine) -> tuple[str, ...]:
    state = "dicabut" if one.revoked else "perangkat ini" if one.own else "terdaftar"
    last = date_and_time(one.last_contact) if one.last_contact else "-"
    return (one.name or f"#{one.number}", one.branch_name, state, last)


def _exchanges(found: Known) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (moment_words(one.at), one.way, one.where, "selesai" if one.done else "terputus")
        for one in found.exchanges
    )


def _contact(desk: Desk) -> str:
    settings = settings_of(desk)
    return ", ".join(part for part in (settings.officer, settings.contact) if part)
