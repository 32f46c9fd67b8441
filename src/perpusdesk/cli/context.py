"""What every command shares: the library, the language, one way to print, one way to fail."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from perpusdesk.cli.person import seat_person
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.formats import date_and_time, long_date
from perpusdesk.common.paths import default_data_folder
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.opening import open_to_work
from perpusdesk.services.privacy.access_log import write_down
from perpusdesk.services.safety.contact import contact_due
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.services.wording.refusals import say_refusal
from perpusdesk.storage.library import Library

Answer = TypeVar("Answer")

DONE, REFUSED, USAGE, FAULT = 0, 1, 2, 3
_INPUT_FAULTS = frozenset(
    {Fault.UNREADABLE_FILE, Fault.UNUSABLE_INPUT, Fault.NOT_SIGNED_IN, Fault.STAFF_REVOKED}
)


class RefusalError(Exception):
    """A rule said no: exit code 1; what was done before stays done and is told."""

    def __init__(self, code: str, document: Mapping[str, Any], text: str) -> None:
        super().__init__(code)
        self.document, self.text = document, text


class RefusedError(RefusalError):
    """A rule said no here."""

    def __init__(self, refused: Refused, desk: Desk) -> None:
        said = say_refusal(refused, desk)
        document = {
            "refused": {
                "code": refused.reason.value,
                "facts": {name: plain(value) for name, value in refused.facts.items()},
                "message": said.what,
            },
        }
        super().__init__(refused.reason.value, document, f"{said.what} {said.todo}".strip())


def refuse(desk: Desk, answer: Answer | Refused) -> Answer:
    """Return what a job came to; raises ``RefusedError`` where a rule said no."""
    if isinstance(answer, Refused):
        raise RefusedError(answer, desk)
    return answer


class InputError(Exception):
    """The words of the call are fine but cannot be used: exit code 2."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.document = error_document(code, message)


@dataclass(slots=True)
class Context:
    """The common options of one call, and what it prints.

    ``done`` is the document of what this call has committed so far; a failure tells it too.
    ``staff`` names who acts, ``secret`` is the PIN that this person signed in with.
    """

    data: Path = field(default_factory=default_data_folder)
    as_json: bool = False
    language: str | None = None
    done: dict[str, Any] = field(default_factory=dict)
    staff: str = ""
    secret: str = ""

    @contextlib.contextmanager
    def desk(self, *, writable: bool = True, overdue: bool = False) -> Iterator[Desk]:
        """Open the library for this call; only to read, it may be open in the window as well.

        One whose device has to contact its server first opens only for ``overdue``.
        """
        with self._opened(writable=writable) as library:
            due = None if overdue else contact_due(library)
            if due is not None:
                raise KnownError(Fault.CONTACT_DUE, days=due.days, limit=due.limit)
            desk = open_desk(library)
            if writable:
                self.seat(desk)
            yield desk

    @contextlib.contextmanager
    def reading_people(self) -> Iterator[Desk]:
        """Open the library to read what it holds of persons; it may be open in the window as well.

        Where people sign in it asks who it is, as writing does; whom this call showed is in the
        access log before anything is printed. Raises ``KnownError``, ``RefusedError``.
        """
        with self.desk(writable=False) as desk:
            self.seat(desk)
            desk.check_person()
            yield desk
            write_down(desk)

    def _opened(self, *, writable: bool) -> Library:
        return open_to_work(self.data) if writable else Library.open(self.data, writable=False)

    def seat(self, desk: Desk) -> None:
        """Let the person act who was named, if one was."""
        self.secret, refused = seat_person(desk, self.staff)
        if refused is not None:
            raise RefusedError(refused, desk)

    def show(self, document: Mapping[str, Any], *lines: str) -> None:
        """Print the JSON document, or the lines for a person."""
        if self.as_json:
            print_json(document)
        else:
            for line in lines:
                sys.stdout.write(line + "\n")


def lines_of(document: Mapping[str, Any]) -> list[str]:
    """Return a document as lines for a person: a name and what is there, a list's rows below it."""
    lines: list[str] = []
    for name, value in document.items():
        if isinstance(value, list | tuple) and any(isinstance(one, Mapping) for one in value):
            lines += [f"{name}:", *(f"  {_told(one)}" for one in value)]
        else:
            lines.append(f"{name}: {_told(value)}")
    return lines


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        parts = (f"{name} {_told(one)}" for name, one in value.items())
        return "  ".join(parts)
    if isinstance(value, list | tuple):
        return ", ".join(map(_told, value)) or "-"
    if isinstance(value, datetime):
        return date_and_time(value)
    if isinstance(value, date):
        return long_date(value)
    return "-" if value is None or value == "" else str(value)


def print_list(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print a JSON list on standard output."""
    sys.stdout.write(json.dumps(plain(rows), ensure_ascii=False, indent=2) + "\n")


def plain(value: Any) -> Any:
    """Return a value as JSON has it: ids and dates as text, tuples as lists."""
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on standard output."""
    sys.stdout.write(json.dumps(plain(document), ensure_ascii=False, indent=2) + "\n")


def error_document(code: str, message: str) -> dict[str, Any]:
    """Return the JSON of wrong usage or unusable input."""
    return {"error": {"code": code, "message": message}}


def exit_code_of(error: KnownError) -> int:
    """Return 2 where the input was at fault, 3 where the library or the machine is."""
    return USAGE if error.fault in _INPUT_FAULTS else FAULT


def fault_document(error: KnownError) -> dict[str, Any]:
    """Return the JSON of a known failure."""
    code, message = error.fault.value, str(say_fault(error))
    if exit_code_of(error) == USAGE:
        return error_document(code, message)
    return {"fault": {"code": code, "message": message}}
