"""What a library can have before its camera: which reads to believe at once, doubt, or drop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from perpusdesk.domain.codes import Alphabet, Check, CodeMask
from perpusdesk.scan.types import Code, Symbology

SHORTEST = 3
SHORTEST_ITF = 6
"""Characters: anything shorter is a piece of something else."""

_PROVEN = frozenset({Symbology.QR, Symbology.DATAMATRIX, Symbology.AZTEC, Symbology.PDF417})
_CHECKED = frozenset({Symbology.CODE128, Symbology.CODE93})  # EAN's one digit lets misreads by
_NEVER = frozenset({Symbology.EAN8, Symbology.UPCE, Symbology.DATABAR, Symbology.UNKNOWN})


class Expected:
    """Judges reads by the library's own masks and by what any library can have."""

    def __init__(self, masks: Iterable[CodeMask] = ()) -> None:
        self._masks = tuple(masks)
        digits = (mask for mask in self._masks if mask.alphabet is Alphabet.DIGITS)
        self._itf = frozenset(m.length for m in digits if not m.prefix.strip("0123456789"))

    def judge(self, code: Code, *, averaged: bool = False) -> Code | None:
        """Return ``code`` with its confidence, ``None`` when no library has such a code.

        ``averaged`` tells that it comes from averaged rows, where zxing's own comparison of
        two lines proves nothing; a second frame has to.
        """
        if code.symbology in _NEVER or not self._possible(code):
            return None
        return replace(code, confident=self._proves_itself(code, averaged))

    def _possible(self, code: Code) -> bool:
        length = len(code.text.strip())
        if code.symbology is Symbology.ITF:
            return length in self._itf if self._itf else length >= SHORTEST_ITF
        return length >= SHORTEST or (code.symbology in _PROVEN and length > 0)

    def _proves_itself(self, code: Code, averaged: bool) -> bool:
        if code.symbology in _PROVEN or self._checked_by_mask(code.text):
            return True
        return code.symbology in _CHECKED and not averaged

    def _checked_by_mask(self, text: str) -> bool:
        return any(mask.check is not Check.NONE and mask.matches(text) for mask in self._masks)
