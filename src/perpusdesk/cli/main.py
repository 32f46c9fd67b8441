"""The command line as a whole: the commands, and how each call ends."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import typer

from perpusdesk import __version__
from perpusdesk.cli import (
    bench_commands,
    catalogue_commands,
    desk_commands,
    heading_commands,
    library_commands,
    member_commands,
    paper_commands,
    privacy_commands,
    report_commands,
    scan_commands,
    service_commands,
    stock_commands,
    survey_commands,
    visit_commands,
    weeding_commands,
)
from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import USAGE, Context, error_document
from perpusdesk.cli.ending import fail, run_guarded
from perpusdesk.cli.options import split_common
from perpusdesk.common.given_files import given_files
from perpusdesk.common.i18n import _, set_language

NAME: Final = "perpusdesk"
_COMPLETES: Final = "_PERPUSDESK_COMPLETE"
"""The shell's completion asks through this variable, with no words on the command line."""


@dataclass(frozen=True, slots=True)
class Desktop:
    """What opens windows; handed in, because the command line itself knows no Qt."""

    open: Callable[[Path | None, str | None, Sequence[Path]], int]
    demo: Callable[[Path | None, str | None, Path | None], int]
    bench: Callable[[str, Path, int], dict[str, object]]
    kiosk: Callable[[Path | None, str | None], int] = lambda _data, _language: USAGE


def run(arguments: list[str], desktop: Desktop) -> int:
    """Run one call and return its exit code; nothing is raised."""
    call = split_common(arguments)
    set_language(call.language)
    if call.wrong:
        return fail(call.context, error_document("usage", call.wrong()), USAGE)
    if (given := given_files(call.rest)) or (not call.rest and _COMPLETES not in os.environ):
        return desktop.open(call.data, call.context.language, given)
    first = call.rest[0] if call.rest else ""
    return run_guarded(
        call.context, lambda: build(call.context, desktop, call.data, first=first), call.rest
    )


_LIGHT: Final = frozenset(
    {
        "init",
        "status",
        "digest",
        "lend",
        "return",
        "renew",
        "undo",
        "member",
        "copy",
        "title",
        "search",
        "print",
        "privacy",
        "report",
        "scan",
        "stock",
        "survey",
        "weeding",
        "bench",
        "demo",
        "kiosk",
        "visit",
        "version",
    }
)
"""Commands that need neither the libraries for foreign files nor those for keys."""


def _add_heavy(app: Commands, context: Context) -> None:
    """Add what reads foreign files and what enrols devices: its libraries take long to load."""
    from perpusdesk.cli import (
        backup_commands,
        branch_commands,
        conflict_commands,
        copy_cataloguing_commands,
        device_commands,
        doctor_commands,
        exchange_commands,
        export_commands,
        history_commands,
        import_commands,
        key_commands,
        staff_commands,
        update_commands,
    )

    copy_cataloguing_commands.add(app, context)
    import_commands.add(app, context)
    export_commands.add(app, context)
    device_commands.add(app, context)
    doctor_commands.add(app, context)
    history_commands.add(app, context)
    key_commands.add(app, context)
    staff_commands.add(app, context)
    branch_commands.add(app, context)
    conflict_commands.add(app, context)
    exchange_commands.add(app, context)
    update_commands.add(app, context)
    backup_commands.add(app, context)


def build(context: Context, desktop: Desktop, data: Path | None, *, first: str = "") -> Commands:
    """Return the commands with their help in the language in use.

    ``first`` is the first word of the call: it may need fewer than all of them.
    """
    app = Commands(
        name=NAME,
        help=_(
            "The library desk that never stops. Without a command the desktop opens, also for files"
            " that it is given (.pdx, .pdupdate, the folder of a stick). Every command also takes"
            " --data FOLDER, --json and --lang id|en."
        ),
    )
    for module in (
        library_commands,
        desk_commands,
        member_commands,
        catalogue_commands,
        heading_commands,
        paper_commands,
        privacy_commands,
        report_commands,
        scan_commands,
        service_commands,
        stock_commands,
        survey_commands,
        visit_commands,
        weeding_commands,
    ):
        module.add(app, context)
    if first not in _LIGHT:
        _add_heavy(app, context)
    bench_commands.add(app, context, desktop.bench)

    @app.command(help=_("Open the demo library, or play a desk day without a screen."))
    def demo(
        headless: bool = typer.Option(False, "--headless", help=_("Play without a screen.")),
        out: Path = typer.Option(Path("demo-out"), "--out", help=_("Where the pictures go.")),
    ) -> None:
        code = desktop.demo(data, context.language, out if headless else None)
        if code:
            raise typer.Exit(code)
        if headless and context.as_json:
            context.show(json.loads((out / "summary.json").read_text("utf-8")))

    @app.command(help=_("Fill the screen with the guest book; staff leaves it by a PIN or code."))
    def kiosk() -> None:
        code = desktop.kiosk(data, context.language)
        if code:
            raise typer.Exit(code)

    @app.command(help=_("Print the version."))
    def version() -> None:
        context.show({"version": __version__}, __version__)

    return app
