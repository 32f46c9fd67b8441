"""Labels of the fields of the short form, and of a title's fields in its history."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

_LABELS: Final = {
    "title": N_("Title"),
    "subtitle": N_("Subtitle"),
    "part_number": N_("Part number"),
    "part_name": N_("Part title"),
    "responsibility": N_("Statement of responsibility"),
    "author": N_("Main author"),
    "author_kind": N_("Kind of author"),
    "other_authors": N_("Other authors"),
    "other_bodies": N_("Organisations"),
    "edition": N_("Edition"),
    "place": N_("Place of publication"),
    "publisher": N_("Publisher"),
    "year": N_("Year"),
    "pages": N_("Pages or extent"),
    "illustrations": N_("Illustrations"),
    "dimensions": N_("Size"),
    "accompanying": N_("Accompanying material"),
    "isbn": N_("ISBN"),
    "issn": N_("ISSN"),
    "ismn": N_("ISMN"),
    "series": N_("Series"),
    "series_number": N_("Number in series"),
    "audience": N_("Audience"),
    "contents": N_("Contents"),
    "bibliography": N_("Bibliography note"),
    "thesis": N_("Thesis note"),
    "abstract": N_("Abstract"),
    "notes": N_("Notes"),
    "variant_titles": N_("Other titles"),
    "link": N_("Link"),
    "frequency": N_("Frequency"),
    "former_frequency": N_("Former frequency"),
    "numbering": N_("Numbering"),
    "earlier_title": N_("Continues"),
    "later_title": N_("Continued by"),
    "scale": N_("Scale"),
    "projection": N_("Projection"),
    "coordinates": N_("Coordinates"),
    "performers": N_("Performers"),
    "system": N_("System requirements"),
    "base_material": N_("Material it is written on"),
    "owner": N_("Owner and provenance"),
    "acquisition": N_("How it was acquired"),
    "language_note": N_("Language and script"),
    "original_language": N_("Original language"),
    "subjects": N_("Subjects"),
    "classification": N_("Class number"),
    "call_number": N_("Call number"),
    "language": N_("Language"),
    "country": N_("Country"),
    "tags": N_("Tags"),
    "local_content": N_("Local content"),
    # further fields of a title
    "extent": N_("Physical description"),
    "material": N_("Kind of material"),
    "cover": N_("Cover"),
    "marc": N_("MARC record"),
    "merged_into": N_("Merged into"),
    "removed_why": N_("Reason of removal"),
}


def field_label(name: str) -> str:
    """Return the label of a field; ``marc/245`` is told as the field 245 of the record."""
    whole, _slash, part = name.partition("/")
    if whole == "marc" and part:
        return _("MARC field {tag}").format(tag=part[:3] if part != "leader" else "LDR")
    return _(_LABELS[whole]) if whole in _LABELS else name
