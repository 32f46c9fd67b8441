"""The imports of this device as a list: who, when, what came of it, and how to go on or back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from perpusdesk.exchange.open_files import Format
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_memory import added_so_far, known_runs, recall_run
from perpusdesk.storage.queries import imports
from perpusdesk.storage.queries.names import staff_name
from perpusdesk.storage.queries.values import as_moment


class RunState(StrEnum):
    """How a run ended: ``STOPPED`` by a person, ``INTERRUPTED`` by the power or a fault."""

    DONE = "done"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class RunLine:
    """One run. ``added`` counts per kind what it added (of a broken-off one: what it wrote).

    ``paths`` are the files as they were chosen (none for runs of older programs), ``names`` what
    people know them by. ``who`` is empty when nobody was signed in.
    """

    run: UUID
    state: RunState
    begun: datetime
    who: str
    names: str
    added: Mapping[str, int]
    updated: Mapping[str, int]
    refused: int
    set_aside: Path | None
    paths: tuple[Path, ...]
    formats: Mapping[Path, Format]
    mend: bool

    @property
    def resumable(self) -> bool:
        """Whether it was broken off and can be gone on with: its files are known."""
        broken = self.state in (RunState.STOPPED, RunState.INTERRUPTED)
        return broken and bool(self.paths)


def run_lines(desk: Desk) -> list[RunLine]:
    """Return the runs of this device, the latest first."""
    lines = (_line(desk, UUID(run)) for run in reversed(known_runs(desk)))
    return [line for line in lines if line is not None]


def _line(desk: Desk, run: UUID) -> RunLine | None:
    facts = imports.run_facts(desk.library, run)
    if facts is None:
        return None
    memory = recall_run(desk, run)
    aside = Path(memory.set_aside) if memory.set_aside else None
    formats = {Path(path): Format(name) for path, name in memory.formats.items()}
    return RunLine(
        run=run,
        state=_state(facts, stopped=memory.stopped),
        begun=as_moment(facts.begun, facts.zone),
        who=staff_name(desk.library, facts.staff),
        names=facts.files,
        added=added_so_far(desk, run),
        updated=memory.updated,
        refused=memory.refused,
        set_aside=aside if aside and aside.exists() else None,
        paths=tuple(map(Path, memory.files)),
        formats=formats,
        mend=memory.mend,
    )


def _state(facts: imports.RunFacts, *, stopped: bool) -> RunState:
    if facts.undone is not None:
        return RunState.UNDONE
    if facts.ended is not None:
        return RunState.DONE
    return RunState.STOPPED if stopped else RunState.INTERRUPTED
