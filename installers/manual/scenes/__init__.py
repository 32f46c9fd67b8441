"""What is played for the pictures, one module for each part of the manual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

from installers.manual.clock import Clock
from installers.manual.home import Home
from installers.manual.scenes.beginning import beginning
from installers.manual.scenes.desk import desk
from installers.manual.scenes.keeping import backup, key, privacy
from installers.manual.scenes.labels import labels
from installers.manual.scenes.moving import inlislite, slims
from installers.manual.scenes.van import van
from perpusdesk.exchange.demo_plan import DemoSize

Scene = Callable[[Home], object]

SCENES: Final[dict[str, Scene]] = {
    "beginning": beginning,
    "desk": desk,
    "slims": slims,
    "inlislite": inlislite,
    "van": van,
    "labels": labels,
    "key": key,
    "backup": backup,
    "privacy": privacy,
}


def play(
    work: Path, out: Path, only: Iterable[str] | None = None, size: float = 1.0
) -> Iterator[Path]:
    """Play the scenes and yield each picture that was made. Raises ``KeyError`` for no scene."""
    home = Home(work, out, DemoSize().scaled(size))
    for name in only or SCENES:
        home.clock = Clock()
        SCENES[name](home)
        yield from home.made
        home.made.clear()
