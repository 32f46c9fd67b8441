"""Templates for member, barcode and inventory numbers, and the block of numbers of each device.

A template is text with fields in braces: ``{99999}`` is the counter (so many digits at least),
``{YYMMDD}`` and other mixtures of YYYY, YY, MM, DD the date, ``{L|P}`` the sex of a member, and
``{loc}``, ``{kind}``, ``{category}``, ``{form}``, ``{source}``, ``{dev}`` the codes that the
library gave. Examples: ``{loc}{YYMMDD}{99999}``, ``{99999}{L|P}{YYYY}``, ``{99999}/PD/H/{YYYY}``.

Each device draws from its own blocks, so two vans without a network never give the same number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from perpusdesk.domain.decisions import Reason, Refused

_FIELD = re.compile(r"\{([^{}]*)\}")
_COUNTER = re.compile(r"9+")
_DATE = re.compile(r"(?:YYYY|YY|MM|DD)+")
_DATE_PART = re.compile(r"YYYY|YY|MM|DD")
_DEVICES = 100
_TURNS = 100
_WINDOW = 64
_WIDEST_WINDOW = 4_096
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_STRFTIME = {"YYYY": "%Y", "YY": "%y", "MM": "%m", "DD": "%d"}
SEX = "L|P"
CODES = frozenset({"loc", "kind", "category", "form", "source", "dev"})


class TemplateFault(StrEnum):
    """What is wrong with a template that somebody typed."""

    NO_COUNTER = "no_counter"
    TWO_COUNTERS = "two_counters"
    UNKNOWN_FIELD = "unknown_field"
    LOOSE_BRACE = "loose_brace"


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """What the fields of a template are filled from; what is missing leaves its place empty."""

    day: date
    sex: str = ""
    codes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """The counters ``first`` to ``last`` of one device; ``following`` is the next one to give."""

    first: int
    last: int
    following: int | None = None

    @property
    def left(self) -> int:
        """How many numbers the block still has."""
        return max(0, self.last - self._next + 1)

    @property
    def _next(self) -> int:
        return self.first if self.following is None else max(self.first, self.following)


@dataclass(frozen=True, slots=True)
class Row:
    """Numbers that follow each other, and the counter to go on with."""

    texts: tuple[str, ...]
    following: int | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number that was given, and the block without it."""

    text: str
    block: NumberBlock


def device_block(index: int, size: int = 10_000) -> NumberBlock:
    """The block of a device, counted from 0: 1 to 9,999, then 10,000 to 19,999 and so on."""
    return NumberBlock(max(1, index * size), (index + 1) * size - 1)


def device_blocks(
    index: int, size: int = 10_000, following: int | None = None
) -> tuple[NumberBlock, ...]:
    """The blocks of a device in the order in which they are used up: every hundredth one.

    Those before ``following``, the next number to give, are left out.
    """
    blocks = (device_block(index + turn * _DEVICES, size) for turn in range(_TURNS))
    return tuple(
        replace(block, following=following)
        for block in blocks
        if following is None or following <= block.last
    )


def template_faults(template: str) -> tuple[TemplateFault, ...]:
    """What is wrong with a template; empty when it can be used."""
    fields = _FIELD.findall(template)
    counters = sum(bool(_COUNTER.fullmatch(name)) for name in fields)
    found = {
        TemplateFault.NO_COUNTER: counters == 0,
        TemplateFault.TWO_COUNTERS: counters > 1,
        TemplateFault.UNKNOWN_FIELD: not all(_is_known(name) for name in fields),
        TemplateFault.LOOSE_BRACE: bool(set("{}") & set(_FIELD.sub("", template))),
    }
    return tuple(fault for fault, wrong in found.items() if wrong)


def fill(template: str, counter: int, facts: NumberFacts) -> str:
    """The template with its fields filled; a counter with more digits than its field is kept whole.

    Raises ``ValueError`` for a template with faults.
    """
    return _filled(template, facts, lambda width: f"{counter:0{width}d}")


def series(template: str, facts: NumberFacts) -> str:
    """The template filled but for its counter (``#``): numbers with equal series share counters.

    A template with the year in it so begins again every year, if its counters are kept by series.
    """
    return _filled(template, facts, lambda width: "#" * width)


