"""What this device remembers of imports: its runs with their files, and what columns mean."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import UUID

from perpusdesk.exchange.columns import key_of
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import imports

RUNS: Final = "imports/runs"
_RUN: Final = "imports/run/"
_COLUMNS: Final = "imports/columns/"
_NAMES: Final = "imports/column_names"
_PLURAL: Final = {"title": "titles", "copy": "copies", "member": "members", "loan": "loans"}


@dataclass(slots=True)
class RunMemory:
    """How a run was asked for (whole paths, their formats) and what came of it.

    ``stopped`` tells that somebody broke it off, as against the power.
    """

    files: list[str] = field(default_factory=list)
    formats: dict[str, str] = field(default_factory=dict)
    mend: bool = True
    added: dict[str, int] = field(default_factory=dict)
    updated: dict[str, int] = field(default_factory=dict)
    refused: int = 0
    set_aside: str = ""
    stopped: bool = False


def known_runs(desk: Desk) -> list[str]:
    """Return the ids of the runs of this device, the oldest first."""
    kept: Any = desk.library.local(RUNS)
    return [str(run) for run in json.loads(kept)] if kept else []


def remember_run(desk: Desk, run: UUID, memory: RunMemory) -> None:
    """Keep what is known of a run; a new one goes to the end of the list."""
    known = known_runs(desk)
    if str(run) not in known:
        desk.library.put_local(RUNS, json.dumps([*known, str(run)]))
    desk.library.put_local(f"{_RUN}{run}", json.dumps(asdict(memory)))


def recall_run(desk: Desk, run: UUID) -> RunMemory:
    """Return what is known of a run; nothing for one that an older program made."""
    kept: Any = desk.library.local(f"{_RUN}{run}")
    said: dict[str, Any] = json.loads(kept) if kept else {}
    known = RunMemory.__dataclass_fields__
    return RunMemory(**{name: value for name, value in said.items() if name in known})


def added_so_far(desk: Desk, run: UUID) -> dict[str, int]:
    """Return what a run added until now; of one that was broken off, what it wrote."""
    memory = recall_run(desk, run)
    facts = imports.run_facts(desk.library, run)
    if memory.stopped or (facts is not None and facts.ended is not None):
        return memory.added
    written = imports.counts_of_run(desk.library, run)
    return {_PLURAL[one]: count for one, count in written.items() if one in _PLURAL}


def recall_columns(desk: Desk, header: Sequence[str]) -> dict[str, str]:
    """Return what people said of the columns of tables with this header (name to field)."""
    kept: Any = desk.library.local(_COLUMNS + _name_of(header))
    said: dict[str, str] = json.loads(kept) if kept else {}
    return said


def remember_columns(desk: Desk, header: Sequence[str], said: Mapping[str, str]) -> None:
    """Keep what people said of the columns, for the next table with the same header."""
    desk.library.put_local(_COLUMNS + _name_of(header), json.dumps(dict(said)))
    meant = {key_of(name) for name, meaning in said.items() if meaning}
    names = known_names(desk)
    if not meant <= names:
        desk.library.put_local(_NAMES, json.dumps(sorted(names | meant)))


def known_names(desk: Desk) -> set[str]:
    """Return the keys of all column names that people ever gave a meaning.

    By them a header is found whose names mean nothing to the program.
    """
    kept: Any = desk.library.local(_NAMES)
    return set(json.loads(kept)) if kept else set()


def _name_of(header: Sequence[str]) -> str:
    text = "|".join(sorted(key_of(cell) for cell in header))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
