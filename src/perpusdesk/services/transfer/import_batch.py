"""The part of an import that is committed at once."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.services.cataloguing.catalogue import next_barcodes
from perpusdesk.services.desk import Desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import imports

VERB: Final = "import"
_LATER: Final = frozenset({loan_events.RENEWED, loan_events.RETURNED})


class Batch:
    """Collects new records, filled fields and events of one run, and writes them as one.

    Every action of a run holds a mark that names the run, so that any device can tell.
    """

    def __init__(self, desk: Desk, run: UUID) -> None:
        self._desk = desk
        self._run = run
        self._empty()

    def _empty(self) -> None:
        self.size = 0
        self._new: dict[UUID, tuple[str, dict[str, Any]]] = {}
        self._filled: dict[UUID, tuple[str, dict[str, Any]]] = {}
        self._unnumbered: list[UUID] = []
        self._events: dict[int, list[tuple[str, str, UUID, dict[str, Any]]]] = {}

    def begin(self, format_: str, files: str) -> None:
        """Write that the run began."""
        self._mark(imports.BEGUN, format=format_, files=files)

    def end(self, read: int) -> None:
        """Write that the run came to its end."""
        self._mark(imports.ENDED, read=read)

    def new(self, entity_type: str, id_: UUID, fields: dict[str, Any]) -> None:
        """Add a record."""
        self._new[id_] = (entity_type, fields)
        self.size += 1

    def number(self, copy: UUID) -> None:
        """Let a new copy have the next barcode of this device."""
        self._unnumbered.append(copy)

    def pending(self, id_: UUID) -> dict[str, Any] | None:
        """Return the fields of a record that this batch adds; they may still be changed."""
        found = self._new.get(id_)
        return found[1] if found else None

    def filled(self, id_: UUID) -> dict[str, Any]:
        """Return what this batch fills into a record that is there already."""
        found = self._filled.get(id_)
        return found[1] if found else {}

    def fill(self, entity_type: str, id_: UUID, fields: dict[str, Any]) -> None:
        """Fill empty fields of a record that is there already."""
        self._filled.setdefault(id_, (entity_type, {}))[1].update(fields)
        self.size += 1

    def event(self, at: int, kind: str, entity_type: str, id_: UUID, /, **payload: Any) -> None:
        """Add an event of a new loan, hold, visit or entry of money."""
        self._events.setdefault(at, []).append((kind, entity_type, id_, payload))
        self.size += kind not in _LATER

    def write(self) -> Refused | None:
        """Commit it, all or nothing. Refused (``NUMBERS_USED_UP``): nothing was written."""
        if not self.size:
            return None
        refusal = self._give_numbers()
        if refusal:
            return refusal
        actions = [self._records()] if self._new or self._filled else []
        actions += [self._of_moment(at) for at in sorted(self._events)]
        self._desk.library.write_many(actions)
        self._empty()
        return None

    def _give_numbers(self) -> Refused | None:
        taken = {fields.get("barcode") for _, fields in self._new.values()}
        waiting = list(self._unnumbered)
        while waiting:
            codes = next_barcodes(self._desk, len(waiting))
            if isinstance(codes, Refused):
                return codes
            for code in codes:
                if code not in taken:
                    self._new[waiting.pop()][1]["barcode"] = code
        return None

    def _records(self) -> Action:
        action = self._action()
        for id_, (entity_type, fields) in self._new.items():
            action.set(entity_type, id_, fields, fresh=True)
        for id_, (entity_type, fields) in self._filled.items():
            action.set(entity_type, id_, fields)
        return action

    def _of_moment(self, at: int) -> Action:
        action = self._action()
        action.at = at
        for kind, entity_type, id_, payload in self._events[at]:
            action.event(kind, entity_type, id_, fresh=True, **payload)
        return action

    def _action(self) -> Action:
        action = self._desk.action(VERB)
        action.event(imports.BATCH, imports.RUN, self._run)
        return action

    def _mark(self, kind: str, **payload: Any) -> None:
        action = self._desk.action(VERB)
        action.event(kind, imports.RUN, self._run, **payload)
        self._desk.commit(action)
