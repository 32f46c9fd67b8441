"""The library's own numbers as data: what its cards, copies and inventory numbers look like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from perpusdesk.domain.codes import Alphabet, Check, CodeMask, CodeUse
from perpusdesk.services.desk import Desk

MASKS_SETTING: Final = "code_masks"
_LONGEST: Final = 64


def code_masks(desk: Desk) -> tuple[CodeMask, ...]:
    """Return the masks of the library's settings; an entry that cannot be used is passed over.

    Each entry names ``use`` and ``length``, and may name ``prefix``, ``suffix``, ``alphabet`` and
    ``check``.
    """
    entries = desk.settings.get(MASKS_SETTING, [])
    if not isinstance(entries, list):
        return ()
    found = (_mask(entry) for entry in entries if isinstance(entry, dict))
    return tuple(mask for mask in found if mask is not None)


def _mask(entry: Mapping[str, Any]) -> CodeMask | None:
    try:
        mask = CodeMask(
            use=CodeUse(entry["use"]),
            length=int(entry["length"]),
            prefix=str(entry.get("prefix", "")),
            suffix=str(entry.get("suffix", "")),
            alphabet=Alphabet(entry.get("alphabet", Alphabet.DIGITS)),
            check=Check(entry.get("check", Check.NONE)),
        )
    except (KeyError, ValueError, TypeError):
        return None
    return mask if len(mask.prefix + mask.suffix) < mask.length <= _LONGEST else None
