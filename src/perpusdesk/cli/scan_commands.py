"""The codes in pictures or a video, as the webcam's path reads them."""

from __future__ import annotations

from pathlib import Path

import typer

from perpusdesk.cli.context import Context, print_list
from perpusdesk.common.i18n import _


def add(app: typer.Typer, context: Context) -> None:
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
