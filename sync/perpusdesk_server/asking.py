"""A job, done by the server that runs, or in this process where none does."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from perpusdesk.cli.context import InputError, RefusalError, RefusedError
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk_server import opening
from perpusdesk_server.control import ask_running
from perpusdesk_server.jobs import JOBS, JobRefusedError, UnusableError


class ToldRefusalError(RefusalError):
    """The running server refused by a rule of the library; ``document`` is what it said."""

    def __init__(self, refused: Mapping[str, Any]) -> None:
        super().__init__(refused["code"], {"refused": dict(refused)}, str(refused["message"]))


def ask(folder: Path, job: str, words: Mapping[str, Any]) -> dict[str, Any]:
    """Do a job and return its document.

    Raises ``InputError``, ``RefusedError``, ``ToldRefusalError`` or ``KnownError``.
    """
    told = ask_running(opening.key_store_of(folder).files, job, words)
    if told is None:
        return _here(folder, job, words)
    if "refused" in told:
        raise ToldRefusalError(told["refused"])
    if "unusable" in told:
        raise _unusable(**told["unusable"])
    if "fault" in told:
        raise KnownError(Fault(told["fault"]["code"]), cause=told["fault"]["message"])
    done: dict[str, Any] = told["done"]
    return done


def _here(folder: Path, job: str, words: Mapping[str, Any]) -> dict[str, Any]:
    from perpusdesk_server.commands import serving_of

    serving = serving_of(folder)
    try:
        return serving.store(lambda: JOBS[job](serving, words))
    except JobRefusedError as error:
        raise RefusedError(error.refused, error.desk) from error
    except UnusableError as error:
        raise _unusable(error.code, error.what) from error
    finally:
        serving.close()


def _unusable(code: str, what: str) -> InputError:
    texts = {
        "role": _("There is no role {what}: desk, van, hub, admin, reader."),
        "device": _("There is no device {what}, or more than one."),
        "revoked": _("{what} is shut out. Let it in again first; its old key is kept out."),
        "branch": _("There is no branch {what}."),
        "address": _("Where devices reach the server is not known: --address https://..."),
        "password": _("The password is too short, or holds the name."),
        "name": _("This cannot be a name: {what}"),
    }
    return InputError(code, texts.get(code, _("This cannot be used: {what}")).format(what=what))
