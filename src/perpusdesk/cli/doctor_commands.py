"""``doctor``: whether all is well with the library, and what of it can be put right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import FAULT, Context, refuse
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.domain.rights import REPAIR
from perpusdesk.services.doctor.examine import examine, is_healthy, mend
from perpusdesk.services.doctor.parts import Finding, Patient, Severity
from perpusdesk.services.doctor.record import note_examined, note_repairs
from perpusdesk.services.doctor.salvage_job import can_be_salvaged, repair_library
from perpusdesk.services.safety.safety_jobs import mend_library, refused_for
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.wording.doctor import say_finding, say_salvage
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library

Told = tuple[Finding, bool]


def add(app: Commands, context: Context) -> None:
    """Add the command ``doctor``."""

    @app.command(help=_("Check the library on this computer; --repair puts right what it can."))
    def doctor(
        repair: bool = typer.Option(False, "--repair", help=_("Put right what can be.")),
    ) -> None:
        salvaged: list[dict[str, Any]] = []
        try:
            told = _examined(context, repair=repair)
            if repair and _is_file_damaged(told):
                salvaged = [_salvaged(context.data)]
                told = _examined(context, repair=True, allowed=True)
        except KnownError as error:
            if not can_be_salvaged(context.data, error):
                raise
            if not repair:
                damaged = KnownError(Fault.DAMAGED, **error.facts)
                _show(context, [_line("not_opened", str(say_fault(damaged)), repaired=False)])
                raise typer.Exit(FAULT) from error
            salvaged = [_salvaged(context.data)]
            told = _examined(context, repair=True, allowed=True)
        lines = [_line(one.code, str(say_finding(one)), repaired=done) for one, done in told]
        left = [one for one, done in told if not done]
        _show(context, [*salvaged, *lines], healthy=is_healthy(left))


def _examined(context: Context, *, repair: bool, allowed: bool = False) -> list[Told]:
    """Examine a library, and mend it where it is wanted; without, it may be open elsewhere.

    Who repairs is asked for before anything is looked at, unless that is ``allowed`` already.
    """
    folder = context.data
    with Library.open(folder, writable=repair) as library:
        desk = open_desk(library)
        if repair and not allowed:
            context.seat(desk)
            refuse(desk, refused_for(desk, REPAIR))
        with library.beside() as beside:
            patient = Patient(beside, system_key_store(folder))
            found = [one for _check, findings in examine(patient) for one in findings]
        if not repair:
            return [(one, False) for one in found]
        told = mend(library, found) if allowed else refuse(desk, mend_library(desk, found))
        note_repairs(library, [one for one, done in told if done])
        note_examined(library, [one for one, done in told if not done])
        if is_healthy(found):
            library.note_checked()
    return told


def _is_file_damaged(told: list[Told]) -> bool:
    return any(one.check == "file" and one.severity is Severity.DAMAGE for one, _done in told)


def _salvaged(folder: Path) -> dict[str, Any]:
    report = repair_library(folder)
    return _line("salvaged", " ".join(say_salvage(report)), repaired=True)


def _line(code: str, message: str, *, repaired: bool) -> dict[str, Any]:
    return {"code": code, "message": message, "repaired": repaired}


def _show(context: Context, lines: list[dict[str, Any]], *, healthy: bool = False) -> None:
    document = {"healthy": healthy, "findings": lines}
    words = [_("Repaired: {what}") if one["repaired"] else "{what}" for one in lines]
    said = [text.format(what=one["message"]) for text, one in zip(words, lines, strict=True)]
    context.show(document, *([_("All is well.")] if healthy else []), *said)
