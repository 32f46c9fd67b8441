"""The library as a whole: make one, how it stands, its digest."""

from __future__ import annotations

from typing import Any

import typer

from perpusdesk import __version__
from perpusdesk.cli.backup_status import backup_status
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError
from perpusdesk.cli.exchange_status import exchange_status
from perpusdesk.cli.lock_status import lock_status
from perpusdesk.common.i18n import _
from perpusdesk.services.conflicts.conflict_list import conflict_count
from perpusdesk.services.set_up import NewLibrary, create_library, library_name
from perpusdesk.storage.library import FILE_NAME


def add(app: Commands, context: Context) -> None:
    """Add the commands ``init``, ``status`` and ``digest``."""

    @app.command(help=_("Set up a new library in the data folder."))
    def init(
        library: str = typer.Option(..., "--library", help=_("Name of the library.")),
        branch: str = typer.Option(..., "--branch", help=_("Name of the first branch.")),
        staff: str = typer.Option("Administrator", "--staff", help=_("Name of the first person.")),
        zone: int = typer.Option(420, "--zone", help=_("Minutes east of UTC (WIB 420).")),
    ) -> None:
        if (context.data / FILE_NAME).exists():
            message = _("There is a library in {folder} already. Nothing was changed.")
            raise InputError("library_exists", message.format(folder=context.data))
        new = NewLibrary(library, branch, zone, staff, language=context.language or "id")
        with create_library(context.data, new) as made:
            document = {"library": library, "branch": branch, "device": made.device.hex()}
        line = _("Library set up: {library}, {branch}").format(library=library, branch=branch)
        context.show(document, line)

    @app.command(help=_("What is saved, what waits, and whether the clock is right."))
    def status() -> None:
        with context.desk(writable=False) as desk:
            branch = desk.branches.get(desk.branch)
            document: dict[str, Any] = {
                "library": library_name(desk),
                "branch": branch.name if branch else "",
                "device": desk.library.device.hex(),
                **exchange_status(desk.library),
                **lock_status(desk.library.folder),
                "clock_suspect": desk.library.clock_suspect,
                "conflicts": conflict_count(desk.library),
                "backups": backup_status(desk.library),
                "version": __version__,
            }
        lines = [f"{name}: {value}" for name, value in document.items()]
        context.show(document, *lines)

    @app.command(help=_("The digest: equal on devices that hold the same data."))
    def digest() -> None:
        with context.desk(writable=False) as desk:
            document = {
                "digest": desk.library.digest(),
                "ops": desk.library.value("select count(*) from op"),
                "streams": desk.library.have(),
            }
        context.show(document, str(document["digest"]))
