"""How long conflicts are looked for in a large library, beside reading its open loans alone."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.services.bench.bench_desk import machine
from perpusdesk.services.bench.bench_library import barcode, ensure_bench_library
from perpusdesk.services.conflicts.conflicts import conflict_count, list_conflicts, settle_all
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import open_desk
from perpusdesk.services.wording.conflicts import say_conflict
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library

_OPEN: Final = 25  # of so many copies one is on loan
_TWICE: Final = 250  # of so many copies one is lent, edited, numbered on two sides
_PAGE: Final = 50


def bench_conflicts(folder: Path, size: int, seed: int = 1) -> dict[str, Any]:
    """Let two devices contradict each other in a library of ``size`` copies; all figures in ms."""
    made = ensure_bench_library(folder / str(size), size)
    work, other = folder / "conflicts", folder / "conflicts-van"
    for old in (work, other):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(made, work)
    with Library.open(work) as library, Library.create(other, library=library.id) as van:
        figures, baseline = _measured(open_desk(library), van, random.Random(seed))
    shutil.rmtree(work)
    shutil.rmtree(other)
    ratio = {"first_look": round(figures["first_look_ms"] / baseline["open_loans_ms"], 1)}
    return {
        "bench": "conflicts",
        "size": size,
        "machine": machine(),
        "figures": figures,
        "baseline": baseline,
        "ratio": ratio,
    }


def _measured(
    desk: Desk, van: Library, chance: random.Random
) -> tuple[dict[str, float], dict[str, float]]:
    library = desk.library
    copies = [UUID(bytes=row[0]) for row in library.rows("select id from copy order by id")]
    members = [UUID(bytes=row[0]) for row in library.rows("select id from member order by id")]
    lent = chance.sample(copies, max(2, len(copies) // _OPEN))
    twice = lent[: max(1, len(copies) // _TWICE)]
    for holder, some, place in ((library, lent, "Rak 1"), (van, twice, "Rak 2")):
        holder.write_many(_loans(desk, holder, some, members, chance))
        holder.write_many(_edits(some[: len(twice)], place, van is holder))
    van.write_many(_same_numbers(van, len(twice)))
    ops = list(van.all_ops())
    taken = _ms(lambda: library.ingest(ops))
    first = _ms(lambda: conflict_count(library))
    count = conflict_count(library)
    unchanged = _ms(lambda: conflict_count(library))
    library.write_many(_loans(desk, library, [copies[0]], members, chance))
    figures = {
        "conflicts": count,
        "take_in_ms": taken,
        "first_look_ms": first,
        "unchanged_ms": unchanged,
        "after_a_loan_ms": _ms(lambda: conflict_count(library)),
        "page_in_words_ms": _ms(lambda: _page(desk)),
    }
    began = time.perf_counter()
    done = settle_all(desk)
    figures["settle_all_ms"] = round((time.perf_counter() - began) * 1000, 2)
    figures["settled"] = len(done.value.answers) if isinstance(done, Done) else 0
    query = 'select id, copy, member, lent_at, due from loan where "end" = 0'
    return figures, {"open_loans_ms": _ms(lambda: library.rows(query))}


def _loans(
    desk: Desk,
    library: Library,
    copies: Sequence[UUID],
    members: Sequence[UUID],
    chance: random.Random,
) -> list[Action]:
    rule, due = desk.rules[0].id, desk.today() + timedelta(days=7)
    actions = []
    for copy in copies:
        action = desk.action("lend")
        member, loan = chance.choice(members), library.new_id()
        action.event(
            loan_events.OPENED,
            "loan",
            loan,
            fresh=True,
            copy=copy,
            member=member,
            due=due,
            rule=rule,
        )
        actions.append(action)
    return actions


def _edits(copies: Sequence[UUID], place: str, unseen: bool) -> list[Action]:
    """Put copies on another shelf; ``unseen``: by a device that does not know what was there."""
    actions = []
    for copy in copies:
        action = Action("edit_copy")
        action.set("copy", copy, {"location": place}, base={} if unseen else None)
        actions.append(action)
    return actions


def _same_numbers(library: Library, count: int) -> list[Action]:
    actions = []
    for number in range(count):
        action = Action("add_copies")
        action.set("copy", library.new_id(), {"barcode": barcode(number)}, fresh=True)
        actions.append(action)
    return actions


def _page(desk: Desk) -> list[str]:
    found = list_conflicts(desk, limit=_PAGE).conflicts
    return [say_conflict(conflict, desk).sentence for conflict in found]


def _ms(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return round((time.perf_counter() - began) * 1000, 2)
