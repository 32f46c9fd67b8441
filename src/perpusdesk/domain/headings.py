"""Headings (tajuk) of the library's list: names and subjects with the forms that lead to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perpusdesk.domain.words.normal import joined

KINDS: Final = ("person", "body", "meeting", "topic", "place", "genre", "title")
NAMES: Final = ("person", "body", "meeting")
SUBJECTS: Final = ("topic", "place", "person", "body", "meeting", "genre", "title")
JOINT: Final = " - "


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a kind (``KINDS``).

    ``display`` is how people say it (empty: as it stands); ``variants`` are forms from which one
    is sent here; ``broader`` and ``related`` are other headings; ``scheme`` names the list that it
    comes from.
    """

    kind: str
    heading: str
    display: str = ""
    variants: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    scheme: str = ""
    note: str = ""


def heading_key(kind: str, text: str) -> str:
    """Return by what two headings are taken for one."""
    return f"{kind}|{joined(text)}"


def joined_headings(there: Heading, come: Heading) -> Heading:
    """Return a heading with what another one of the same name knows besides."""
    known = {joined(text) for text in (there.heading, *there.variants)}
    more = tuple(text for text in come.variants if joined(text) not in known)
    if joined(come.heading) not in known:
        more = (come.heading, *more)
    return Heading(
        kind=there.kind,
        heading=there.heading,
        display=there.display or come.display,
        variants=(*there.variants, *more),
        broader=tuple(dict.fromkeys((*there.broader, *come.broader))),
        related=tuple(dict.fromkeys((*there.related, *come.related))),
        scheme=there.scheme or come.scheme,
        note=there.note or come.note,
    )


def replaced_subject(subject: str, former: str, new: str) -> str:
    """Return a subject with its first part, or all of it, changed to another heading."""
    if subject == former:
        return new
    if subject.startswith(former + JOINT):
        return new + subject[len(former) :]
    return subject
