"""A book's own cover stands on the desk's card; a book without one has its letters."""

from __future__ import annotations

import io

from PIL import Image

from helpers.librarian import Librarian
from helpers.library import SmallLibrary, value_of
from perpusdesk.services.cataloguing.title_cover import set_cover


def a_picture(colour: tuple[int, int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (200, 300), colour).save(out, "PNG")
    return out.getvalue()


def colour_of(who: Librarian) -> tuple[int, int, int]:
    picture = who.program.desk_page._room.hero._cover.pixmap().toImage()
    seen = picture.pixelColor(picture.width() // 2, picture.height() // 4)
    return seen.red(), seen.green(), seen.blue()


def test_the_cover_of_a_lent_book_stands_on_the_card(who: Librarian, small: SmallLibrary) -> None:
    value_of(set_cover(small.desk("head"), small.titles[0], a_picture((200, 30, 40))))
    who.scan("A0001", "B0001")
    red, green, blue = colour_of(who)
    assert abs(red - 200) < 12 and abs(green - 30) < 12 and abs(blue - 40) < 12
    who.scan("B0003")
    assert colour_of(who) != (red, green, blue), "the next book has its own"
