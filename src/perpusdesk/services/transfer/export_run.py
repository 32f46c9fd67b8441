"""Moving out: titles, copies and members in the formats that other programs take."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.whole_file import Beside
from perpusdesk.exchange import sheet_write as sheets
from perpusdesk.exchange import slims_csv, xml_write
from perpusdesk.exchange.export_rows import ExportCopy, ExportMember, ExportTitle
from perpusdesk.exchange.marc_record import of_pymarc
from perpusdesk.exchange.marc_text import parse
from perpusdesk.exchange.marc_titles import title_of
from perpusdesk.exchange.marc_write import marc_fields
from perpusdesk.exchange.marcxml import as_iso2709
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.cataloguing.titles import title_fields
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.export_formats import ExportFormat
from perpusdesk.storage.queries import exports

_EVERY: Final = 100
_DERIVED: Final = frozenset({"marc", "material", "call_number", "cover"})


@dataclass(slots=True)
class Exported:
    """What went out: the files, how much, and the titles that the format cannot hold."""

    format: ExportFormat
    files: list[Path] = field(default_factory=list)
    titles: int = 0
    copies: int = 0
    members: int = 0
    refused: list[UUID] = field(default_factory=list)
    stopped: bool = False


def export(
    desk: Desk,
    path: Path,
    format_: ExportFormat,
    only: Sequence[UUID] | None = None,
    *,
    people: bool = True,
    progress: Callable[[int], object] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Exported:
    """Write the library (``only``: these titles) to a file; a file that is there is replaced.

    Formats for whole libraries hold members as well, unless ``people`` is false.

    SLiMS and INLISLite get several files, named after the first. A file is whole or not there.
    ``progress`` hears how many titles and members were read so far (SLiMS reads titles twice),
    ``stop`` is asked as often: then the file at hand is not written. Raises ``KnownError`` (disk).
    """
    exported = Exported(format_)
    writers: dict[ExportFormat, Callable[[_Out, Path], None]] = {
        ExportFormat.MARC: _marc,
        ExportFormat.MARCXML: _marcxml,
        ExportFormat.OAI_DC: _oai_dc,
        ExportFormat.SLIMS: _slims,
        ExportFormat.INLISLITE: _inlislite,
        ExportFormat.XLSX: _xlsx,
        ExportFormat.CSV: _csv,
        ExportFormat.MEMBERS: _members,
    }
    out = _Out(desk, exported, only, progress or (lambda _: None), stop or (lambda: False))
    out.people = people and only is None
    try:
        writers[format_](out, path)
    except _StoppedError:
        exported.stopped = True
    return exported


class _StoppedError(Exception):
    """Somebody wants no more of it."""


class _Out:
    """Yields what goes out, and counts it."""

    def __init__(
        self,
        desk: Desk,
        exported: Exported,
        only: Sequence[UUID] | None,
        progress: Callable[[int], object],
        stop: Callable[[], bool],
    ) -> None:
        self.desk = desk
        self.exported = exported
        self._only = only
        self._progress, self._stop = progress, stop
        self._read = 0
        self.people = True

    def titles(self) -> Iterator[ExportTitle]:
        for id_, values, copies in exports.titles(self.desk.library, self._only):
            self.exported.titles += 1
            self.exported.copies += len(copies)
            self._tell()
            yield export_title(id_, values, copies)

    def members(self) -> Iterator[ExportMember]:
        for values in exports.members(self.desk.library):
            self.exported.members += 1
            self._tell()
            yield ExportMember(**values)

    def _tell(self) -> None:
        self._read += 1
        if self._read % _EVERY == 0:
            self._progress(self._read)
            if self._stop():
                raise _StoppedError

    def write(self, path: Path, lines: Iterable[bytes]) -> None:
        """Write a file beside its place and put it there when it is whole."""
        with Beside(path) as beside, beside.open("wb") as file:
            file.writelines(lines)
        self.exported.files.append(path)

    def sheet(self, path: Path, heads: Sequence[sheets.Cells], lines: Iterable[Any]) -> None:
        """Write a workbook in the same way."""
        with Beside(path) as beside:
            sheets.write_sheet(beside, heads, lines)
        self.exported.files.append(path)

    def table(self, path: Path, head: Sequence[str], lines: Iterable[sheets.Cells]) -> None:
        """Write a CSV file in the same way."""
        with Beside(path) as beside, beside.open("w", newline="", encoding="utf-8") as text:
            writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
            writer.writerow(head)
            writer.writerows(lines)
        self.exported.files.append(path)


def export_title(id_: UUID, values: dict[str, Any], copies: list[dict[str, Any]]) -> ExportTitle:
    """Return a title as it goes out, from its row and those of its copies."""
    known = {one.name for one in fields(ExportTitle)} & values.keys()
    said = {name: values[name] or "" for name in known if name != "marc"}
    marc = bytes(values["marc"] or b"")
    heading, corporate, changed = _heading(marc, values)
    made = tuple(
        ExportCopy(**{name: value for name, value in copy.items() if value is not None})
        for copy in copies
    )
    return ExportTitle(
        id=str(id_),
        **said,
        marc=marc,
        heading=heading,
        corporate=corporate,
        changed=changed,
        copies=made,
    )


def _heading(marc: bytes, values: dict[str, Any]) -> tuple[str, bool, frozenset[str]]:
    """Return the author's heading, and which fields were changed since the record came."""
    author_now = str(values["author"] or "")
    record = parse(marc)[0] if marc else None
    read = title_of(of_pymarc(record), marc, frozenset()) if record else None
    if record is None or not isinstance(read, TitleRecord):
        return author_now, False, frozenset()
    then = title_fields(read)
    changed = frozenset(
        name
        for name, value in then.items()
        if name not in _DERIVED and str(value or "") != str(values.get(name) or "")
    )
    heading, corporate = read.author, read.author_is_corporate
    if "author" in changed or not heading:
        return author_now if "author" in changed else heading, False, changed
    return heading, corporate, changed


