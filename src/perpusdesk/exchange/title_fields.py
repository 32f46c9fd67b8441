"""From a title as it was read, to the fields that are kept."""

from __future__ import annotations

from typing import Any

from stdnum import isbn as isbn_numbers

from perpusdesk.domain.call_numbers import propose_call_number
from perpusdesk.domain.codes import ean_digit, mod11
from perpusdesk.domain.words.entry import SOURCES, TitleTexts
from perpusdesk.exchange.title_record import TitleRecord


def title_fields(record: TitleRecord) -> dict[str, Any]:
    """Return the fields of a title; its call number is the record's own, or a proposal."""
    proposal = propose_call_number(
        record.title, record.author, record.classification, corporate=record.author_is_corporate
    )
    return {
        "title": record.title,
        "subtitle": record.subtitle,
        "author": display_name(record.author) or record.responsibility,
        "responsibility": record.responsibility,
        "other_authors": "; ".join(record.other_authors),
        "isbn": " ".join(isbn13(number) for number in record.isbn),
        "publisher": record.publisher,
        "place": record.place,
        "year": str(record.year) if record.year else "",
        "language": record.language,
        "classification": record.classification,
        "call_number": record.call_number_from_record or proposal,
        "edition": record.edition,
        "extent": record.extent,
        "series": record.series,
        "subjects": "; ".join(record.subjects),
        "material": record.material,
        "abstract": record.summary,
        "issn": record.issn,
        "marc": record.marc,
    }


def title_texts(record: TitleRecord) -> TitleTexts:
    """Return what people search of a title that keeps these fields."""
    fields = title_fields(record)
    return TitleTexts(*(fields.get(name) or "" for name in SOURCES))


def display_name(heading: str) -> str:
    """Return a heading (``Hirata, Andrea``) as people say the name (``Andrea Hirata``)."""
    last, comma, first = heading.partition(", ")
    return f"{first} {last}" if comma and "," not in first else heading


def isbn13(number: str) -> str:
    """Return the 13 digits of a valid ISBN; one with a wrong check digit stays as it is."""
    body = number[:-1]
    if body.isascii() and body.isdigit():
        if len(body) == 12:
            return number
        if len(body) == 9 and number[-1] == mod11(body):
            return f"978{body}{ean_digit(f'978{body}')}"
    if not isbn_numbers.is_valid(number):
        return number
    return str(isbn_numbers.to_isbn13(isbn_numbers.compact(number)))