def next_number(
    template: str, facts: NumberFacts, block: NumberBlock, is_taken: Callable[[str], bool]
) -> Numbered | Refused:
    """The next free number of the block; numbers taken by hand or import are stepped over.

    ``NUMBERS_USED_UP`` first, last: the block is empty and the device needs another.
    """
    first = block.last - block.left + 1
    for counter in range(first, block.last + 1):
        text = fill(template, counter, facts)
        if not is_taken(text):
            return Numbered(text, replace(block, following=counter + 1))
    return Refused(Reason.NUMBERS_USED_UP, {"first": block.first, "last": block.last})


def next_of_blocks(
    template: str,
    facts: NumberFacts,
    blocks: Iterable[NumberBlock],
    is_taken: Callable[[str], bool],
) -> Numbered | Refused:
    """The next free number of the first block that has one; else as ``next_number``."""
    answer: Numbered | Refused = Refused(Reason.NUMBERS_USED_UP, {"first": 0, "last": 0})
    for block in blocks:
        answer = next_number(template, facts, block, is_taken)
        if isinstance(answer, Numbered):
            break
    return answer


def next_row(
    template: str,
    facts: NumberFacts,
    blocks: Iterable[NumberBlock],
    count: int,
    taken: Callable[[Sequence[str]], Collection[str]],
) -> Row | Refused:
    """The next so many free numbers, out of several blocks if need be.

    ``taken`` is asked which of many numbers are in use, so that long runs of them are passed over
    quickly. ``NUMBERS_USED_UP`` first, last.
    """
    found: list[str] = []
    window, last = max(count, _WINDOW), NumberBlock(0, 0)
    for last in blocks:
        first = last.last - last.left + 1
        while count and first <= last.last:
            counters = range(first, min(first + window, last.last + 1))
            texts = [fill(template, counter, facts) for counter in counters]
            gone = taken(texts)
            for counter, text in zip(counters, texts, strict=True):
                if text not in gone:
                    found.append(text)
                if len(found) == count:
                    return Row(tuple(found), counter + 1)
            first, window = counters[-1] + 1, min(window * 4, _WIDEST_WINDOW)
    if not count:
        return Row(())
    return Refused(Reason.NUMBERS_USED_UP, {"first": last.first, "last": last.last})


def counted_on(first: str, count: int) -> tuple[str, ...] | Refused:
    """``count`` numbers from ``first`` on: its longest run of digits counts, the first of equals.

    Four digits that can be a year (1900 to 2099) count only where there are no others:
    ``X0023/2016`` goes on with ``X0024/2016``. ``NUMBER_WITHOUT_COUNTER`` number.
    """
    runs = list(re.finditer(r"[0-9]+", first))
    if count <= 1:
        return (first,) * max(0, count)
    if not runs:
        return Refused(Reason.NUMBER_WITHOUT_COUNTER, {"number": first})
    rest = [run for run in runs if not _YEAR.fullmatch(run[0])] or runs
    run = max(rest, key=lambda found: (len(found[0]), -found.start()))
    start, width = int(run[0]), len(run[0])
    before, after = first[: run.start()], first[run.end() :]
    return tuple(f"{before}{start + step:0{width}d}{after}" for step in range(count))


def counter_in(template: str, text: str) -> int | None:
    """The counter inside a number of this template (to go on after an import), if it is one."""
    pattern, end = "", 0
    for found in _FIELD.finditer(template):
        pattern += re.escape(template[end : found.start()]) + _pattern(found[1])
        end = found.end()
    match = re.fullmatch(pattern + re.escape(template[end:]), text)
    return int(match["counter"]) if match and "counter" in match.groupdict() else None


def _filled(template: str, facts: NumberFacts, counter: Callable[[int], str]) -> str:
    if template_faults(template):
        raise ValueError(template)

    def value(found: re.Match[str]) -> str:
        name = found[1]
        if _COUNTER.fullmatch(name):
            return counter(len(name))
        if _DATE.fullmatch(name):
            return _DATE_PART.sub(lambda part: facts.day.strftime(_STRFTIME[part[0]]), name)
        return facts.sex if name == SEX else facts.codes.get(name, "")

    return _FIELD.sub(value, template)


def _is_known(name: str) -> bool:
    return bool(_COUNTER.fullmatch(name) or _DATE.fullmatch(name)) or name == SEX or name in CODES


def _pattern(name: str) -> str:
    if _COUNTER.fullmatch(name):
        return rf"(?P<counter>[0-9]{{{len(name)},}})"
    if _DATE.fullmatch(name):
        return rf"[0-9]{{{len(name)}}}"
    return "[LP]?" if name == SEX else ".*?"
