"""Headings out of a file into the library's list: first a look, then for good, undoable as one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.headings import Heading, heading_key, joined_headings
from perpusdesk.domain.ids import named_id
from perpusdesk.services.cataloguing.headings import heading_fields
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.transfer.import_rights import may_import
from perpusdesk.storage.queries import headings as find
from perpusdesk.storage.queries import imports

VERB: Final = "import_headings"
FORMAT: Final = "headings"
_PART: Final = 500
_SHOWN: Final = 20


@dataclass(slots=True)
class HeadingReport:
    """What a file has, against the library's list.

    ``new`` are not there yet, ``filled`` get variants or notes besides, ``known`` are there as
    they are; ``refused`` are rows that say nothing, by their numbers. ``sample`` are some new ones.
    ``run`` names the import when it was done for good (``undo_heading_run`` takes it back).
    """

    read: int = 0
    new: int = 0
    filled: int = 0
    known: int = 0
    refused: list[int] = field(default_factory=list)
    by_kind: dict[str, int] = field(default_factory=dict)
    sample: list[Heading] = field(default_factory=list)
    run: UUID | None = None


_Known = dict[str, tuple[UUID, Heading]]
_Write = tuple[UUID, dict[str, Any], bool]


def _read(path: Path, kind: str) -> Iterator[Any]:
    from perpusdesk.exchange.heading_files import read_headings  # slow to import

    yield from read_headings(path, kind)


def preview_headings(desk: Desk, path: Path, kind: str = "topic") -> HeadingReport:
    """Return what importing a file would come to; nothing is written.

    ``kind`` is that of headings of which the file does not tell it. Raises ``KnownError``.
    """
    report = HeadingReport()
    for _ in _writes(desk, _read(path, kind), report):
        pass
    return report


def import_headings(
    desk: Desk,
    path: Path,
    kind: str = "topic",
    *,
    progress: Callable[[int], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Done[HeadingReport] | Refused:
    """Import the headings of a file in committed parts; ``progress`` hears how many are done.

    Broken off by ``stop``, what was done stays, and importing again goes on. ``RIGHT_MISSING``;
    raises ``KnownError``.
    """
    refusal = may_import(desk)
    if refusal is not None:
        return refusal
    report = HeadingReport(run=desk.library.new_id())
    assert report.run is not None
    writes = _writes(desk, _read(path, kind), report)
    _mark(desk, imports.BEGUN, report.run, format=FORMAT, files=path.name)
    done = 0
    while part := list(itertools.islice(writes, _PART)):
        action = desk.action(VERB)
        action.event(imports.BATCH, imports.RUN, report.run)
        for id_, fields, fresh in part:
            action.set("heading", id_, fields, fresh=fresh)
        desk.commit(action)
        done += len(part)
        if progress:
            progress(done)
        if stop and stop():
            break
    _mark(desk, imports.ENDED, report.run, read=report.read)
    return Done(report, None, VERB, frozenset({"heading"}))


def _mark(desk: Desk, kind: str, run: UUID, **payload: Any) -> None:
    action = desk.action("import")
    action.event(kind, imports.RUN, run, **payload)
    desk.commit(action)


def _writes(desk: Desk, rows: Iterable[Heading | int], report: HeadingReport) -> Iterator[_Write]:
    """Yield what has to be written for these rows, and count them."""
    known: _Known = {}
    used: set[UUID] = set()
    for id_, heading in find.every_heading(desk.library):
        _know(known, id_, heading)
    for row in rows:
        report.read += 1
        if isinstance(row, int):
            report.refused.append(row)
            continue
        report.by_kind[row.kind] = report.by_kind.get(row.kind, 0) + 1
        there = known.get(heading_key(row.kind, row.heading))
        if there is None:
            yield _new(desk, row, known, used, report)
            continue
        id_, mine = there
        together = joined_headings(mine, row)
        if together == mine:
            report.known += 1
            continue
        report.filled += 1
        before, after = heading_fields(mine), heading_fields(together)
        _know(known, id_, together)
        yield id_, {n: v for n, v in after.items() if v != before[n]}, False


def _new(desk: Desk, row: Heading, known: _Known, used: set[UUID], report: HeadingReport) -> _Write:
    report.new += 1
    if len(report.sample) < _SHOWN:
        report.sample.append(row)
    id_ = named_id("heading", heading_key(row.kind, row.heading))
    taken = id_ in used or desk.library.ops_of(id_)
    id_ = desk.library.new_id() if taken else id_
    used.add(id_)
    _know(known, id_, row)
    return id_, {name: value for name, value in heading_fields(row).items() if value}, not taken


def _know(known: _Known, id_: UUID, heading: Heading) -> None:
    known[heading_key(heading.kind, heading.heading)] = (id_, heading)
    for variant in heading.variants:
        known.setdefault(heading_key(heading.kind, variant), (id_, heading))
