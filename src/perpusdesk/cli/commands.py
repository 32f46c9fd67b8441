"""Commands whose help and errors speak the language in use; the library behind them knows one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from perpusdesk.common.i18n import _

F = TypeVar("F", bound=Callable[..., Any])

_QUOTED = re.compile(r"'(.*)'")


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
        return _("Not usable for {what}: {why}").format(what=_named(error), why=error.message)
    quoted = _QUOTED.search(message)
    if message.startswith("No such command") and quoted:
        return _("There is no command {name}.").format(name=quoted[1])
    return message


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
