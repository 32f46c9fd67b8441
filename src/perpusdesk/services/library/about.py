"""What this program is and where its things are, for whoever looks after the computer."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path
from typing import Final

import apsw

from perpusdesk import __version__
from perpusdesk.common.paths import is_frozen, log_folder, portable_data, resources

NOTICES: Final = "notices.txt"
_OWN: Final = "perpusdesk"


class Form(StrEnum):
    """How the program came to this computer."""

    INSTALLED = "installed"
    PORTABLE = "portable"
    SOURCE = "source"


@dataclass(frozen=True, slots=True)
class About:
    """Versions and places; plain values."""

    version: str
    form: Form
    system: str
    parts: str
    data: Path
    logs: Path


def about(data: Path) -> About:
    """Return what there is to know; ``data`` is the folder of the library in use."""
    packed = Form.PORTABLE if portable_data() is not None else Form.INSTALLED
    return About(
        version=__version__,
        form=packed if is_frozen() else Form.SOURCE,
        system=f"{platform.system()} {platform.release()} {platform.machine()}",
        parts=f"Python {platform.python_version()}, SQLite {apsw.sqlite_lib_version()}",
        data=data,
        logs=log_folder(),
    )


def notices() -> str:
    """Return the licences of all that is shipped; from the source the packages in use.

    Reads files: not on the interface's thread.
    """
    try:
        return resources(NOTICES).read_text("utf-8")
    except OSError:
        found = {_line(one) for one in metadata.distributions()}
    return "\n".join(sorted(filter(None, found), key=str.casefold)) + "\n"


def _line(one: metadata.Distribution) -> str:
    told = one.metadata
    name = told["Name"] or ""
    if not name or name.lower() == _OWN:
        return ""
    kinds = [text for text in told.get_all("Classifier") or () if text.startswith("License ::")]
    said = told.get_all("License-Expression") or [kind.rpartition(" :: ")[2] for kind in kinds]
    return f"{name} {one.version} · {', '.join(said)}" if said else f"{name} {one.version}"
