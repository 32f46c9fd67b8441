"""Keyboard traps of scanners: Caps Lock, a stuck Shift, a layout the scanner does not know of.

A scanner presses the keys of an American keyboard; what arrives depends on the computer's own
state and layout. Each function undoes one such mishap.
"""

from __future__ import annotations

_SHIFTED = str.maketrans('!@#$%^&*()_+{}|:"<>?~', "1234567890-=[]\\;',./`")
_AZERTY_DIGITS = str.maketrans("&é\"'(-è_çà)", "1234567890-")
_QWERTZ = str.maketrans("yzYZß", "zyZY-")


def readings(typed: str) -> tuple[str, ...]:
    """Return what the scanner may have meant by ``typed``, as it is first, each once.

    All have the length of ``typed``.

    One mishap at a time: more would make a code of anything.
    """
    guesses = (
        typed,
        "".join(map(_other_case, typed)),
        typed.translate(_SHIFTED),
        typed.translate(_AZERTY_DIGITS),
        typed.translate(_QWERTZ),
    )
    return tuple(dict.fromkeys(guesses))


def _other_case(character: str) -> str:
    """Swap the case as Caps Lock does: one character stays one character."""
    other = character.swapcase()
    return other if len(other) == 1 else character
