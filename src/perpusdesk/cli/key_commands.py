"""The key of the library: opening by the recovery code, and a new recovery sheet."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.cli.lock_status import lock_status
from perpusdesk.cli.paper_files import finish
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.printing.recovery_sheet import recovery_sheet
from perpusdesk.protocol.recovery_code import BadCode
from perpusdesk.services.safety import recovery
from perpusdesk.services.wording.recovery import say_bad_code, say_other_code
from perpusdesk.storage.library import FILE_NAME


class WrongCodeError(RefusedError):
    """The code is of another library or an older sheet: exit code 1."""

    def __init__(self) -> None:
        reason, said = Reason.RECOVERY_CODE_WRONG.value, say_other_code()
        Exception.__init__(self, reason)
        self.document = {"refused": {"code": reason, "facts": {}, "message": said.what}}
        self.text = f"{said.what} {said.todo}"


def add(app: Commands, context: Context) -> None:
    """Add the commands ``unlock`` and ``recovery``."""

    @app.command(help=_("Bring a lost key back: reads the recovery code from standard input."))
    def unlock() -> None:
        if not (context.data / FILE_NAME).is_file():
            raise KnownError(Fault.NOT_A_LIBRARY, file=str(context.data), missing=True)
        answer = recovery.unlock(context.data, sys.stdin.readline())
        if isinstance(answer, BadCode):
            said = say_bad_code(answer)
            raise InputError(f"code_{answer.reason.value}", f"{said.what} {said.todo}")
        if not answer:
            raise WrongCodeError
        with context.desk(writable=False):
            context.show(
                lock_status(context.data), _("The library is open to this computer again.")
            )

    @app.command("recovery", help=_("Make a new recovery code and its sheet."))
    def recovery_(
        out: Path = typer.Option(..., "--out", help=_("The PDF file to write.")),
    ) -> None:
        with context.desk() as desk:
            code = recovery.draw_code()
            pdf = recovery_sheet(recovery.sheet_of(desk, code))
            refused = recovery.may_use_code(desk)
            if isinstance(refused, Refused):
                raise RefusedError(refused, desk)
            finish(context, out, pdf, 1)
            done = recovery.use_code(desk, code)
            if isinstance(done, Refused):
                raise RefusedError(done, desk)
