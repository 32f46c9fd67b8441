"""Numbers that are written as a digit, a word or a Roman numeral (*kelas 5*, *V*, *lima*)."""

from __future__ import annotations

from typing import Final

_WORDS: Final = (
    "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas duabelas".split()
)
_ROMANS: Final = (
    "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi".split()
)


def _groups() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for number, roman in enumerate(_ROMANS, start=1):
        group = [str(number), roman]
        if number <= len(_WORDS):
            group.append(_WORDS[number - 1])
        for name in group:
            found[name] = tuple(other for other in group if other != name)
    return found


_SAME: Final = _groups()


def same_numbers(word: str) -> tuple[str, ...]:
    """Return the other ways to write this number, up to 21; nothing for other words."""
    return _SAME.get(word, ())
