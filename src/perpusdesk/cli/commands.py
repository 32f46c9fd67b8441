"""Commands whose help and errors speak the language in use; the library behind them knows one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from perpusdesk.common.i18n import _

F = TypeVar("F", bound=Callable[..., Any])

_QUOTED = re.compile(r"'(.*?)'")
_LIMIT = re.compile(r"should be (greater|less) than or equal to (\S+)")
_LISTED = re.compile(r"\(([^()]*)\)$")


class Commands(typer.Typer):
    """A group of commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(cls=Group, pretty_exceptions_enable=False, **options)

    def command(self, name: str | None = None, **options: Any) -> Callable[[F], F]:
        """Add a command, as ``typer.Typer.command`` does."""
        return super().command(name, cls=_Command, **options)


def say_usage(error: Any) -> str:
    """Return in words what was wrong with the words of a call, and where help is."""
    return f"{_what(type(error).__name__, error)} {_where_help_is(error)}".strip()


def _what(kind: str, error: Any) -> str:
    message = str(error.format_message())
    if message == "Missing command.":
        return _("Missing: {what}.").format(what=_("a command"))
    if kind == "MissingParameter":
        return _("Missing: {what}.").format(what=_named(error))
    if kind == "NoSuchOption":
        return _("There is no option {name}.").format(name=error.option_name)
    if kind == "BadParameter":
        return _("Not usable for {what}: {why}").format(what=_named(error), why=_why(error.message))
    if message.startswith("No such command") and (quoted := _QUOTED.findall(message)):
        return _no_command(*quoted)
    if message.startswith("Got unexpected extra") and (extra := _LISTED.search(message)):
        return _("Too much: {what}.").format(what=extra[1])
    if message.endswith("requires an argument.") and (quoted := _QUOTED.findall(message)):
        return _("{name} needs a value after it.").format(name=quoted[0])
    return message


def _why(message: str) -> str:
    """Say what is wrong with a value; what is seldom stays as the library behind it says it."""
    if "valid integer" in message:
        return _("a whole number is needed.")
    if "valid number" in message:
        return _("a number is needed.")
    if limit := _LIMIT.search(message):
        at_least = limit[1] == "greater"
        told = _("at least {number}.") if at_least else _("at most {number}.")
        return told.format(number=limit[2])
    return message


def _no_command(name: str, *similar: str) -> str:
    told = _("There is no command {name}.").format(name=name)
    if not similar:
        return told
    return f"{told} " + _("Did you mean {names}?").format(names=", ".join(similar))


def _named(error: Any) -> str:
    if error.param is None:
        return "?"
    return str(error.param.get_error_hint()).strip("'\".")


def _where_help_is(error: Any) -> str:
    if error.ctx is None:
        return ""
    return _("{command} --help tells more.").format(command=error.ctx.command_path)


def _speak(command: Any, context: Any) -> None:
    """Say what the library behind the commands says in English only."""
    from typer import rich_utils

    rich_utils.OPTIONS_PANEL_TITLE = _("Options")
    rich_utils.ARGUMENTS_PANEL_TITLE = _("Arguments")
    rich_utils.COMMANDS_PANEL_TITLE = _("Commands")
    rich_utils.DEFAULT_STRING = _("[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = _("[required]")
    texts = {
        "help": _("Show this help and leave."),
        "install_completion": _("Install completion for the shell in use."),
        "show_completion": _("Show the completion for the shell in use, to copy it."),
    }
    for parameter in command.get_params(context):
        if parameter.name in texts:
            parameter.help = texts[parameter.name]


class Group(TyperGroup):
    """A group whose help speaks the language in use."""

    def get_usage(self, ctx: Any) -> str:
        """Return the usage line."""
        return _usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        _speak(self, ctx)
        super().format_help(ctx, formatter)


class _Command(TyperCommand):
    def get_usage(self, ctx: Any) -> str:
        return _usage(super().get_usage(ctx))

    def format_help(self, ctx: Any, formatter: Any) -> None:
        _speak(self, ctx)
        super().format_help(ctx, formatter)


def _usage(text: str) -> str:
    return text.replace("Usage:", _("Usage:"), 1)
