"""The command line as a whole: the commands, and how each call ends."""

from __future__ import annotations

import json
import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

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
    scan_commands,
    stock_commands,
    weeding_commands,
)
from perpusdesk.cli.commands import Commands, say_usage
from perpusdesk.cli.context import (
    DONE,
    FAULT,
    REFUSED,
    USAGE,
    Context,
    InputError,
    RefusedError,
    error_document,
    exit_code_of,
    fault_document,
    print_json,
)
from perpusdesk.cli.options import split_common
from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _, set_language

log = logging.getLogger(__name__)

NAME: Final = "perpusdesk"
_COMPLETES: Final = "_PERPUSDESK_COMPLETE"
"""The shell's completion asks through this variable, with no words on the command line."""

# Typer brings its own click and names only some of its errors; this is what all of them are.
_COMMAND_ERROR: Any = next(
    base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException"
)


@dataclass(frozen=True, slots=True)
class Desktop:
    """What opens windows; handed in, because the command line itself knows no Qt."""

    open: Callable[[Path | None, str | None], int]
    demo: Callable[[Path | None, str | None, Path | None], int]
    bench: Callable[[str, Path, int], dict[str, object]]


def run(arguments: list[str], desktop: Desktop) -> int:
    """Run one call and return its exit code; nothing is raised."""
    call = split_common(arguments)
    set_language(call.language)
    if call.wrong:
        return _fail(call.context, error_document("usage", call.wrong()), USAGE)
    if not call.rest and _COMPLETES not in os.environ:
        return desktop.open(call.data, call.context.language)
    return _guarded(call.context, call.rest, desktop, call.data)


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
        "scan",
        "stock",
        "weeding",
        "bench",
        "demo",
        "version",
    }
)
"""Commands that need neither the libraries for foreign files nor those for keys."""


def _add_heavy(app: Commands, context: Context) -> None:
    """Add what reads foreign files and what enrols devices: its libraries take long to load."""
    from perpusdesk.cli import (
        conflict_commands,
        copy_cataloguing_commands,
        device_commands,
        exchange_commands,
        export_commands,
        import_commands,
    )

    copy_cataloguing_commands.add(app, context)
    import_commands.add(app, context)
    export_commands.add(app, context)
    device_commands.add(app, context)
    conflict_commands.add(app, context)
    exchange_commands.add(app, context)


def build(context: Context, desktop: Desktop, data: Path | None, *, first: str = "") -> Commands:
    """Return the commands with their help in the language in use.

    ``first`` is the first word of the call: it may need fewer than all of them.
    """
    app = Commands(
        name=NAME,
        help=_(
            "The library desk that never stops. Without a command the desktop opens. Every command"
            " also takes --data FOLDER, --json and --lang id|en."
        ),
    )
    for module in (
        library_commands,
        desk_commands,
        member_commands,
        catalogue_commands,
        heading_commands,
        paper_commands,
        scan_commands,
        stock_commands,
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

    @app.command(help=_("Print the version."))
    def version() -> None:
        context.show({"version": __version__}, __version__)

    return app


def _guarded(context: Context, rest: list[str], desktop: Desktop, data: Path | None) -> int:
    try:
        first = rest[0] if rest else ""
        command = typer.main.get_command(build(context, desktop, data, first=first))
        code = command.main(rest, prog_name=NAME, standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except RefusedError as refused:
        return _fail(context, refused.document, REFUSED, refused.text)
    except InputError as error:
        return _fail(context, error.document, USAGE)
    except typer.Exit as left:
        return left.exit_code
    except _COMMAND_ERROR as error:
        return _fail(context, error_document("usage", say_usage(error)), USAGE)
    except (typer.Abort, KeyboardInterrupt):
        return _fail(context, error_document("stopped", _("Stopped.")), USAGE)
    except KnownError as error:
        return _fail(context, fault_document(error), exit_code_of(error))
    except Exception as error:
        log.exception("unexpected failure of a command")
        message = _("Something unexpected happened. What was saved before is safe.")
        document = {"fault": {"code": "bug", "message": f"{message} ({error!r})"}}
        return _fail(context, document, FAULT)


def _fail(context: Context, document: Mapping[str, Any], code: int, text: str = "") -> int:
    """Tell a failure; what this call did before it is told too, because it stays done."""
    if context.as_json:
        print_json({**context.done, **document})
    said = text or next(document[key]["message"] for key in ("error", "fault") if key in document)
    sys.stderr.write(said + "\n")
    return code
