"""Headings out of files: tables, MARC authority records, a SLiMS dump.

MARC 21 Format for Authority Data: 1XX is the heading, 4XX what leads to it, 5XX what is related
(with g in subfield w: broader), 040 $f the list.
"""

from __future__ import annotations

import io
import lzma
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.headings import JOINT, KINDS, Heading
from perpusdesk.domain.marc.record import RawField, RawRecord
from perpusdesk.exchange import isbd
from perpusdesk.exchange.columns import key_of
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.marc_stream import pieces
from perpusdesk.exchange.record_files import stream_of
from perpusdesk.exchange.sql_dump import DumpReader
from perpusdesk.exchange.tables import Table, tables

_TAGS: Final = {"00": "person", "10": "body", "11": "meeting", "30": "title", "50": "topic"}
_TAGS_MORE: Final = {"51": "place", "55": "genre"}
_COLUMNS: Final = {
    "heading": "tajuk heading nama name subjek subject topik topic istilah term pengarang author",
    "kind": "jenis kind type tipe",
    "variants": "varian variants lihatdari seefrom uf bukan gunakanuntuk usefor sinonim rujukan",
    "broader": "bt istilahluas broader",
    "related": "rt istilahterkait related lihatjuga seealso",
    "display": "tampilan display",
    "scheme": "daftar scheme sumber source",
    "note": "catatan note keterangan scopenote",
}
_NAMES: Final = {key: name for name, keys in _COLUMNS.items() for key in keys.split()}
_KINDS: Final = {
    "orang": "person",
    "perorangan": "person",
    "pengarang": "person",
    "badan": "body",
    "badankorporasi": "body",
    "pertemuan": "meeting",
    "topik": "topic",
    "subjek": "topic",
    "tempat": "place",
    "geografis": "place",
    "genre": "genre",
    "p": "person",
    "o": "body",
    "c": "meeting",
    "t": "topic",
    "g": "place",
    "n": "person",
    "gr": "genre",
}
_DUMP: Final = {
    "mst_author": ["author_id", "author_name", "author_year", "authority_type", "auth_list"],
    "mst_topic": ["topic_id", "topic", "topic_type", "auth_list", "classification"],
    "mst_voc_ctrl": ["vocabolary_id", "topic_id", "rt_id", "related_topic_id"],
}
_SIGN: Final = "|"


def read_headings(path: Path, kind: str = "topic") -> Iterator[Heading | int]:
    """Yield the headings of a file; a number is that of a row or record that says nothing.

    ``kind`` is that of headings of which the file does not tell it. Raises ``KnownError``
    (UNREADABLE_FILE, DAMAGED).
    """
    name = path.name.lower().removesuffix(".gz").removesuffix(".xz")
    try:
        if name.endswith(".sql"):
            yield from _dump(path)
        elif name.endswith((".mrc", ".marc", ".iso", ".dat")):
            yield from _authorities(path)
        else:
            for table in tables(path, frozenset(_NAMES)):
                yield from _rows(table, kind)
    except (OSError, EOFError, lzma.LZMAError) as error:
        cause = str(error)
        raise KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=cause) from error


# -- MARC authority records -----------------------------------------------------------------------


def _authorities(path: Path) -> Iterator[Heading | int]:
    with stream_of(path) as stream:
        for number, piece in enumerate(pieces(stream), start=1):
            record = None if piece.too_long else raw_of(piece.data)
            yield (_authority(record) if record else None) or number


def _authority(record: RawRecord) -> Heading | None:
    kinds = {**_TAGS, **_TAGS_MORE}
    own = [one for one in record.fields if one.tag[0] == "1" and one.tag[1:] in kinds]
    if not own or not _text(own[0]):
        return None
    more = [one for one in record.fields if one.tag[0] in "45" and one.tag[1:] in kinds]
    see = [_text(one) for one in more if one.tag[0] == "4"]
    also = [one for one in more if one.tag[0] == "5"]
    broader = [_text(one) for one in also if one.first("w")[:1] == "g"]
    related = [_text(one) for one in also if one.first("w")[:1] not in ("g", "h")]
    notes = [isbd.prose(text) for one in record.all("680") for text in one.get("ai")]
    sources = [text for one in record.all("040") for text in one.get("f")]
    return Heading(
        kind=kinds[own[0].tag[1:]],
        heading=_text(own[0]),
        variants=_unique(see),
        broader=_unique(broader),
        related=_unique(related),
        scheme=next(iter(sources), ""),
        note=" ".join(notes),
    )


