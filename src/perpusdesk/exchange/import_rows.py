"""What every reader of foreign files yields: records, what members did, and what was wrong.

Moments are in the library's local time.
"""

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
    NO_AMOUNT = "amount_missing"
    NO_NUMBERS = "numbers_used_up"
    CARD_TAKEN = "card_taken"  # card


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file, or one in a ZIP file (``name``)."""

    file: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class CopyRow:
    """One copy; ``title`` names what it belongs to when it stands in a file of its own.

    ``received`` and ``issue_day`` are ISO dates, ``price`` whole rupiah, ``kind``, ``branch`` and
    ``supplier`` are names, ``call_number`` is one of its own. ``volume`` is what a part of a serial
    calls itself.
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
    supplier: str = ""
    call_number: str = ""
    rfid: str = ""
    volume: str = ""
    issue_day: str = ""


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One title with its copies; ``unnumbered`` more have no number yet and get one."""

    row: int
    record: TitleRecord
    copies: tuple[CopyRow, ...] = ()
    unnumbered: int = 0
    cover: Picture | None = None


@dataclass(frozen=True, slots=True)
class MemberRow:
    """One member; ``fields`` are those of a member's record, ``category`` is a name."""

    row: int
    card: str
    name: str
    category: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    photo: Picture | None = None


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A member's photo by itself."""

    row: int
    card: str
    photo: Picture


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One person in the building, a member (``card``) or not; ``number`` is its number there."""

    row: int
    at: datetime
    card: str = ""
    institution: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """What a member had to pay (``owed``) and what was paid, in whole rupiah."""

    row: int
    card: str
    at: datetime
    owed: int = 0
    paid: int = 0
    note: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A title that a member waits for, named by one of its copies."""

    row: int
    card: str
    barcode: str
    placed: datetime
    number: str = ""


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One loan, past or open; ``renewals`` have no dates of theirs."""

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


FactRow = VisitRow | MoneyRow | HoldRow
Row = TitleRow | CopyRow | MemberRow | PhotoRow | LoanRow | FactRow | BadRow
