"""Where things are: the program's own resources and the user's data folders.

A packed program with a file ``portable.txt`` beside it is **portable**: library, settings and log
are then in ``Data`` beside the program, on a stick for instance. Keys never are: they stay with the
computer, in its keyring or in the user's own folder (``keys_folder``).
"""

from __future__ import annotations

import sys
from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

APP = "PerpusDesk"
PORTABLE_MARK = "portable.txt"
PORTABLE_DATA = "Data"

_ELSEWHERE_IN_SOURCE = {"manual": ("docs", "pengguna")}
"""Resources that lie at a place of their own in the source tree."""


def is_frozen() -> bool:
    """Tell whether this is a packed program: then ``sys.executable`` is itself and no Python."""
    return bool(getattr(sys, "frozen", False))


def resources(*parts: str) -> Path:
    """Return the path of a shipped resource, in source, wheel and frozen form alike."""
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parent.parent
    shipped = (
        *((Path(frozen) / "perpusdesk" / "_resources",) if frozen else ()),
        package / "_resources",
    )
    root: Path | None = next((path for path in shipped if path.is_dir()), None)
    if root is not None:
        return root.joinpath(*parts)
    source = package.parent.parent
    if parts and parts[0] in _ELSEWHERE_IN_SOURCE:
        return source.joinpath(*_ELSEWHERE_IN_SOURCE[parts[0]], *parts[1:])
    return source.joinpath("resources", *parts)


def portable_data() -> Path | None:
    """Return the folder of all data of a portable program, ``None`` for an installed one."""
    if not is_frozen():
        return None
    beside = Path(sys.executable).resolve().parent
    return beside / PORTABLE_DATA if (beside / PORTABLE_MARK).is_file() else None


def _own_folder() -> Path:
    return portable_data() or user_data_path(APP, appauthor=False, roaming=False)


def default_data_folder() -> Path:
    """Return the per-user folder that holds the library when none is named."""
    return _own_folder() / "library"


def demo_data_folder() -> Path:
    """Return the folder of the demo library, apart from any real one."""
    return _own_folder() / "demo"


def is_carried(folder: Path) -> bool:
    """Tell whether a portable program carries this folder along with it."""
    carried = portable_data()
    return carried is not None and carried in _whole(folder).parents


def keys_folder(folder: Path) -> Path:
    """Return where secrets of a data folder are kept in files, if there is no keyring.

    Beside it; but for one that a portable program carries along in the user's folder of this
    computer, so that whoever finds a stick finds no key.
    """
    if not is_carried(folder):
        return folder.parent / f"{folder.name}.keys"
    return user_data_path(APP, appauthor=False, roaming=False) / "portable.keys"


def kept_as(folder: Path) -> str:
    """Return how settings name a folder: a portable program's own by its place below its data."""
    carried = portable_data()
    if carried is None or not is_carried(folder):
        return str(folder)
    return _whole(folder).relative_to(carried).as_posix()


def kept_folder(kept: str) -> Path:
    """Return the folder that settings name: a stick may have another letter or place today."""
    carried = portable_data()
    return Path(kept) if carried is None else carried / kept


def _whole(folder: Path) -> Path:
    try:
        return folder.resolve()
    except OSError:
        return folder.absolute()


def log_folder() -> Path:
    """Return the folder of the rotating log and of reports about faults."""
    carried = portable_data()
    return user_log_path(APP, appauthor=False) if carried is None else carried / "logs"


def settings_file() -> Path:
    """Return the file of this device's settings."""
    carried = portable_data()
    place = user_config_path(APP, appauthor=False) if carried is None else carried
    return place / "settings.toml"
