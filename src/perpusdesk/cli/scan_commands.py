"""The codes in pictures or a video, as the webcam's path reads them."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import USAGE, Context, print_list
from perpusdesk.common.i18n import _


def add(app: Commands, context: Context) -> None:
    """Add the command ``scan``."""

    @app.command(help=_("Read the codes in pictures or a video."))
    def scan(files: list[Path] = typer.Argument(..., metavar="FILE...")) -> None:
        from perpusdesk.scan.files import read_files

        found = read_files(files)
        if context.as_json:
            print_list(found)
        else:
            for row in found:
                codes = ", ".join(code["text"] for code in row["codes"]) or "-"
                context.show({}, f"{row['file']}: {codes}")
        unreadable = [str(row["file"]) for row in found if "error" in row]
        for file in unreadable:
            sys.stderr.write(_("The file cannot be read: {file}.").format(file=file) + "\n")
        if unreadable:
            raise typer.Exit(USAGE)