# -- the formats --------------------------------------------------------------------------------


def _marc(out: _Out, path: Path) -> None:
    def records() -> Iterator[bytes]:
        for title in out.titles():
            data = as_iso2709(*marc_fields(title, out.desk.now()))
            if data is None:
                out.exported.titles -= 1
                out.exported.copies -= len(title.copies)
                out.exported.refused.append(UUID(title.id))
            else:
                yield data

    out.write(path, records())


def _marcxml(out: _Out, path: Path) -> None:
    def texts() -> Iterator[str]:
        yield xml_write.MARC_BEGIN
        for title in out.titles():
            yield xml_write.marc_xml(*marc_fields(title, out.desk.now()))
        yield xml_write.MARC_END

    out.write(path, (text.encode() for text in texts()))


def _oai_dc(out: _Out, path: Path) -> None:
    def texts() -> Iterator[str]:
        yield xml_write.DC_BEGIN
        for title in out.titles():
            yield xml_write.dublin_core(title)
        yield xml_write.DC_END

    out.write(path, (text.encode() for text in texts()))


def _slims(out: _Out, path: Path) -> None:
    def named(part: str) -> Path:
        return path.with_name(f"{path.stem}_{part}.csv")

    out.table(named("biblio"), slims_csv.BIBLIO, map(sheets.slims_title, out.titles()))
    counted = out.exported.titles, out.exported.copies
    items = (line for title in out.titles() for line in sheets.slims_items(title))
    out.table(named("item"), slims_csv.ITEM, items)
    out.exported.titles, out.exported.copies = counted
    if out.people:
        out.table(named("member"), slims_csv.MEMBER, map(sheets.slims_member, out.members()))


def _inlislite(out: _Out, path: Path) -> None:
    def lines() -> Iterator[sheets.Cells]:
        number = 1
        for title in out.titles():
            made = sheets.inlis_rows(title, number)
            number += len(made)
            yield from made

    groups = [sheets.INLIS_GROUPS.get(place, "") for place in range(len(sheets.INLIS_HEADER))]
    out.sheet(path, [groups, sheets.INLIS_HEADER], lines())
    if out.people:
        people = (
            sheets.inlis_member(member, number)
            for number, member in enumerate(out.members(), start=1)
        )
        beside = path.with_name(f"{path.stem}_anggota{path.suffix}")
        out.sheet(beside, [sheets.INLIS_MEMBERS], people)


def _xlsx(out: _Out, path: Path) -> None:
    lines = (line for title in out.titles() for line in sheets.title_rows(title))
    out.sheet(path, [sheets.TITLE_HEADER], lines)


def _csv(out: _Out, path: Path) -> None:
    lines = (line for title in out.titles() for line in sheets.title_rows(title))
    out.table(path, sheets.TITLE_HEADER, lines)


def _members(out: _Out, path: Path) -> None:
    lines = map(sheets.member_row, out.members())
    if path.suffix.lower() == ".csv":
        out.table(path, sheets.MEMBER_HEADER, lines)
    else:
        out.sheet(path, [sheets.MEMBER_HEADER], lines)
