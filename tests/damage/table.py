"""What campaigns of damage came to, as a table for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from damage.harm import Result

COLUMNS: Final = ("identical", "detected+repaired", "detected", "harmless", "BAD")


def table(results: Sequence[Result]) -> str:
    """Return two tables, by what was damaged and by the kind of damage, and each thing told."""
    lines = _rows(results, lambda one: f"{one.state} {one.file}")
    lines += ["", *_rows(results, lambda one: one.kind)]
    lines += ["", f"ops that nothing has any more: {sum(one.lost for one in results)}"]
    lines += [f"told {_name(one)}: {one.told}" for one in results if one.told]
    lines += [f"BAD {_name(one)}: {one.faults}" for one in results if one.faults]
    return "\n".join(lines) + "\n"


def bad(results: Sequence[Result]) -> list[str]:
    """Return the results that must not be."""
    return [f"{_name(one)}: {one.faults}" for one in results if one.faults]


def _name(one: Result) -> str:
    return f"{one.seed} {one.state} {one.file} {one.kind}"


def _rows(results: Sequence[Result], name: Callable[[Result], str]) -> list[str]:
    counts: dict[str, Counter[str]] = {}
    for one in results:
        counts.setdefault(name(one), Counter())[one.outcome] += 1
    width = max((len(key) for key in counts), default=0)
    lines = [" ".join([" " * width, "damages", *COLUMNS])]
    total = Counter(one.outcome for one in results)
    for key, row in [*sorted(counts.items()), ("all", total)]:
        cells = [f"{row.total():7}", *(f"{row[column]:{len(column)}}" for column in COLUMNS)]
        lines.append(" ".join([f"{key:{width}}", *cells]))
    return lines
