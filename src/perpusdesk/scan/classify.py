"""What a text means, as far as it can be told without a database.

The desk looks a number up afterwards: ``Guess.readings`` are the texts to try, in order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from stdnum import isbn as isbn_numbers

from perpusdesk.domain.codes import CodeMask, CodeUse, uses_of
from perpusdesk.scan import layouts
from perpusdesk.scan.types import Symbology
from perpusdesk.scan.wedge import MAX_LENGTH

SHOWN: Final = 60
"""Characters of a text that is too long which are kept, to show what it was."""

COMMAND_MARK: Final = ">"

_SPACE: Final = re.compile(r"[^\S\x1c-\x1f]+")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_NUMBER: Final = re.compile(r"(?=.*\d)[A-Za-z0-9][A-Za-z0-9./_\-+$%]{2,31}")
_WEB: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_ISBN_LABEL: Final = re.compile(r"^(?:e-?)?isbn(?:-1[03])?[:\s]*", re.IGNORECASE)
_CODABAR_ENDS: Final = re.compile(r"[A-D](.+)[A-D]", re.IGNORECASE)


class Kind(StrEnum):
    """What a text seems to be."""

    EMPTY = "empty"
    COMMAND = "command"
    NUMBER = "number"  # a card, copy or inventory number; ``uses`` says which by the masks
    ISBN = "isbn"
    URL = "url"
    TEXT = "text"
    TOO_LONG = "too_long"
    CONTROL = "control"  # characters that no code and no title has


@dataclass(frozen=True, slots=True)
class Guess:
    """What was understood.

    ``text`` is the text made plain (command without its mark, ISBN as 13 digits). ``uses`` is
    empty for a number that fits no mask. ``isbn_valid`` is False for an ISBN whose check digit
    is wrong (some books are printed so). ``addon`` is the price add-on printed beside an ISBN.
    ``repaired`` tells that Caps Lock, Shift or a keyboard layout had changed the keys.
    """

    kind: Kind
    text: str
    uses: tuple[CodeUse, ...] = ()
    readings: tuple[str, ...] = ()
    isbn_valid: bool = True
    addon: str = ""
    repaired: bool = False


def understand(
    text: str, masks: Iterable[CodeMask] = (), symbology: Symbology = Symbology.UNKNOWN
) -> Guess:
    """Say what ``text`` (typed, scanned or read by camera) seems to be; never fails."""
    if len(text) > MAX_LENGTH:
        return Guess(Kind.TOO_LONG, _shown(text))
    plain = _SPACE.sub(" ", _INVISIBLE.sub("", text)).strip(" ")
    if not plain:
        return Guess(Kind.EMPTY, "")
    if not plain.isprintable():
        return Guess(Kind.CONTROL, _shown(plain))
    if plain.startswith(COMMAND_MARK):
        return Guess(Kind.COMMAND, plain.removeprefix(COMMAND_MARK).strip())
    return _understand_code(plain, tuple(masks), symbology)


def _understand_code(plain: str, masks: tuple[CodeMask, ...], symbology: Symbology) -> Guess:
    guess = _own_number(plain, masks, symbology) or _isbn(plain)
    if guess is not None:
        return guess
    if symbology is Symbology.UNKNOWN and (mended := _mended(plain, masks)):
        return mended
    if _WEB.fullmatch(plain):
        return Guess(Kind.URL, plain, readings=(plain,))
    if _NUMBER.fullmatch(plain):
        return Guess(Kind.NUMBER, plain, readings=_readings(plain, symbology))
    return Guess(Kind.TEXT, plain, readings=_readings(plain, symbology))


def _own_number(plain: str, masks: tuple[CodeMask, ...], symbology: Symbology) -> Guess | None:
    for reading in _readings(plain, symbology):
        if uses := uses_of(reading, masks):
            others = dict.fromkeys((reading, *_readings(plain, symbology)))
            return Guess(Kind.NUMBER, reading, uses, readings=tuple(others))
    return None


def _mended(plain: str, masks: tuple[CodeMask, ...]) -> Guess | None:
    """Return the number or ISBN that a keyboard mishap hid."""
    for reading in layouts.readings(plain)[1:]:
        guess = _own_number(reading, masks, Symbology.UNKNOWN) or _isbn(reading)
        if guess is not None and guess.isbn_valid:
            return replace(guess, repaired=True, readings=(*guess.readings, plain))
    return None


def _isbn(plain: str) -> Guess | None:
    bare = _ISBN_LABEL.sub("", plain)
    labelled = bare != plain
    digits = re.sub(r"[\s\-–]", "", bare).upper()
    digits, addon = _without_addon(digits)
    thirteen = re.fullmatch(r"97[89]\d{10}", digits) is not None
    if not (thirteen or re.fullmatch(r"\d{9}[\dX]", digits)):
        return None
    if isbn_numbers.is_valid(digits):
        number = str(isbn_numbers.to_isbn13(digits))
        return Guess(Kind.ISBN, number, readings=_distinct(number, digits, plain), addon=addon)
    if thirteen or labelled:
        return Guess(Kind.ISBN, digits, readings=_distinct(digits, plain), isbn_valid=False)
    return None


def _without_addon(digits: str) -> tuple[str, str]:
    found = re.fullmatch(r"(97[789]\d{10})(\d{5}|\d{2})", digits)
    return (found[1], found[2]) if found else (digits, "")


def _readings(plain: str, symbology: Symbology) -> tuple[str, ...]:
    """Return the forms in which a library may have stored what was read."""
    ends = _CODABAR_ENDS.fullmatch(plain) if symbology is Symbology.CODABAR else None
    zero = "0" + plain if symbology is Symbology.UPCA else plain
    return _distinct(plain, ends[1] if ends else plain, zero, plain.upper())


def _distinct(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))


def _shown(text: str) -> str:
    """Return the beginning of a text, with nothing in it that upsets a label."""
    start = text[:SHOWN]
    return "".join(character if character.isprintable() else "\ufffd" for character in start)
