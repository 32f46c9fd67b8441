"""What happened, step by step: on the screen, in ``log.txt`` and, for programs, in ``log.json``."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from installers.version import version

LABEL: Final = "REHEARSAL UNDER WINE. Not for distribution."
CANNOT_SHOW: Final = (
    "real Windows at all: its loader, file locks, rights, updates, languages and time zones",
    "Windows' own ICU, colour profiles and list of networks (Wine has stand-ins or none)",
    "fonts of Windows, and screens with several scales (DPI)",
    "printers, cameras, barcode scanners, sounds",
    "virus scanners, SmartScreen and signatures",
    "the interpreter of a release: this one is put together (docs/developers/rehearsal.md)",
    "numpy of a release: this one is built by another compiler from the same source",
)
GOOD, BAD = 0, 1


class BrokenPromiseError(Exception):
    """Something is not as the rehearsal expects it; the text says what."""


def expect(kept: object, promise: str) -> None:
    """Raise ``BrokenPromiseError`` with ``promise`` unless ``kept`` is true."""
    if not kept:
        raise BrokenPromiseError(f"not kept: {promise}")


@dataclass
class Record:
    """Plays steps and writes them down into ``folder``; after a failed one, no other is played."""

    folder: Path
    steps: list[dict[str, object]] = field(default_factory=list)
    figures: dict[str, object] = field(default_factory=dict)
    failed: bool = False

    def __post_init__(self) -> None:
        """Begin a new log."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.log.write_text("", "utf-8")
        self.tell(f"PerpusDesk {version()}: {LABEL}")

    @property
    def log(self) -> Path:
        """Return the file that people read."""
        return self.folder / "log.txt"

    def tell(self, line: str) -> None:
        """Write a line for people."""
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
        with self.log.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")

    def play(self, name: str, step: Callable[[], object]) -> None:
        """Play one step; what it returns, unless ``None``, is told beside its name."""
        if self.failed:
            return
        began = time.monotonic()
        told, ok = "", True
        try:
            said = step()
            told = "" if said is None else str(said)
        except Exception as error:
            self.failed, ok = True, False
            told = f"{type(error).__name__}: {error}"
            self._trace()
        seconds = round(time.monotonic() - began, 1)
        self.steps.append({"name": name, "ok": ok, "seconds": seconds, "told": told})
        self.tell(
            f"{'ok    ' if ok else 'FAILED'} {seconds:6.1f} s  {name}{': ' * bool(told)}{told}"
        )

    def _trace(self) -> None:
        with self.log.open("a", encoding="utf-8") as file:
            traceback.print_exc(file=file)

    def close(self) -> int:
        """Write the summary and return the exit code."""
        seconds = sum(float(str(step["seconds"])) for step in self.steps)
        summary = {
            "label": LABEL,
            "version": version(),
            "passed": not self.failed,
            "seconds": round(seconds, 1),
            "cannot_show": CANNOT_SHOW,
            "figures": self.figures,
            "steps": self.steps,
        }
        text = json.dumps(summary, ensure_ascii=False, indent=2)
        (self.folder / "log.json").write_text(f"{text}\n", "utf-8")
        self.tell("What this cannot show:")
        for what in CANNOT_SHOW:
            self.tell(f"  - {what}")
        self.tell(f"{'FAILED' if self.failed else 'All passed'}, {seconds:.0f} s. {LABEL}")
        return BAD if self.failed else GOOD
