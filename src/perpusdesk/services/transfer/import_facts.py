"""What members did before the library moved in: visits, fines and payments, reservations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import count
from typing import Any, Final, Protocol
from uuid import UUID

from perpusdesk.domain.ids import named_id
from perpusdesk.domain.merge.facts import ENTRY, VISITED
from perpusdesk.domain.merge.holds import PLACED
from perpusdesk.domain.merge.ops import VOID
from perpusdesk.exchange.import_rows import FactRow, HoldRow, MoneyRow, RowProblem, VisitRow
from perpusdesk.services.circulation.money import MoneyKind
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_batch import Batch
from perpusdesk.services.transfer.import_report import ImportReport
from perpusdesk.storage.key_index import KeyIndex
from perpusdesk.storage.queries import imports

_KINDS: Final = {
    VISITED: ("visit", "visits"),
    ENTRY: ("money", "money"),
    PLACED: ("hold", "holds"),
}


class Around(Protocol):
    """What the intake of facts needs of the one that knows titles, copies and members."""

    desk: Desk
    index: KeyIndex
    batch: Batch | None
    report: ImportReport

    def member_of(self, card: str) -> UUID | None:
        """Return the member with this card."""

    def owner_of(self, barcode: str) -> UUID | None:
        """Return the title of the copy with this barcode."""

    def ms(self, moment: datetime) -> int:
        """Return a local moment as Unix ms."""

    def refuse(self, row: FactRow, problem: RowProblem, facts: Mapping[str, str]) -> None:
        """Note that a row does not go in."""

    def double(self, row: int, kind: str, id_: UUID, text: str) -> None:
        """Note that a row is there already."""


class Facts:
    """Takes them in; each is known again by its number and moment in the system it comes from."""

    def __init__(self, around: Around) -> None:
        self._around = around

    def take(self, row: FactRow) -> None:
        """Take one row."""
        if isinstance(row, VisitRow):
            self._visit(row)
        elif isinstance(row, MoneyRow):
            self._money(row)
        else:
            self._hold(row)

    def _visit(self, row: VisitRow) -> None:
        """Count a visit; who is no member (any more) stays unnamed."""
        at = self._around.ms(row.at)
        told = f"{row.number}|{at}|{row.card}|{row.institution}"
        member = self._around.member_of(row.card) if row.card else None
        said: dict[str, Any] = {"member": member, "people": 1}
        if member is None:
            said["institution"] = row.institution or None
        if not self._add(VISITED, told, at, said):
            self._double(row, "visits", told, row.card or row.institution)

    def _money(self, row: MoneyRow) -> None:
        member = self._around.member_of(row.card) if row.card else None
        if member is None:
            self._around.refuse(row, RowProblem.MEMBER_UNKNOWN, {"card": row.card})
            return
        at, told = self._around.ms(row.at), f"{row.number}|{row.card}|{row.at}"
        entries = ((row.owed, MoneyKind.FINE), (-row.paid, MoneyKind.PAYMENT))
        added = [
            self._add(
                ENTRY,
                f"{told}|{amount}",
                at,
                {"member": member, "amount": amount, "kind": kind.value, "note": row.note or None},
            )
            for amount, kind in entries
            if amount
        ]
        if not any(added):
            self._double(row, "money", told, row.card)

    def _hold(self, row: HoldRow) -> None:
        member = self._around.member_of(row.card) if row.card else None
        title = self._around.owner_of(row.barcode) if row.barcode else None
        if member is None:
            self._around.refuse(row, RowProblem.MEMBER_UNKNOWN, {"card": row.card})
        elif title is None:
            self._around.refuse(row, RowProblem.COPY_UNKNOWN, {"barcode": row.barcode})
        else:
            at = self._around.ms(row.placed)
            told = f"{row.number}|{at}|{row.card}|{row.barcode}"
            said = {"title": title, "member": member, "pickup": self._around.desk.branch}
            waits = imports.waits_for(self._around.desk.library, member, title)
            if waits or not self._add(PLACED, told, at, said):
                self._double(row, "holds", told, row.card)

    def _double(self, row: FactRow, kind: str, told: str, text: str) -> None:
        self._around.double(row.row, kind, named_id(f"import_{kind}", told), text)

    def _add(self, event: str, told: str, at: int, said: dict[str, Any]) -> bool:
        """Add a fact, unless it is there; one that was taken back comes in anew."""
        type_, kind = _KINDS[event]
        id_ = self._free_id(kind, told)
        if id_ is None:
            return False
        self._around.index.add(f"f|{id_}", id_)
        self._around.report.added[kind] += 1
        if self._around.batch:
            self._around.batch.event(at, event, type_, id_, **said)
        return True

    def _free_id(self, kind: str, told: str) -> UUID | None:
        for number in count():
            id_ = named_id(f"import_{kind}", f"{told}|{number}")
            if self._around.index.find(f"f|{id_}"):
                return None
            known = self._around.desk.library.ops_of(id_)
            if not known:
                return id_
            if not any(op.kind == VOID for op in known):
                return None
        raise AssertionError("numbers do not end")
