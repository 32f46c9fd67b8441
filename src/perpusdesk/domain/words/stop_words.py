"""Words that are everywhere: they decide nothing while a query has other words."""

from __future__ import annotations

from typing import Final

STOP_WORDS: Final = frozenset(
    "yang dan di ke dari untuk pada dalam dengan oleh atau serta sebagai terhadap tentang bagi"
    " ini itu para sang si antara atas akan adalah agar the of and in a an to for on with by"
    " dgn yg dlm utk pd".split()
)
