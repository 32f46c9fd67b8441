"""Arabic script on paper: letters joined by their neighbours, lines turned for drawing.

The PDF writer draws one letter after another from the left. So each letter is first replaced by
the form that Unicode keeps for its place in the word, and right before drawing every Arabic
stretch is turned round. Vowel signs are left out, as on most book covers.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_PLACES: Final = ("<isolated>", "<final>", "<initial>", "<medial>")
_LAM: Final = "\N{ARABIC LETTER LAM}"
_JOINER: Final = "\N{ARABIC TATWEEL}"
_VOWEL_SIGNS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_STRETCH: Final = re.compile(f"[{_LETTERS}](?:[^A-Za-z]*[{_LETTERS}])?")
_NUMBER: Final = re.compile(
    "[0-9\u0660-\u0669\u06f0-\u06f9](?:[0-9.,/\u0660-\u0669\u06f0-\u06f9]*)"
)
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@cache
def _forms() -> dict[str, dict[str, str]]:
    """Return for each letter (or lam with alef) its form by place, out of Unicode's own table."""
    forms: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFBFF), *range(0xFE80, 0xFEFD)):
        place, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        if place in _PLACES:
            base = "".join(chr(int(letter, 16)) for letter in letters)
            forms.setdefault(base, {})[place] = chr(code)
    return forms


def joined(text: str) -> str:
    """Return ``text``, still in reading order, with Arabic letters in their joined forms."""
    if not re.search(f"[{_LETTERS}]", text):
        return text
    letters = _with_lam_alef(_VOWEL_SIGNS.sub("", text))
    return "".join(
        _form(letters[index - 1] if index else "", letter, "".join(letters[index + 1 : index + 2]))
        for index, letter in enumerate(letters)
    )


def _with_lam_alef(text: str) -> list[str]:
    letters: list[str] = []
    for letter in text:
        if letters and letters[-1] == _LAM and _LAM + letter in _forms():
            letters[-1] += letter
        else:
            letters.append(letter)
    return letters


def _form(before: str, letter: str, after: str) -> str:
    forms = _forms().get(letter)
    if forms is None:
        return letter
    joins_before = _joins_next(before) and ("<final>" in forms)
    joins_after = "<initial>" in forms and _joins_previous(after)
    place = _PLACES[(1 if joins_before else 0) + (2 if joins_after else 0)]
    return forms.get(place) or forms.get("<isolated>", letter)


def _joins_next(letter: str) -> bool:
    return letter == _JOINER or "<initial>" in _forms().get(letter, {})


def _joins_previous(letter: str) -> bool:
    return letter == _JOINER or "<final>" in _forms().get(letter, {})


def turned(line: str) -> str:
    """Return a line as it must be drawn from left to right: Arabic stretches turned round."""
    return _STRETCH.sub(lambda found: _turned_stretch(found[0]), line)


def _turned_stretch(text: str) -> str:
    backwards = text[::-1].translate(_MIRRORED)
    return _NUMBER.sub(lambda found: found[0][::-1], backwards)
