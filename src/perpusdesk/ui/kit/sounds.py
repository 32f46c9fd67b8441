"""Four short sounds, each with a twin on the screen; silent where a computer has no sound.

If several apply to one scan only the most urgent plays.
"""

from __future__ import annotations

import array
import contextlib
import shutil
import sys
import tempfile
import wave
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import IntEnum
from pathlib import Path
from typing import Final

from PySide6.QtCore import QProcess

from perpusdesk.common.paths import resources

Player = Callable[[Path], None]

_PROGRAMS: Final = (("pw-play",), ("paplay",), ("aplay", "-q"))


class Sound(IntEnum):
    """What is heard; the greater, the more urgent."""

    OK = 1
    FINE = 2
    HOLD = 3
    ATTENTION = 4

    @property
    def file(self) -> Path:
        """Return the shipped recording."""
        return resources("sounds", f"{self.name.lower()}.wav")


class Sounds:
    """Plays sounds beside the program: ``play`` returns at once and never fails."""

    def __init__(self, volume: int = 80, *, on: bool = True, player: Player | None = None) -> None:
        """``volume`` is 0..100; ``player`` replaces the computer's own (tests)."""
        self._volume, self.on = _within(volume), on
        self._player = player or usual_player()
        self._worker = ThreadPoolExecutor(1, "sound")
        self._folder = tempfile.TemporaryDirectory(prefix="perpusdesk-", ignore_cleanup_errors=True)
        self.last: Sound | None = None

    def play(self, *sounds: Sound) -> Sound | None:
        """Play the most urgent of ``sounds``; return it (``None``: off, or nothing to play)."""
        if not sounds or not self.on or self._volume == 0:
            return None
        self.last = max(sounds)
        self._worker.submit(self._play, self.last, self._volume)
        return self.last

    def set_volume(self, volume: int) -> None:
        """Play at ``volume`` (0..100) from now on."""
        self._volume = _within(volume)

    def close(self) -> None:
        """Stop playing and tidy up."""
        self._worker.shutdown(wait=True, cancel_futures=True)
        self._folder.cleanup()

    def _play(self, sound: Sound, volume: int) -> None:
        with contextlib.suppress(OSError, RuntimeError):
            self._player(self._at_volume(sound, volume))

    def _at_volume(self, sound: Sound, volume: int) -> Path:
        if volume == 100:
            return sound.file
        made = Path(self._folder.name) / f"{sound.name}-{volume}.wav"
        if not made.exists():
            softer(sound.file, made, volume)
        return made


def softer(source: Path, target: Path, volume: int) -> None:
    """Write the 16-bit recording ``source`` at ``volume`` percent to ``target``."""
    with wave.open(str(source), "rb") as read:
        layout = read.getparams()
        samples = array.array("h", read.readframes(layout.nframes))
    quieter = array.array("h", (sample * volume // 100 for sample in samples))
    with wave.open(str(target), "wb") as written:
        written.setparams(layout)
        written.writeframes(quieter.tobytes())


def usual_player() -> Player:
    """Return this computer's way to play a file; one that does nothing where there is none."""
    if sys.platform == "win32":
        return _play_on_windows
    for program, *options in _PROGRAMS:
        if found := shutil.which(program):
            return _by_program([found, *options])
    return lambda _path: None


def _by_program(command: list[str]) -> Player:
    def play(path: Path) -> None:
        process = QProcess()
        process.setProgram(command[0])
        process.setArguments([*command[1:], str(path)])
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.startDetached()

    return play


def _play_on_windows(path: Path) -> None:
    if sys.platform == "win32":
        import winsound

        winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_NODEFAULT)


def _within(volume: int) -> int:
    return min(max(volume, 0), 100)
