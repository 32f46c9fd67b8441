"""What this device is set to: each setting declared once, with type, default, limits and text.

The library's rules are not here but in its database; window places are Qt's own matter.
"""

from __future__ import annotations

import contextlib
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, Literal, get_args, get_type_hints

import tomli_w

from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import DEFAULT_LANGUAGE, N_

Value = str | int | bool


def _declare(default: Any, text: str, limits: tuple[int, int] | None = None) -> Any:
    return field(default=default, metadata={"text": text, "limits": limits})


@dataclass(frozen=True)
class Settings:
    """The settings of one device."""

    language: Literal["id", "en"] = _declare(DEFAULT_LANGUAGE, N_("Language"))
    text_size: int = _declare(100, N_("Text size in percent"), (90, 150))
    colour_scheme: Literal["system", "light", "dark", "high_contrast"] = _declare(
        "system", N_("Colours")
    )
    sounds: bool = _declare(True, N_("Sounds when scanning"))
    volume: int = _declare(80, N_("Volume in percent"), (0, 100))
    camera: str = _declare("", N_("Camera (empty: the first one found)"))
    camera_on: bool = _declare(False, N_("Camera is on"))
    mirror_camera: bool = _declare(False, N_("Show the camera picture mirrored"))
    scanner_gap_ms: int = _declare(
        80, N_("Longest pause between a scanner's keys in ms"), (10, 500)
    )
    scanner_prefix: str = _declare("", N_("Text the scanner sends before each code"))
    scanner_suffix: str = _declare("", N_("Text the scanner sends after each code"))
    scanner_ends_alone: bool = _declare(False, N_("The scanner sends no Enter after a code"))
    scanner_pace_us: int = _declare(
        0, N_("Mean time between the scanner's keys in µs (0: unknown)"), (0, 500_000)
    )
    slip_printer: str = _declare("", N_("Slip printer (empty: none)"))
    slip_width: Literal[58, 80] = _declare(58, N_("Paper width of slips in mm"))
    lock_after: int = _declare(10, N_("Lock the desk after so many minutes (0: never)"), (0, 240))
    start_as_kiosk: bool = _declare(False, N_("Start as guest book (kiosk)"))
    look_for_updates: bool = _declare(False, N_("Look for newer versions at the library's server"))
    updates_asked: bool = _declare(False, N_("Whether to look for newer versions was asked"))
    data_folder: str = _declare("", N_("Data folder (empty: the usual place)"))


@dataclass(frozen=True)
class Declaration:
    """What a settings screen needs to know about one setting; ``text`` is an English msgid."""

    name: str
    kind: type[str] | type[int] | type[bool]
    default: Value
    text: str
    choices: tuple[Value, ...]
    limits: tuple[int, int] | None

    def accepts(self, value: object) -> bool:
        """Tell whether ``value`` has the declared type and lies within choices and limits."""
        if type(value) is not self.kind or (self.choices and value not in self.choices):
            return False
        if self.limits is None or not isinstance(value, int):
            return True
        return self.limits[0] <= value <= self.limits[1]


def _declaration(declared: Field[Any], hint: Any) -> Declaration:
    default: Any = declared.default
    return Declaration(
        name=declared.name,
        kind=type(default),
        default=default,
        text=declared.metadata["text"],
        choices=get_args(hint),
        limits=declared.metadata["limits"],
    )


DECLARATIONS: Final[Mapping[str, Declaration]] = {
    declared.name: _declaration(declared, get_type_hints(Settings)[declared.name])
    for declared in fields(Settings)
}


class SettingsFile:
    """The settings as kept in one TOML file.

    A file that cannot be understood is set aside (``set_aside`` names it) and the defaults hold; a
    single value that cannot be used counts as its default. Keys this program does not know stay.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.set_aside: Path | None = None
        self._guard = threading.Lock()
        self.values = _usable(self._read())

    def change(self, **changes: Value) -> Settings:
        """Write ``changes`` and return the settings that now hold; from any thread.

        Raises ValueError for a setting or value that is not declared, and what
        ``write_atomically`` raises; the settings then stay as they were.
        """
        for name, value in changes.items():
            if name not in DECLARATIONS or not DECLARATIONS[name].accepts(value):
                raise ValueError(f"not a setting or not its value: {name}={value!r}")
        with self._guard:
            content = {**self._read(), **changes}
            write_atomically(self.path, tomli_w.dumps(content).encode())
            self.values = _usable(content)
            return self.values

    def _read(self) -> dict[str, Any]:
        try:
            return tomllib.loads(self.path.read_text("utf-8"))
        except (ValueError, RecursionError):
            self._move_away()
        except OSError:
            pass
        return {}

    def _move_away(self) -> None:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.broken-{number}")).exists():
            number += 1
        with contextlib.suppress(OSError):
            self.path.rename(aside)
            self.set_aside = aside


def _usable(content: Mapping[str, Any]) -> Settings:
    return Settings(
        **{
            name: content[name]
            for name, declaration in DECLARATIONS.items()
            if name in content and declaration.accepts(content[name])
        }
    )
