"""What every reader of foreign files yields: titles, copies, members, loans, and what was wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from perpusdesk.exchange.title_record import TitleRecord


class RowProblem(StrEnum):
    """Why a row cannot go in; facts are named behind each."""

    DAMAGED = "damaged_record"  # problem
    NO_TITLE = "title_missing"
    NO_NAME = "name_missing"
    NO_BARCODE = "barcode_missing"
    NO_CARD = "card_missing"
    NO_DATE = "date_missing"
    TITLE_UNKNOWN = "title_unknown"  # title
    COPY_UNKNOWN = "copy_unknown"  # barcode
    MEMBER_UNKNOWN = "member_unknown"  # card
    BARCODE_TAKEN = "barcode_taken"  # barcode, title
    ON_LOAN = "copy_on_loan"  # barcode
    NO_NUMBERS = "numbers_used_up"


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy; ``title`` names what it belongs to when it stands in a file of its own.

    ``received`` is an ISO date, ``price`` whole rupiah, ``kind`` and ``branch`` are names.
    """

    row: int
    barcode: str = ""
    inventory: str = ""
    title: str = ""
    kind: str = ""
    branch: str = ""
    location: str = ""
    source: str = ""
    received: str = ""
    access: str = ""
    condition: str = ""
    price: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One title with its copies; ``unnumbered`` more have no number yet and get one."""

    row: int
    record: TitleRecord
    copies: tuple[CopyRow, ...] = ()
    unnumbered: int = 0


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member; ``fields`` are those of a member's record, ``category`` is a name."""

    row: int
    card: str
    name: str
    category: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One loan, past or open, in the library's local time; ``renewals`` have no dates of theirs."""

    row: int
    barcode: str
    card: str
    lent: datetime
    due: date
    returned: datetime | None = None
    renewals: int = 0


@dataclass(frozen=True, slots=True)
class BadRow:
    """What cannot go in: the row (or record) number from 1, why, and what stood there."""

    row: int
    problem: RowProblem
    facts: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    marc: bytes = b""


Row = TitleRow | CopyRow | MemberRow | LoanRow | BadRow
