"""The door of the server: ``perpusdesk-server <command>``."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

from perpusdesk.cli.context import USAGE, error_document
from perpusdesk.cli.ending import fail, run_guarded
from perpusdesk.cli.options import split_common
from perpusdesk.common.i18n import set_language
from perpusdesk.common.paths import APP
from perpusdesk_server.commands import build

NAME: Final = "perpusdesk-server"
DATA_VARIABLE: Final = "PERPUSDESK_DATA"


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
        return fail(call.context, error_document("usage", call.wrong()), USAGE)
    return run_guarded(call.context, lambda: build(call.context, NAME), call.rest)


def main() -> None:
    """Run the program and leave with its exit code.

    A server's secrets lie in files beside its data, whoever calls: what an administrator put into
    a keyring of their own session the service could not read.
    """
    os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