def _text(field: RawField) -> str:
    """Return a heading as titles have it: names joined, subdivisions behind a dash."""
    name = [isbd.clean(text) for text in field.get("ab")]
    joint = " " if field.tag.endswith("00") else ". "
    parts = [joint.join(filter(None, name)), *map(isbd.clean, field.get("vxyz"))]
    return JOINT.join(filter(None, parts))


def _unique(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


# -- tables ---------------------------------------------------------------------------------------


def _rows(table: Table, kind: str) -> Iterator[Heading | int]:
    names = [_NAMES.get(key_of(cell), "") for cell in table.header]
    if "heading" not in names:
        names = ["heading", "variants", "kind"]
    for number, cells in table.rows:
        said = dict(zip(names, cells, strict=False))
        text = " ".join(said.get("heading", "").split())
        if not text:
            yield number
            continue
        told = _KINDS.get(key_of(said.get("kind", "")), said.get("kind", "").strip().lower())
        yield Heading(
            kind=told if told in KINDS else kind,
            heading=text,
            display=said.get("display", "").strip(),
            variants=_parted(said.get("variants", "")),
            broader=_parted(said.get("broader", "")),
            related=_parted(said.get("related", "")),
            scheme=said.get("scheme", "").strip(),
            note=said.get("note", "").strip(),
        )


def _parted(cell: str) -> tuple[str, ...]:
    texts = cell.replace("\n", ";").replace(_SIGN, ";").split(";")
    return _unique([" ".join(text.split()) for text in texts])


# -- SLiMS ----------------------------------------------------------------------------------------


def _dump(path: Path) -> Iterator[Heading | int]:
    topics: dict[str, Heading] = {}
    ties: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with stream_of(path) as raw:
        text = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="\n")
        for number, row in enumerate(DumpReader(text, _DUMP, _DUMP).rows(), start=1):
            said = {name: value or "" for name, value in row.values.items()}
            if row.table == "mst_author":
                yield _author(said) or number
            elif row.table == "mst_topic" and said.get("topic"):
                kind = _KINDS.get(said.get("topic_type", "").lower(), "topic")
                topics[said["topic_id"]] = Heading(kind, said["topic"], scheme="SLiMS")
            elif row.table == "mst_voc_ctrl":
                tie = (said.get("rt_id", ""), said.get("related_topic_id", ""))
                ties[said.get("topic_id", "")].append(tie)
    yield from _tied(topics, ties)


def _author(said: dict[str, str]) -> Heading | None:
    name = " ".join(said.get("author_name", "").split())
    kind = _KINDS.get(said.get("authority_type", "").lower(), "person")
    return Heading(kind, name, scheme="SLiMS") if name else None


def _tied(
    topics: dict[str, Heading], ties: dict[str, list[tuple[str, str]]]
) -> Iterator[Heading | int]:
    """Turn SLiMS' ties (U, UF, BT, NT, RT, SA) into variants, broader and related headings."""
    instead: dict[str, str] = {}
    for id_, found in ties.items():
        for how, other in found:
            if id_ not in topics or other not in topics:
                continue
            text, mine = topics[other].heading, topics[id_]
            if how == "U":
                instead[id_] = other
            elif how == "UF":
                instead[other] = id_
            elif how == "BT":
                topics[id_] = replace(mine, broader=(*mine.broader, text))
            elif how in ("RT", "SA"):
                topics[id_] = replace(mine, related=(*mine.related, text))
    for away, kept in instead.items():
        if kept not in instead:
            mine = topics[kept]
            topics[kept] = replace(mine, variants=(*mine.variants, topics[away].heading))
    yield from (heading for id_, heading in topics.items() if id_ not in instead)
