"""The log for those who help: JSON lines in a rotating file, and nothing about any person in it.

A line holds the message's template and its numbers. Of a text only the length is written, unless it
is a ``Code``; of an error its type and where it happened, not its message, which may quote a name.
"""

from __future__ import annotations

import json
import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from enum import Enum
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Final
from uuid import UUID

from perpusdesk.common.errors import KnownError

LARGEST: Final = 1_000_000
KEPT: Final = 5

ErrorInfo = tuple[type[BaseException], BaseException, TracebackType | None]


class Code(str):
    """A text that tells nothing about a person: a version, a kind, the name of a step."""

    __slots__ = ()


def start_logging(folder: Path, name: str = "desktop") -> Path | None:
    """Write all messages from INFO upward to ``folder/name.log`` and return that file.

    Uncaught errors are written too. Returns None, and logs nothing, when the folder cannot be
    written: a program without a log is better than none. Calling it again changes the file.
    """
    stop_logging()
    file = folder / f"{name}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(file, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    return file


def stop_logging() -> None:
    """Close the log file of ``start_logging``, if any."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _LogFile)]:
        root.removeHandler(handler)
        handler.close()
    sys.excepthook = sys.__excepthook__
    threading.excepthook = threading.__excepthook__


class _LogFile(RotatingFileHandler):
    """The one handler that is ours."""


class JsonLines(logging.Formatter):
    """One JSON object a line: when, how bad, where, what, and facts without persons."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of ``record``."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "where": record.name,
            "what": str(record.msg),
        }
        if record.args:
            arguments = record.args
            line["facts"] = (
                {key: _harmless(fact) for key, fact in arguments.items()}
                if isinstance(arguments, dict)
                else [_harmless(fact) for fact in arguments]
            )
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe_error(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def describe_error(error: BaseException) -> dict[str, object]:
    """Tell what kind of error it was and where, innermost place last, without its message."""
    told: dict[str, object] = {
        "type": type(error).__qualname__,
        "places": [
            f"{_module(frame.filename)}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(error.__traceback__)
        ],
    }
    if isinstance(error, KnownError):
        told["fault"] = error.fault.value
    if isinstance(error, OSError):
        told["errno"] = error.errno
    if error.__cause__ is not None:
        told["cause"] = describe_error(error.__cause__)
    return told


def _module(filename: str) -> str:
    """Shorten a path to its last three parts, for the user's account name may be in the others."""
    return "/".join(Path(filename).parts[-3:])


def _harmless(fact: object) -> object:
    if isinstance(fact, bool | int | float | None):
        return fact
    if isinstance(fact, Enum):
        return fact.value
    if isinstance(fact, Code | UUID):
        return str(fact)
    if isinstance(fact, str):
        return f"text({len(fact)})"
    return type(fact).__name__


def _log_uncaught(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("perpusdesk").critical("uncaught error", exc_info=(kind, error, where))
    sys.__excepthook__(kind, error, where)


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        information: ErrorInfo = (args.exc_type, args.exc_value, args.exc_traceback)
        logging.getLogger("perpusdesk").critical("uncaught error in a thread", exc_info=information)
    threading.__excepthook__(args)
