"""Read MARCXML record by record: a broken record costs itself and no other.

Each ``<record>`` is cut out of the text and read by itself, so that no document type, entity or
outside address is ever looked at.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO, Final
from xml.parsers import expat

from pymarc import Field, Indicators, Record, Subfield

from perpusdesk.exchange.marc_record import of_pymarc
from perpusdesk.exchange.marc_repair import Problem, build_record
from perpusdesk.exchange.marc_stream import one_read
from perpusdesk.exchange.marc_titles import BadRecord, title_of
from perpusdesk.exchange.title_record import Note, TitleRecord

_READ: Final = 1 << 16
_LARGEST: Final = 1 << 21
_BEGIN: Final = re.compile(r"<(?:[\w.-]+:)?record(?=[\s/>])")
_END: Final = re.compile(r"</(?:[\w.-]+:)?record\s*>")
_EMPTY: Final = re.compile(r"<(?:[\w.-]+:)?record\b[^<>]*/>")
_DECLARED: Final = re.compile(rb"""encoding\s*=\s*["']([\w.-]+)["']""")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NO_ENDS: Final = {0x1D: " ", 0x1E: " "}
_LEADER: Final = "00000nam a2200000   4500"


def read_xml_titles(stream: BinaryIO) -> Iterator[TitleRecord | BadRecord]:
    """Yield every record of a MARCXML file in order, good and bad; memory stays bounded."""
    for number, (offset, text, whole) in enumerate(_pieces(stream), start=1):
        read = _read(text) if whole else Problem.TORN
        if isinstance(read, TitleRecord):
            yield read
        else:
            yield BadRecord(number, offset, read, text.encode(errors="replace"))


def _pieces(stream: BinaryIO) -> Iterator[tuple[int, str, bool]]:
    """Cut out the records: place among the characters, text, and whether it has an end."""
    read = one_read(stream)
    first = read(_READ)
    decoder = codecs.getincrementaldecoder(_encoding(first))("replace")
    buffer, passed, block = "", 0, first
    while True:
        buffer += decoder.decode(block, final=not block)
        kept = 0
        while begin := _BEGIN.search(buffer, kept):
            end = _EMPTY.match(buffer, begin.start()) or _END.search(buffer, begin.end())
            if end is None:
                break
            yield passed + begin.start(), buffer[begin.start() : end.end()], True
            kept = end.end()
        begin = _BEGIN.search(buffer, kept)
        kept = begin.start() if begin else max(kept, len(buffer) - 64)
        if begin and (len(buffer) - kept > _LARGEST or not block):
            yield passed + kept, buffer[kept:], False
            kept = len(buffer)
        buffer, passed = buffer[kept:], passed + kept
        if not block:
            return
        block = read(_READ)


def _encoding(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    declared = _DECLARED.search(start[:200])
    name = declared[1].decode("ascii") if declared else "utf-8"
    try:
        codecs.lookup(name)
    except LookupError:
        return "utf-8"
    return "utf-8-sig" if name.lower() in ("utf-8", "utf8") else name


class _Reader:
    """Collects the leader and the fields of one record."""

    def __init__(self) -> None:
        self.leader = ""
        self.fields: list[Field] = []
        self._text: list[str] = []
        self._tag = ""
        self._code = ""
        self._indicators = ("", "")
        self._subfields: list[Subfield] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self._text = []
        if local in ("controlfield", "datafield"):
            self._tag = (attributes.get("tag", "") + "   ")[:3]
            self._indicators = (attributes.get("ind1", " "), attributes.get("ind2", " "))
            self._subfields = []
        elif local == "subfield":
            self._code = (attributes.get("code") or " ")[:1]

    def text(self, data: str) -> None:
        self._text.append(data)

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        said = "".join(self._text)
        if local == "leader":
            self.leader = said
        elif local == "subfield":
            self._subfields.append(Subfield(self._code, said))
        elif local == "controlfield" and self._tag.startswith("00"):
            self.fields.append(Field(self._tag, data=said))
        elif local == "datafield" and self._subfields:
            one, two = ((value or " ")[:1] for value in self._indicators)
            self.fields.append(Field(self._tag, Indicators(one, two), self._subfields))


def _read(text: str) -> TitleRecord | Problem:
    reader = _Reader()
    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = reader.start
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = reader.end
    damaged = "\ufffd" in text or _NOT_XML.search(text) is not None
    try:
        parser.Parse(_NOT_XML.sub("", text).encode(errors="replace"), True)
    except expat.ExpatError:
        return Problem.TEXT_UNREADABLE
    if not reader.fields:
        return Problem.NO_FIELDS
    marc = as_iso2709(reader.leader, reader.fields)
    if marc is None:
        return Problem.TOO_LONG
    record = Record(to_unicode=True, force_utf8=True)
    record.fields = reader.fields
    return title_of(of_pymarc(record), marc, frozenset({Note.TEXT_DAMAGED} if damaged else ()))


def as_iso2709(leader: str, fields: list[Field]) -> bytes | None:
    """Return a record in UTF-8; ``None`` when the format cannot hold it."""
    head = (leader if leader.isascii() else "").ljust(24)[:24]
    head = head if head.strip() else _LEADER
    parts = [(_tag(field.tag), _content(field)) for field in fields]
    return build_record(f"{head[:9]}a{head[10:]}".encode("ascii"), parts)


def _tag(tag: str) -> bytes:
    return tag.encode() if tag.isascii() and tag.isalnum() else b"999"


def _content(field: Field) -> bytes:
    if field.data is not None and not field.subfields:
        return field.data.translate(_NO_ENDS).encode(errors="replace")
    marks = "".join(mark if " " <= mark <= "~" else " " for mark in field.indicators or "  ")
    said = "".join(f"\x1f{_code(code)}{_clean(value)}" for code, value in field.subfields)
    return f"{marks}{said}".encode(errors="replace")


def _code(code: str) -> str:
    return code if "!" <= code <= "~" else "?"


def _clean(text: str) -> str:
    return text.translate({**_NO_ENDS, 0x1F: " "})
