"""Where things are: the program's own resources and the user's data folders."""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

APP = "PerpusDesk"

_ELSEWHERE_IN_SOURCE = {"manual": ("docs", "pengguna")}
"""Resources that lie at a place of their own in the source tree."""


def is_frozen() -> bool:
    """Tell whether this is a packed program: then ``sys.executable`` is itself and no Python."""
    return bool(getattr(sys, "frozen", False))


def resources(*parts: str) -> Path:
    """Return the path of a shipped resource, in source, wheel and frozen form alike."""
    frozen = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent.parent
    shipped = (
        *((Path(frozen) / "perpusdesk" / "_resources",) if frozen else ()),
        package / "_resources",
    )
    root = next((path for path in shipped if path.is_dir()), None)
    if root is not None:
        return root.joinpath(*parts)
    source = package.parent.parent
    if parts and parts[0] in _ELSEWHERE_IN_SOURCE:
        return source.joinpath(*_ELSEWHERE_IN_SOURCE[parts[0]], *parts[1:])
    return source.joinpath("resources", *parts)


def default_data_folder() -> Path:
    """Return the per-user folder that holds the library when none is named."""
    return user_data_path(APP, appauthor=False, roaming=False) / "library"


def demo_data_folder() -> Path:
    """Return the folder of the demo library, apart from any real one."""
    return user_data_path(APP, appauthor=False, roaming=False) / "demo"


def log_folder() -> Path:
    """Return the folder of the rotating log and of reports about faults."""
    return user_log_path(APP, appauthor=False)


def settings_file() -> Path:
    """Return the file of this device's settings."""
    return user_config_path(APP, appauthor=False) / "settings.toml"
