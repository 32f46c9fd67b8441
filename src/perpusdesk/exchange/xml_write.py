"""Titles as MARCXML and as Dublin Core (oai_dc), written one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from perpusdesk.exchange.export_rows import ExportTitle, parts

if TYPE_CHECKING:
    from pymarc import Field

_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
XML_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
MARC_BEGIN: Final = f'{XML_HEAD}<collection xmlns="http://www.loc.gov/MARC21/slim">\n'
MARC_END: Final = "</collection>\n"
DC_BEGIN: Final = (
    f'{XML_HEAD}<records xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
)
DC_END: Final = "</records>\n"


def marc_xml(leader: str, fields: list[Field]) -> str:
    """Return one ``record`` element."""
    lines = ["<record>", f"<leader>{leader}</leader>"]
    for field in fields:
        tag = _attribute(field.tag)
        if field.tag.startswith("00"):
            lines.append(f"<controlfield tag={tag}>{_text(field.data or '')}</controlfield>")
            continue
        one, two = _attribute(str(field.indicator1)), _attribute(str(field.indicator2))
        lines.append(f"<datafield tag={tag} ind1={one} ind2={two}>")
        lines += [
            f"<subfield code={_attribute(code)}>{_text(value)}</subfield>"
            for code, value in field.subfields
        ]
        lines.append("</datafield>")
    return "\n".join([*lines, "</record>\n"])


def dublin_core(title: ExportTitle) -> str:
    """Return one ``oai_dc:dc`` element with those of the fifteen elements that are known."""
    whole = f"{title.title} : {title.subtitle}" if title.subtitle else title.title
    values = [
        ("title", whole),
        ("creator", title.heading),
        *(("subject", subject) for subject in parts(title.subjects)),
        ("subject", title.classification),
        ("description", title.edition),
        ("publisher", f"{title.place} : {title.publisher}".strip(" :")),
        *(("contributor", name) for name in parts(title.other_authors)),
        ("date", title.year),
        ("type", "Text"),
        ("format", title.extent),
        ("identifier", f"urn:uuid:{title.id}"),
        *(("identifier", f"urn:isbn:{isbn}") for isbn in title.isbn.split()),
        ("source", title.call_number),
        ("language", title.language),
        ("relation", title.series),
        ("coverage", ""),
        ("rights", ""),
    ]
    said = [f"<dc:{name}>{_text(value)}</dc:{name}>" for name, value in values if value]
    return "\n".join(["<oai_dc:dc>", *said, "</oai_dc:dc>\n"])


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", text))


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))
