"""What an own report can be of, and the columns there are; words and SQL are made elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a column holds. ``CODE`` is a text with a word of its own for each value."""

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``personal``: it tells who somebody is. ``width`` in characters."""

    key: str
    kind: Kind = Kind.TEXT
    personal: bool = False
    width: int = 16

    @property
    def adds_up(self) -> bool:
        """Whether its values can be summed."""
        return self.kind in (Kind.NUMBER, Kind.MONEY)


@dataclass(frozen=True, slots=True)
class Subject:
    """What each row of a report is: its columns, and which date a period is of (``""``: none).

    ``first`` are the columns that a new report begins with.
    """

    key: str
    columns: tuple[Column, ...]
    first: tuple[str, ...]
    date: str = ""
    branch: bool = True

    def column(self, key: str) -> Column | None:
        """Return a column, if there is one with this key."""
        return next((one for one in self.columns if one.key == key), None)


def _text(key: str, width: int = 16) -> Column:
    return Column(key, Kind.TEXT, width=width)


def _code(key: str) -> Column:
    return Column(key, Kind.CODE, width=18)


def _number(key: str) -> Column:
    return Column(key, Kind.NUMBER, width=10)


def _date(key: str) -> Column:
    return Column(key, Kind.DATE, width=14)


def _private(key: str, width: int = 16, kind: Kind = Kind.TEXT) -> Column:
    return Column(key, kind, personal=True, width=width)


_BOOK: Final = (
    _text("barcode"),
    _text("title", 44),
    _text("author", 28),
    _text("call_number", 18),
    _text("class", 8),
)
_BORROWER: Final = (_private("card"), _private("member", 30))

SUBJECTS: Final[dict[str, Subject]] = {
    one.key: one
    for one in (
        Subject(
            "loans",
            (
                _date("lent"),
                _text("month", 10),
                *_BOOK,
                _text("inventory", 18),
                _text("kind"),
                _text("branch", 24),
                _date("due"),
                _date("returned"),
                _number("days_late"),
                _number("renewals"),
                _code("loan_state"),
                _text("category"),
                _code("sex"),
                *_BORROWER,
                _private("phone"),
            ),
            ("lent", "barcode", "title", "due", "returned"),
            date="lent",
        ),
        Subject(
            "copies",
            (
                *_BOOK,
                _text("inventory", 18),
                _text("year", 8),
                _text("kind"),
                _text("branch", 24),
                _text("location", 20),
                _code("condition"),
                _code("access"),
                _date("received"),
                _text("month", 10),
                _text("source"),
                _text("supplier", 20),
                Column("price", Kind.MONEY, width=14),
                _number("loans"),
                _date("withdrawn"),
            ),
            ("inventory", "barcode", "title", "call_number", "received", "price"),
            date="received",
        ),
        Subject(
            "titles",
            (
                _text("title", 50),
                _text("author", 30),
                _text("publisher", 24),
                _text("place"),
                _text("year", 8),
                _text("language", 10),
                _text("isbn", 18),
                _text("call_number", 18),
                _text("class", 8),
                _text("edition"),
                _text("series", 24),
                _text("subjects", 36),
                _number("copies"),
            ),
            ("title", "author", "year", "call_number", "copies"),
            branch=False,
        ),
        Subject(
            "members",
            (
                _date("registered"),
                _text("month", 10),
                _date("expires"),
                _text("category"),
                _text("branch", 24),
                _code("sex"),
                _text("institution", 28),
                _number("loans"),
                *_BORROWER,
                _private("birth_date", 14, Kind.DATE),
                _private("phone"),
                _private("email", 24),
                _private("address", 40),
                _private("guardian", 28),
            ),
            ("category", "registered", "expires", "sex", "loans"),
            date="registered",
        ),
        Subject(
            "visits",
            (
                _date("day"),
                _text("month", 10),
                _number("hour"),
                _text("branch", 24),
                _text("room"),
                _number("people"),
                _code("sex"),
                _code("age"),
                _code("occupation"),
                _code("education"),
                _code("purpose"),
                _text("institution", 28),
                _text("category"),
                *_BORROWER,
            ),
            ("day", "hour", "branch", "people", "purpose"),
            date="day",
        ),
        Subject(
            "holds",
            (
                _date("placed"),
                _text("month", 10),
                _text("title", 44),
                _text("author", 28),
                _text("call_number", 18),
                _text("branch", 24),
                _code("hold_state"),
                _date("pickup_until"),
                _text("category"),
                *_BORROWER,
            ),
            ("placed", "title", "author", "branch", "hold_state"),
            date="placed",
        ),
        Subject(
            "readings",
            (
                _date("day"),
                _text("month", 10),
                _number("hour"),
                *_BOOK,
                _text("branch", 24),
                _text("category"),
                *_BORROWER,
            ),
            ("day", "title", "author", "call_number", "branch"),
            date="day",
        ),
        Subject(
            "complaints",
            (
                _date("received"),
                _text("month", 10),
                _code("complaint_kind"),
                _text("topic"),
                _code("channel"),
                _text("branch", 24),
                _code("complaint_state"),
                _date("due"),
                _date("answered"),
                _text("ticket"),
                _private("text", 50),
                _private("answer", 50),
                _private("contact", 28),
                _private("phone"),
            ),
            ("received", "complaint_kind", "topic", "complaint_state", "answered"),
            date="received",
        ),
    )
}
