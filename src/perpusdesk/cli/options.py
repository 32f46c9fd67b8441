"""The options that every command takes, wherever they stand: the folder, JSON, language, who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from perpusdesk.cli.context import Context
from perpusdesk.common.i18n import LANGUAGES, _
from perpusdesk.common.paths import default_data_folder, kept_folder, settings_file
from perpusdesk.common.settings import SettingsFile

_WHO: Final = "--who"


@dataclass(slots=True)
class Call:
    """One call: the common options, the words that are left, and what is wrong with them.

    ``data`` is the folder that was named, if one was; ``context.data`` the one in use.
    """

    context: Context
    language: str
    rest: list[str] = field(default_factory=list)
    data: Path | None = None
    wrong: Callable[[], str] | None = None


def split_common(arguments: list[str]) -> Call:
    """Take the common options out; what they do not name comes from this device's settings."""
    kept = SettingsFile(settings_file()).values
    folder = kept_folder(kept.data_folder) if kept.data_folder else default_data_folder()
    call = Call(Context(folder), kept.language)
    left = list(arguments)
    while left:
        word = left.pop(0)
        name, sign, value = word.partition("=")
        if word == "--":
            call.rest += [word, *left]
            break
        if word == "--json":
            call.context.as_json = True
        elif name in ("--data", "--lang", _WHO):
            _take(call, name, value if sign or not left else left.pop(0))
        else:
            call.rest.append(word)
    return call


def _take(call: Call, name: str, value: str) -> None:
    if name == "--data" and value:
        call.data = call.context.data = Path(value)
    elif name == "--lang" and value in LANGUAGES:
        call.language = call.context.language = value
    elif name == _WHO and value:
        call.context.staff = value
    elif name == _WHO:
        call.wrong = lambda: _("--who needs the name of a person.")
    elif name == "--lang":
        call.wrong = lambda: _("--lang is id or en, not “{text}”.").format(text=value)
    else:
        call.wrong = lambda: _("--data needs the name of a folder.")
