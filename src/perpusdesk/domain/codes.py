"""The codes a library prints itself: masks for card and copy numbers, and check characters.

A mask is data that the library configures ("our copies are B and six digits"); the scanning
side uses it to trust a read and to tell a card from a copy, the printing side to make new
numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

DIGITS = "0123456789"
CODE39 = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"


class CodeUse(StrEnum):
    """What a number of the library stands for."""

    MEMBER = "member"
    COPY = "copy"
    INVENTORY = "inventory"


class Alphabet(StrEnum):
    """The characters between a mask's prefix and suffix."""

    DIGITS = "digits"
    LETTERS_DIGITS = "letters_digits"


class Check(StrEnum):
    """How the last character proves the others."""

    NONE = "none"
    MOD10 = "mod10"  # Luhn: the 14-digit numbers of many library systems
    EAN = "ean"  # weights 3 and 1 from the right, as on goods and ITF-14
    MOD11 = "mod11"  # weights 2, 3, 4 ... from the right, ten is X, as ISBN-10
    MOD43 = "mod43"  # Code 39's own check character


def luhn(body: str) -> str:
    """Return the Luhn digit of a string of digits."""
    doubled = (int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(body)))
    return str(-sum(value // 10 + value % 10 for value in doubled) % 10)


def ean_digit(body: str) -> str:
    """Return the EAN/UPC/ITF-14 digit of a string of digits."""
    return str(-(3 * sum(map(int, body[::-2])) + sum(map(int, body[-2::-2]))) % 10)


def mod11(body: str) -> str:
    """Return the ISBN-10 style digit of a string of digits (``X`` for ten)."""
    rest = -sum(int(digit) * (n + 2) for n, digit in enumerate(reversed(body))) % 11
    return "X" if rest == 10 else str(rest)


def mod43(body: str) -> str:
    """Return the Code 39 check character of a string of Code 39 characters."""
    return CODE39[sum(CODE39.index(character) for character in body) % 43]


_CHECKERS: Mapping[Check, tuple[str, Callable[[str], str]]] = MappingProxyType(
    {
        Check.MOD10: (DIGITS, luhn),
        Check.EAN: (DIGITS, ean_digit),
        Check.MOD11: (DIGITS, mod11),
        Check.MOD43: (CODE39, mod43),
    }
)


def check_character(check: Check, body: str) -> str:
    """Return the character that proves ``body``; empty for ``Check.NONE``.

    Characters that the scheme does not know (a letter prefix before a digit check) are left
    out of the sum, as label printers do.
    """
    if check is Check.NONE:
        return ""
    known, checker = _CHECKERS[check]
    return checker("".join(character for character in body if character in known))


@dataclass(frozen=True, slots=True)
class CodeMask:
    """How one kind of number looks: ``prefix`` + characters + check + ``suffix``.

    ``length`` counts all of them. Letters are compared as upper case.
    """

    use: CodeUse
    length: int
    prefix: str = ""
    suffix: str = ""
    alphabet: Alphabet = Alphabet.DIGITS
    check: Check = Check.NONE

    def matches(self, text: str) -> bool:
        """Tell whether ``text`` is such a number, its check character included."""
        code, head, tail = text.upper(), self.prefix.upper(), self.suffix.upper()
        if len(code) != self.length or not (code.startswith(head) and code.endswith(tail)):
            return False
        core = code[: len(code) - len(tail)] if tail else code
        if len(core) <= len(head):
            return False
        body, check = (core, "") if self.check is Check.NONE else (core[:-1], core[-1])
        middle = body[len(head) :]
        return self._allows(middle) and check == check_character(self.check, body)

    def make(self, number: int) -> str:
        """Return the code of a running number; ``ValueError`` when it does not fit."""
        room = self.length - len(self.prefix) - len(self.suffix) - (self.check is not Check.NONE)
        digits = str(number)
        if number < 0 or len(digits) > room:
            raise ValueError(f"{number} does not fit into {room} digits")
        body = self.prefix + digits.zfill(room)
        return body + check_character(self.check, body.upper()) + self.suffix

    def _allows(self, middle: str) -> bool:
        if not middle.isascii():
            return False
        return middle.isdigit() if self.alphabet is Alphabet.DIGITS else middle.isalnum()


def uses_of(text: str, masks: Iterable[CodeMask]) -> tuple[CodeUse, ...]:
    """Return what ``text`` can stand for by the library's masks, in their order, each once."""
    return tuple(dict.fromkeys(mask.use for mask in masks if mask.matches(text)))
