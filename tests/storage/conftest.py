"""Library files for the tests of storage, on each driver."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from helpers.blank import blank
from helpers.library import SmallLibrary, Time, build
from helpers.shelf import Shelf
from perpusdesk.storage.database import Engine
from perpusdesk.storage.library import Library, Sources

MakeLibrary = Callable[[str], Library]


@pytest.fixture(params=list(Engine), ids=str)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Both drivers, one after the other."""
    made: Engine = request.param
    return made


@pytest.fixture
def make(tmp_path: Path, engine: Engine) -> Iterator[MakeLibrary]:
    """Return a function that makes an empty library in a folder of a name."""
    made: list[Library] = []

    def build_one(name: str = "library") -> Library:
        made.append(blank(tmp_path / name, engine=engine))
        return made[-1]

    yield build_one
    for library in made:
        library.close()


@pytest.fixture
def shelf(tmp_path: Path, engine: Engine) -> Shelf:
    """Empty libraries, as many as a law wants."""
    return Shelf(tmp_path, engine)


@pytest.fixture
def small(tmp_path: Path, engine: Engine) -> Iterator[SmallLibrary]:
    """The small library (see ``helpers.library``), open and still."""
    made = build(tmp_path / "small", engine)
    yield made
    made.library.close()


@pytest.fixture
def time() -> Time:
    """A clock that stands still until the test lets time pass."""
    return Time()


@pytest.fixture
def sources(time: Time) -> Sources:
    """Time from that clock, and real chance."""
    return Sources(time.wall_ms, time.uptime_ms)
