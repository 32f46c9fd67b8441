"""How each call of a command line ends: one exit code, and one document where it failed."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from typing import Any, Final

import typer

from perpusdesk.cli.commands import Commands, say_usage
from perpusdesk.cli.context import (
    DONE,
    FAULT,
    REFUSED,
    USAGE,
    Context,
    InputError,
    RefusalError,
    error_document,
    exit_code_of,
    fault_document,
    print_json,
)
from perpusdesk.common.errors import KnownError
from perpusdesk.common.i18n import _

log = logging.getLogger(__name__)

# Typer brings its own click and names only some of its errors; this is what all of them are.
_COMMAND_ERROR: Final[Any] = next(
    base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException"
)


def run_guarded(context: Context, make: Callable[[], Commands], words: list[str]) -> int:
    """Run one call and return its exit code; whatever happened is told, nothing is raised."""
    try:
        commands = make()
        command = typer.main.get_command(commands)
        code = command.main(words, prog_name=commands.info.name, standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except RefusalError as refused:
        return fail(context, refused.document, REFUSED, refused.text)
    except InputError as error:
        return fail(context, error.document, USAGE)
    except typer.Exit as left:
        return left.exit_code
    except _COMMAND_ERROR as error:
        return fail(context, error_document("usage", say_usage(error)), USAGE)
    except (typer.Abort, KeyboardInterrupt):
        return fail(context, error_document("stopped", _("Stopped.")), USAGE)
    except KnownError as error:
        return fail(context, fault_document(error), exit_code_of(error))
    except Exception as error:
        log.exception("unexpected failure of a command")
        message = _("Something unexpected happened. What was saved before is safe.")
        document = {"fault": {"code": "bug", "message": f"{message} ({error!r})"}}
        return fail(context, document, FAULT)


def fail(context: Context, document: Mapping[str, Any], code: int, text: str = "") -> int:
    """Tell a failure; what this call did before it is told too, because it stays done."""
    if context.as_json:
        print_json({**context.done, **document})
    said = text or next(document[key]["message"] for key in ("error", "fault") if key in document)
    sys.stderr.write(said + "\n")
    return code
