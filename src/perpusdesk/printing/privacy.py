"""What a paper that is left on a table may say of a person."""

from __future__ import annotations


def short_name(name: str) -> str:
    """Return the first name and initials: ``Siti Nurhaliza Rahman`` is ``Siti N. R.``."""
    words = name.split()
    if not words:
        return ""
    first = next((index for index, word in enumerate(words) if _is_a_name(word)), 0)
    initials = [f"{word[0].upper()}." for word in words[first + 1 :] if word[0].isalpha()]
    return " ".join([*words[: first + 1], *initials])


def _is_a_name(word: str) -> bool:
    return len(word.strip(".,")) > 1 and not word.endswith(".")


def mask_card(card: str) -> str:
    """Return at most the last four characters of the card number: ``****0123``."""
    shown = min(4, len(card) // 2)
    return "*" * min(4, len(card) - shown) + card[len(card) - shown :]
