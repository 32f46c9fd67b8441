"""The pages as they are shipped: contents, headings, anchors, and links that lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from perpusdesk.ui.help.manual import HOME, Entry, Manual, anchor_of, plain

LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.fixture(scope="module")
def shipped() -> Manual:
    return Manual()


@pytest.fixture
def small(tmp_path: Path) -> Manual:
    (tmp_path / HOME).write_text(
        "# Panduan\n\n## Meja\n\n- [Pinjam](pinjam.md): begini.\n- [Kembali](kembali.md)\n\n"
        "## Lain\n\n1. [Cetak](cetak.md) dan [Stiker](stiker.md).\n"
        "2. [Rak](rak.md): lihat [Cetak](cetak.md).\n",
        "utf-8",
    )
    (tmp_path / "pinjam.md").write_text(
        "# Meminjamkan\n\nTekan `F4`, **lalu** lihat [kembali](kembali.md#slip).\n\n"
        "```\n# bukan judul\n```\n\n## Slip\n\n"
        "| tombol | arti |\n|---|---|\n| `Ctrl+P` | cetak |\n\n"
        "## Slip\n\nLagi.\n",
        "utf-8",
    )
    return Manual(tmp_path)


def test_the_contents_are_those_of_the_first_page_under_their_headings(small: Manual) -> None:
    assert small.entries == (
        Entry("pinjam.md", "Pinjam", "Meja"),
        Entry("kembali.md", "Kembali", "Meja"),
        Entry("cetak.md", "Cetak", "Lain"),
        Entry("stiker.md", "Stiker", "Lain"),
        Entry("rak.md", "Rak", "Lain"),
    )
    assert small.pages[:3] == (HOME, "pinjam.md", "kembali.md")


def test_a_page_is_parted_at_its_headings_and_not_in_code(small: Manual) -> None:
    first, slip, again = small.sections("pinjam.md")
    assert (first.heading, first.level, first.text) == (
        "Meminjamkan",
        1,
        "Tekan F4, lalu lihat kembali. # bukan judul",
    )
    assert (slip.anchor, again.anchor) == ("slip", "slip-1")
    assert slip.text == "tombol · arti Ctrl+P · cetak"


def test_an_anchor_leads_to_its_heading(small: Manual) -> None:
    assert small.place_of("pinjam.md", "slip") == 1
    assert small.place_of("pinjam.md", "slip-1") == 2
    assert small.place_of("pinjam.md", "hilang") == -1


def test_a_page_that_is_not_there_is_empty(small: Manual) -> None:
    assert small.text("tidak-ada.md") == ""
    assert small.sections("tidak-ada.md") == ()


@pytest.mark.parametrize("name", ["../rahasia.md", "/etc/passwd"])
def test_nothing_outside_the_folder_is_read(small: Manual, name: str) -> None:
    (small.folder.parent / "rahasia.md").write_text("# Rahasia", "utf-8")
    assert small.text(name) == ""


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Bila ditolak", "bila-ditolak"),
        ("Studio stiker (Ctrl+L)", "studio-stiker-ctrll"),
        ("Permintaan dan 3 x 24 jam", "permintaan-dan-3-x-24-jam"),
        ("Dari mana `angka` ini?", "dari-mana-angka-ini"),
    ],
)
def test_anchors_are_as_links_write_them(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor


def test_marks_are_no_words() -> None:
    assert plain("1. **Bahasa** untuk *komputer* [ini](x.md), `F1`") == (
        "Bahasa untuk komputer ini, F1"
    )


def test_every_page_that_is_shipped_is_in_the_contents_and_has_a_title(shipped: Manual) -> None:
    there = {path.name for path in shipped.folder.glob("*.md")}
    assert set(shipped.pages) == there
    assert [page for page in shipped.pages if not shipped.sections(page)] == []


def test_every_link_leads_to_a_page_a_heading_or_a_picture(shipped: Manual) -> None:
    lost = []
    for page in shipped.pages:
        for link in LINK.findall(shipped.text(page)):
            if "://" in link or link.startswith("mailto:"):
                continue
            name, mark, anchor = link.partition("#")
            target = name or page
            there = target in shipped.pages or (shipped.folder / target).is_file()
            if not there or (mark and shipped.place_of(target, anchor) < 0):
                lost.append(f"{page}: {link}")
    assert lost == []
