"""Indonesian phone numbers as people write them, made one: for finding and for WhatsApp."""

from __future__ import annotations

import re

COUNTRY = "62"
SHORTEST, LONGEST = 7, 13
"""Digits of a number without country code and without leading zero."""

_WRITTEN = re.compile(r"\(?\+?\(?\d[\d\s().\u2010-\u2015-]*")


def normalise(text: str) -> str | None:
    """``+62`` and the number, from ``0812-…``, ``62812…``, ``+62 812…`` or ``812…``.

    The first number in the text counts; numbers with another country code stay as they are.
    ``None`` when there is no number of a possible length. Normalising twice changes nothing.
    """
    for written in _WRITTEN.findall(text):
        number = _international(written)
        if number is not None:
            return number
    return None


def is_mobile(number: str) -> bool:
    """Whether a normalised number is an Indonesian mobile phone, so that WhatsApp may reach it."""
    return number.startswith("+628")


def whatsapp_number(text: str) -> str | None:
    """Digits as a WhatsApp link wants them (``62812…``); ``None`` for landlines and nonsense."""
    number = normalise(text)
    if number is None or (number.startswith("+" + COUNTRY) and not is_mobile(number)):
        return None
    return number.removeprefix("+")


def local_form(text: str) -> str:
    """As Indonesians read it: ``0812-3456-7890``; what is no number comes back as it was."""
    number = normalise(text)
    if number is None or not number.startswith("+" + COUNTRY):
        return number or text
    digits = "0" + number.removeprefix("+" + COUNTRY)
    parts = [digits[:4], *(digits[at : at + 4] for at in range(4, len(digits), 4))]
    return "-".join(parts)


def search_key(text: str) -> str:
    """The digits by which parts of a number are found: no country code, no leading zero.

    Also for half a number typed in a search box, where ``normalise`` would know none.
    """
    digits = _digits(normalise(text) or text)
    if "+" in text or digits.startswith(("00", COUNTRY + "8")) or normalise(text) is not None:
        digits = digits.lstrip("0").removeprefix(COUNTRY)
    return digits.lstrip("0")


def _international(written: str) -> str | None:
    digits = _digits(written)
    if "+" in written or digits.startswith("00"):
        digits = digits.lstrip("0")
        if not digits.startswith(COUNTRY):
            return f"+{digits}" if SHORTEST < len(digits) <= 15 else None
        rest = digits.removeprefix(COUNTRY).lstrip("0")
    elif digits.startswith("0"):
        rest = digits.lstrip("0")
    elif digits.startswith(COUNTRY) and len(digits) >= SHORTEST + len(COUNTRY):
        rest = digits.removeprefix(COUNTRY).lstrip("0")
    elif digits.startswith("8"):
        rest = digits
    else:
        return None
    return f"+{COUNTRY}{rest}" if SHORTEST <= len(rest) <= LONGEST else None


def _digits(text: str) -> str:
    return "".join(character for character in text if character in "0123456789")
