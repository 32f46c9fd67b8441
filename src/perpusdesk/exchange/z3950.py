"""Ask a catalogue over Z39.50 through ``yaz-client``, where that program is installed.

There is no living Z39.50 library for Python; YAZ (Index Data, BSD licence) is the maintained one,
and its command-line client is on Linux a package named ``yaz``, on Windows part of its installer.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.exchange.copy_servers import CopyServer
from perpusdesk.exchange.marc_titles import read_titles_file
from perpusdesk.exchange.title_record import TitleRecord

PROGRAM: Final = "yaz-client"
_SECONDS: Final = 20


def installed() -> bool:
    """Whether catalogues can be asked over Z39.50 on this computer."""
    return shutil.which(PROGRAM) is not None


def search_z3950(server: CopyServer, query: str, limit: int) -> list[TitleRecord]:
    """Return at most ``limit`` records that a server finds for a query in PQF.

    Raises ``KnownError`` (UNREACHABLE): no answer within some seconds, or the program is missing.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise KnownError(Fault.UNREACHABLE, server=server.name, cause=f"{PROGRAM} not installed")
    with tempfile.TemporaryDirectory(prefix="perpusdesk-") as folder:
        answer = Path(folder) / "answer.mrc"
        words = (
            f"open {server.address}",
            "charset UTF-8",
            "format usmarc",
            f"set_marcdump {answer}",
            f"find {query}",
            f"show 1+{limit}",
            "quit",
        )
        said = _run(program, "\n".join(words) + "\n", server)
        if answer.is_file() and answer.stat().st_size:
            read = list(read_titles_file(answer))
            return [one for one in read if isinstance(one, TitleRecord)][:limit]
    if "Connection accepted" not in said:
        raise KnownError(Fault.UNREACHABLE, server=server.name, cause="no connection")
    return []


def _run(program: str, words: str, server: CopyServer) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - no shell, fixed program
            [program],
            input=words.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise KnownError(Fault.UNREACHABLE, server=server.name, cause=str(error)) from error
    return done.stdout.decode("utf-8", "replace")
