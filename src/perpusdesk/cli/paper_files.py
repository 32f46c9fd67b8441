"""Where the papers of the command line go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from perpusdesk.cli.context import Context, InputError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _


def finish(
    context: Context, out: Path, pdf: bytes, rows: int, facts: Mapping[str, Any] | None = None
) -> None:
    """Write a paper where it was asked for, and tell what came of it (``facts``: in JSON too)."""
    try:
        write_atomically(out, pdf)
    except OSError as error:
        message = _("The file {file} cannot be written here.").format(file=out)
        raise InputError("out", message) from error
    document: dict[str, Any] = {"file": str(out), "bytes": len(pdf), "rows": rows, **(facts or {})}
    context.show(document, *_said(out))


def _said(out: Path) -> Sequence[str]:
    return (_("Written: {file}").format(file=out),)
