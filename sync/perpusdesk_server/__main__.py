"""The door of the server: ``perpusdesk-server <command>``."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any, Final

import typer
from platformdirs import user_data_path

from perpusdesk.cli.commands import say_usage
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
from perpusdesk.common.paths import APP
from perpusdesk_server.asking import ToldRefusalError
from perpusdesk_server.commands import build

NAME: Final = "perpusdesk-server"
DATA_VARIABLE: Final = "PERPUSDESK_DATA"
log = logging.getLogger(__name__)
_COMMAND_ERROR: Any = next(
    base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException"
)


def data_folder() -> Path:
    """Return the data folder of a server when none is named."""
    named = os.environ.get(DATA_VARIABLE, "")
    return Path(named) if named else user_data_path(APP, appauthor=False) / "server"


def run(arguments: list[str]) -> int:
    """Run one call and return its exit code; nothing is raised."""
    call = split_common(arguments)
    if call.data is None:
        call.context.data = data_folder()
    set_language(call.language)
    if call.wrong:
        return _fail(call.context, error_document("usage", call.wrong()), USAGE)
    context = call.context
    try:
        command = typer.main.get_command(build(context, NAME))
        code = command.main(call.rest, prog_name=NAME, standalone_mode=False)
        return code if isinstance(code, int) else DONE
    except (RefusedError, ToldRefusalError) as refused:
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


def _fail(context: Context, document: dict[str, Any], code: int, text: str = "") -> int:
    if context.as_json:
        print_json(document)
    said = text or next(document[key]["message"] for key in ("error", "fault") if key in document)
    sys.stderr.write(said + "\n")
    return code


def main() -> None:
    """Run the program and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
