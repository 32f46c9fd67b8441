"""Which PIN or password is good enough for somebody who works at a desk.

Six digits: whoever guesses at a desk that slows down (``wait_after``) has some 300 tries a day for
a million PINs, and what is stolen with a computer is encrypted besides. Four would fall in a month.
Anything else is a password, of eight characters or more.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Final

LEAST_DIGITS: Final = 6
LEAST_CHARACTERS: Final = 8
LONGEST: Final = 128

FREE_TRIES: Final = 3
"""Wrong ones in a row before there is a wait: people mistype."""
FIRST_WAIT_S: Final = 10
LONGEST_WAIT_S: Final = 300

_COMMON: Final = frozenset(
    (
        "112233",
        "123123",
        "123321",
        "121212",
        "131313",
        "159753",
        "147258",
        "147852",
        "258456",
        "142536",
        "456123",
        "246810",
        "135790",
        "password",
        "passw0rd",
        "qwertyui",
        "qwerty123",
        "1q2w3e4r",
        "asdfghjk",
        "perpusdesk",
        "perpustakaan",
        "pustakawan",
        "pustaka123",
        "perpus123",
        "administrator",
        "admin123",
        "rahasia123",
        "indonesia",
        "indonesia123",
        "bismillah",
        "alhamdulillah",
        "sayangku",
        "merdeka45",
        "garuda123",
    )
)
_RUNS: Final = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop")


class Weak(StrEnum):
    """Why a PIN or password is not taken."""

    SHORT_PIN = "short_pin"
    SHORT_WORD = "short_word"
    LONG = "long"
    EASY = "easy"
    OWN = "own"


def plain(secret: str) -> str:
    """Return a secret as it is compared: however the keyboard composed its letters."""
    return unicodedata.normalize("NFKC", secret).strip()


def weakness(secret: str, known: Iterable[str] = ()) -> Weak | None:
    """Return why a secret is no good (``known``: the person's name, card and so on), or nothing."""
    text = plain(secret)
    if len(text) > LONGEST:
        return Weak.LONG
    if text.isdecimal() and len(text) < LEAST_DIGITS:
        return Weak.SHORT_PIN
    if not text.isdecimal() and len(text) < LEAST_CHARACTERS:
        return Weak.SHORT_WORD
    folded = text.casefold()
    if _is_easy(folded):
        return Weak.EASY
    own = {"".join(word.casefold().split()) for word in known if word.strip()}
    return Weak.OWN if "".join(folded.split()) in own else None


def wait_after(wrong: int) -> int:
    """Return for how many seconds nothing is taken after so many wrong ones in a row.

    It doubles from ``FIRST_WAIT_S`` up to ``LONGEST_WAIT_S``, and never is for ever.
    """
    if wrong < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** min(wrong - FREE_TRIES, 10), LONGEST_WAIT_S))


def _is_easy(text: str) -> bool:
    """Whether it is on everybody's mind: a known one, a run, or a few signs again and again."""
    if text in _COMMON or any(text in run * 2 for run in _RUNS):
        return True
    return any(text == (text[:size] * len(text))[: len(text)] for size in (1, 2, 3))
