"""Ways in which disks, sticks and cables damage a file."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

PAGE = 4096

Damage = Callable[[Random, bytearray, bytes], bytearray]
"""Gets the content and some other file of the same kind; returns the damaged content."""


def flip_one(random: Random, data: bytearray, _other: bytes) -> bytearray:
    """Flip one bit."""
    data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def flip_some(random: Random, data: bytearray, _other: bytes) -> bytearray:
    """Flip up to thirty bits anywhere."""
    for _ in range(random.randint(2, 30)):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def zero(random: Random, data: bytearray, _other: bytes) -> bytearray:
    """Put zeros in the place of a stretch: a sector, a page, some pages."""
    start = random.randrange(len(data))
    length = random.choice([1, 16, 512, PAGE, 4 * PAGE, 20 * PAGE])
    if random.random() < 0.5:
        start = start // 512 * 512
    end = min(start + length, len(data))
    data[start:end] = bytes(end - start)
    return data


def noise(random: Random, data: bytearray, _other: bytes) -> bytearray:
    """Write nonsense over a stretch."""
    start = random.randrange(len(data))
    end = min(start + random.choice([8, 512, PAGE, 3 * PAGE]), len(data))
    data[start:end] = random.randbytes(end - start)
    return data


def truncate(random: Random, data: bytearray, _other: bytes) -> bytearray:
    """Cut the end off, at any byte or at a page."""
    length = random.randrange(len(data))
    if random.random() < 0.5:
        length = length // PAGE * PAGE
    return data[:length]


def duplicate(random: Random, data: bytearray, _other: bytes) -> bytearray:
    """Write one page in the place of another."""
    one, two = _two_pages(random, data)
    data[two : two + PAGE] = data[one : one + PAGE]
    return data


def swap(random: Random, data: bytearray, _other: bytes) -> bytearray:
    """Let two pages change places."""
    one, two = _two_pages(random, data)
    first, second = data[one : one + PAGE], data[two : two + PAGE]
    if len(first) == len(second):
        data[one : one + PAGE], data[two : two + PAGE] = second, first
    return data


def foreign(random: Random, data: bytearray, other: bytes) -> bytearray:
    """Put a page of another file in the place of one."""
    start = random.randrange(max(len(data) // PAGE, 1)) * PAGE
    page = other[start : start + PAGE] or other[:PAGE]
    end = min(start + len(page), len(data))
    data[start:end] = page[: end - start]
    return data


def _two_pages(random: Random, data: bytearray) -> tuple[int, int]:
    pages = max(len(data) // PAGE, 1)
    return random.randrange(pages) * PAGE, random.randrange(pages) * PAGE


KINDS: dict[str, Damage] = {
    one.__name__: one
    for one in (flip_one, flip_some, zero, noise, truncate, duplicate, swap, foreign)
}
