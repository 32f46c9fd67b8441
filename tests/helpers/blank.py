"""New libraries for tests that make many: the steps of the schema run once in each test process."""

from __future__ import annotations

import functools
import tempfile
from pathlib import Path

from perpusdesk.domain.ids import uuid7
from perpusdesk.storage.database import Engine, connect
from perpusdesk.storage.library import FILE_NAME, Library, Sources
from perpusdesk.storage.meta import DEVICE, LIBRARY
from perpusdesk.storage.upgrade import make_file


def blank(
    folder: Path,
    *,
    engine: Engine = Engine.APSW,
    sources: Sources | None = None,
    library: bytes | None = None,
    device: bytes | None = None,
) -> Library:
    """Give what ``Library.create`` makes: an empty library with ids of its own, open."""
    sources = sources or Sources()
    new, own = (uuid7(sources.wall_ms(), sources.random(10)).bytes for _ in range(2))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / FILE_NAME
    file.write_bytes(_content(engine))
    database = connect(file, engine)
    try:
        for name, value in ((LIBRARY, library or new), (DEVICE, device or own)):
            database.execute_sql("update meta set value = ? where key = ?", (value, name))
    finally:
        database.close()
    return Library.open(folder, engine=engine, sources=sources)


@functools.cache
def _content(engine: Engine) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        make_file(Path(name), engine, {LIBRARY: bytes(16), DEVICE: bytes(16)})
        return (Path(name) / FILE_NAME).read_bytes()
