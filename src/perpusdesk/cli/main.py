"""The command line as a whole: common options, the commands, and the exit codes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from perpusdesk import __version__
from perpusdesk.cli import (
    bench_commands,
    catalogue_commands,
    desk_commands,
    library_commands,
    member_commands,
    paper_commands,
    scan_commands,
)
from perpusdesk.cli.context import (
    DONE,
    FAULT,
    REFUSED,
    USAGE,
    Context,
    InputError,
    RefusedError,
    fault_document,
    print_json,
)
from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import DEFAULT_LANGUAGE, LANGUAGES, _, set_language

log = logging.getLogger(__name__)

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


class _UsageError(Exception):
    """A common option without its value, or with an unknown one."""


def run(arguments: list[str], desktop: Desktop) -> int:
    """Run one call and return its exit code; nothing is raised."""
    try:
        context, rest, data = split_common(arguments)
    except _UsageError as error:
        sys.stderr.write(f"{error}\n")
        return USAGE
    set_language(context.language or DEFAULT_LANGUAGE)
    if not rest:
        return desktop.open(data, context.language)
    return _guarded(context, rest, desktop, data)


def split_common(arguments: list[str]) -> tuple[Context, list[str], Path | None]:
    """Take the common options out, wherever they stand; return the rest and the named folder."""
    context, rest, data = Context(), [], None
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--":
            rest += [word, *left]
            break
        name, _sign, value = word.partition("=")
        if name == "--json":
            context.as_json = True
        elif name in ("--data", "--lang"):
            value = value or (left.pop(0) if left else "")
            if not value or (name == "--lang" and value not in LANGUAGES):
                raise _UsageError(f"{name}: {value or '?'}")
            if name == "--data":
                data = context.data = Path(value)
            else:
                context.language = value
        else:
            rest.append(word)
    return context, rest, data


def build(context: Context, desktop: Desktop, data: Path | None) -> typer.Typer:
    """Return the commands with their help in the language in use."""
    app = typer.Typer(
        name="perpusdesk",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
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
        paper_commands,
        scan_commands,
    ):
        module.add(app, context)
    bench_commands.add(app, context, desktop.bench)

    @app.command(help=_("Open the demo library, or play a desk day without a screen."))
    def demo(
        headless: bool = typer.Option(False, "--headless", help=_("Play without a screen.")),
        out: Path = typer.Option(Path("demo-out"), "--out", help=_("Where the pictures go.")),
    ) -> None:
        code = desktop.demo(data, context.language, out if headless else None)
        if code:
            raise typer.Exit(code)

    @app.command(help=_("Print the version."))
    def version() -> None:
        context.show({"version": __version__}, __version__)

    return app


def _guarded(context: Context, rest: list[str], desktop: Desktop, data: Path | None) -> int:
    try:
        command = typer.main.get_command(build(context, desktop, data))
        code = command.main(rest, prog_name="perpusdesk", standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except RefusedError as refused:
        return _fail(context, refused.document, refused.text, REFUSED)
    except InputError as error:
        return _fail(context, error.document, str(error), USAGE)
    except typer.Exit as left:
        return left.exit_code
    except _COMMAND_ERROR as error:
        message = error.format_message()
        document = {"error": {"code": "usage", "message": message}}
        return _fail(context, document, message, USAGE)
    except (typer.Abort, KeyboardInterrupt):
        return USAGE
    except KnownError as error:
        document = fault_document(error)
        return _fail(context, document, document["fault"]["message"], FAULT)
    except Exception as error:
        log.exception("unexpected failure of a command")
        message = _("Something unexpected happened. What was saved before is safe.")
        document = {"fault": {"code": "bug", "message": f"{message} ({error!r})"}}
        return _fail(context, document, document["fault"]["message"], FAULT)


def _fail(context: Context, document: Mapping[str, Any], text: str, code: int) -> int:
    if context.as_json:
        print_json(document)
    sys.stderr.write(text + "\n")
    return code
