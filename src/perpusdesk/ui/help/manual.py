"""The pages of the manual as they are shipped: contents, sections, headings, plain words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from perpusdesk.common.paths import resources

HOME: Final = "README.md"
"""The page with the table of contents; also what is shown where nothing fits."""

_HEADING: Final = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_FENCE: Final = re.compile(r"\s*(```|~~~)")
_ITEM: Final = re.compile(r"(?:[-*]|\d+\.)\s+(\[.*?\))(?::.*|\.?)")
_ENTRY: Final = re.compile(r"\[([^\]]+)\]\(([\w-]+\.md)\)")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_RULE: Final = re.compile(r"[\s|:-]+")
_MARKS: Final = re.compile(r"\*\*|__|`|^\s*(?:[-*+]|\d+\.|>)\s+|(?<!\w)\*(?=\w)|(?<=\w)\*(?!\w)")
_NOT_IN_ANCHOR: Final = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents; ``group`` is the heading it stands under, or empty."""

    page: str
    title: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page and the plain words up to the next; ``place`` counts from 0."""

    page: str
    place: int
    level: int
    heading: str
    anchor: str
    text: str


class Manual:
    """The pages of a folder, each read when it is first asked for."""

    def __init__(self, folder: Path | None = None) -> None:
        """``folder`` holds the pages (default: those that are shipped)."""
        self.folder = folder or resources("manual")
        self._texts: dict[str, str] = {}
        self._sections: dict[str, tuple[Section, ...]] = {}

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The contents, in the order of the manual's own table."""
        return tuple(_entries(self.text(HOME)))

    @property
    def pages(self) -> tuple[str, ...]:
        """The names of all pages, the first one before those of the contents."""
        return (HOME, *(entry.page for entry in self.entries))

    def text(self, page: str) -> str:
        """Return the Markdown of a page; nothing where it cannot be read."""
        if page not in self._texts:
            self._texts[page] = self._read(page)
        return self._texts[page]

    def sections(self, page: str) -> Sequence[Section]:
        """Return the sections of a page in order; nothing for a page that is not there."""
        if page not in self._sections:
            self._sections[page] = tuple(_sections(page, self.text(page)))
        return self._sections[page]

    def title(self, page: str) -> str:
        """Return what the contents call a page, else its own heading."""
        for entry in self.entries:
            if entry.page == page:
                return entry.title
        sections = self.sections(page)
        return sections[0].heading if sections else page

    def place_of(self, page: str, anchor: str) -> int:
        """Return which heading of a page an anchor means, counted from 0; -1 for none."""
        return next((one.place for one in self.sections(page) if one.anchor == anchor), -1)

    def _read(self, page: str) -> str:
        path = self.folder / page
        if path.parent != self.folder:
            return ""
        try:
            return path.read_text("utf-8")
        except OSError:
            return ""


def anchor_of(heading: str) -> str:
    """Return the anchor of a heading, as links in the pages write it."""
    return _NOT_IN_ANCHOR.sub("", plain(heading).lower()).replace(" ", "-")


def plain(line: str) -> str:
    """Return the words of a line of Markdown, without its marks."""
    return _MARKS.sub("", _LINK.sub(r"\1", line)).strip()


def _entries(text: str) -> Iterator[Entry]:
    group = ""
    for line in text.splitlines():
        heading = _HEADING.fullmatch(line)
        if heading is not None and len(heading[1]) > 1:
            group = plain(heading[2])
        item = _ITEM.fullmatch(line.strip())
        for title, page in _ENTRY.findall(item[1]) if item is not None else ():
            yield Entry(page, title, group)


def _sections(page: str, text: str) -> Iterator[Section]:
    """Part a page at its headings; what looks like one in a block of code is none."""
    level, heading, said = 0, "", []
    place, fenced, seen = -1, False, dict[str, int]()
    for line in [*text.splitlines(), "# end"]:
        fenced ^= _FENCE.match(line) is not None
        found = None if fenced else _HEADING.fullmatch(line)
        if found is None:
            said.append(line)
            continue
        if place >= 0:
            anchor = _once(anchor_of(heading), seen)
            yield Section(page, place, level, heading, anchor, _words(said))
        level, heading, said = len(found[1]), plain(found[2]), []
        place += 1


def _once(anchor: str, seen: dict[str, int]) -> str:
    """Return the anchor, numbered where a heading came before."""
    count = seen.get(anchor, 0)
    seen[anchor] = count + 1
    return f"{anchor}-{count}" if count else anchor


def _words(lines: Sequence[str]) -> str:
    kept = (line for line in lines if not _FENCE.match(line) and not _RULE.fullmatch(line))
    cells = (line.strip().strip("|").replace("|", " · ") for line in kept)
    return " ".join(" ".join(plain(line) for line in cells).split())
