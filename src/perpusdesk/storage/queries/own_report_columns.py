"""What each column of an own report is in SQL: text that is never null, numbers that may be.

Days are text as ISO has them, ``""`` for none. Of members whose data is restricted, and of those
who are no more, what is personal is blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Source:
    """The tables of a subject, which of their rows count, and an expression for each column.

    ``moment`` is a column in Unix ms with an index, from which ``date`` follows; ``person`` the id
    of whom a row tells; ``latest`` the usual order.
    """

    tables: str
    counts: str
    columns: Mapping[str, str]
    date: str = ""
    moment: str = ""
    branch: str = ""
    person: str = ""
    latest: str = "r.rid desc"
    number: str = "r.rid"


def _text(*names: str) -> dict[str, str]:
    """Columns that are called in the table as they are here."""
    return {name: f"ifnull(r.{name}, '')" for name in names}


def _day(column: str) -> str:
    """Return the day of a text that may be no date or a moment."""
    return f"ifnull(date(substr({column}, 1, 10)), '')"


def _local_day(at: str, zone: str) -> str:
    return f"ifnull(date({at} / 1000 + ifnull({zone}, 0) * 60, 'unixepoch'), '')"


def _local_hour(at: str, zone: str) -> str:
    return f"cast(strftime('%H', {at} / 1000 + ifnull({zone}, 0) * 60, 'unixepoch') as integer)"


def _private(column: str) -> str:
    return (
        f"case when m.deleted = 0 and ifnull(m.restricted, '') = '' then ifnull({column}, '')"
        " else '' end"
    )


def _month(day: str) -> str:
    return f"substr({day}, 1, 7)"


_SHELF: Final = "coalesce(nullif(c.call_number, ''), t.call_number, '')"
_BOOK: Final = {
    "barcode": "ifnull(c.barcode, '')",
    "title": "ifnull(t.title, '')",
    "author": "ifnull(t.author, '')",
    "call_number": _SHELF,
    "class": f"main_class({_SHELF}, t.classification)",
}
_BRANCH: Final = {"branch": "ifnull(b.name, '')"}
_CATEGORY: Final = {"category": "ifnull(g.name, '')"}
_PERSON: Final = {"card": _private("m.card"), "member": _private("m.name")}
_MEMBER_TABLES: Final = (
    " left join member m on m.id = r.member left join member_category g on g.id = m.category"
)
_COPY_TABLES: Final = " left join copy c on c.id = r.copy left join title t on t.id = "

_LENT: Final = _local_day("r.lent_at", "r.lent_zone")
_PLACED: Final = _local_day("r.placed_at", "r.placed_zone")
_AT: Final = _local_day("r.at", "r.zone")
_HOUR: Final = _local_hour("r.at", "r.zone")
_COPY_CAME: Final = _day("c.received")
_REGISTERED: Final = _day("m.registered")
_RECEIVED: Final = _day("r.received")
_OUTSIDER: Final = "case when o.deleted = 0 then ifnull({column}, '') else '' end"

SOURCES: Final[Mapping[str, Source]] = {
    "loans": Source(
        "loan r"
        + _COPY_TABLES
        + "c.title left join collection_kind k on k.id = c.kind left join branch b"
        " on b.id = r.branch" + _MEMBER_TABLES,
        'r."end" <> 3',
        {
            **_BOOK,
            **_BRANCH,
            **_CATEGORY,
            **_PERSON,
            "lent": _LENT,
            "month": _month(_LENT),
            "inventory": "ifnull(c.inventory, '')",
            "kind": "ifnull(k.name, '')",
            "due": _day("r.due"),
            "returned": 'case when r."end" = 1 then '
            + _local_day("r.ended_at", "r.ended_zone")
            + " else '' end",
            "days_late": "r.days_late",
            "renewals": "r.renewals",
            "loan_state": "case r.\"end\" when 0 then 'out' when 1 then 'returned' else 'lost' end",
            "sex": "ifnull(m.sex, '')",
            "phone": _private("m.phone"),
        },
        date="lent",
        moment="r.lent_at",
        branch="r.branch",
        person="r.member",
        latest="r.lent_at desc",
    ),
    "copies": Source(
        "copy c left join title t on t.id = c.title left join collection_kind k on k.id = c.kind"
        " left join branch b on b.id = c.branch",
        "c.deleted = 0",
        {
            **_BOOK,
            **_BRANCH,
            "inventory": "ifnull(c.inventory, '')",
            "year": "ifnull(t.year, '')",
            "kind": "ifnull(k.name, '')",
            "location": "ifnull(c.location, '')",
            "condition": "ifnull(c.\"condition\", '')",
            "access": "ifnull(c.access, '')",
            "received": _COPY_CAME,
            "month": _month(_COPY_CAME),
            "source": "ifnull(c.source, '')",
            "supplier": "ifnull(c.supplier, '')",
            "price": "c.price",
            "loans": '(select count(*) from loan l where l.copy = c.id and l."end" <> 3)',
            "withdrawn": _day("c.withdrawn_on"),
        },
        date="received",
        branch="c.branch",
        latest=f"{_COPY_CAME} desc",
        number="c.rid",
    ),
    "titles": Source(
        "title t",
        "t.deleted = 0 and t.merged_into is null",
        {
            "title": "ifnull(t.title, '')",
            "author": "ifnull(t.author, '')",
            "publisher": "ifnull(t.publisher, '')",
            "place": "ifnull(t.place, '')",
            "year": "ifnull(t.year, '')",
            "language": "ifnull(t.language, '')",
            "isbn": "ifnull(t.isbn, '')",
            "call_number": "ifnull(t.call_number, '')",
            "class": "main_class(t.call_number, t.classification)",
            "edition": "ifnull(t.edition, '')",
            "series": "ifnull(t.series, '')",
            "subjects": "ifnull(t.subjects, '')",
            "copies": "(select count(*) from copy c where c.title = t.id and c.deleted = 0)",
        },
        latest="t.title collate nocase",
        number="t.rid",
    ),
    "members": Source(
        "member m left join member_category g on g.id = m.category left join branch b"
        " on b.id = m.branch",
        "m.deleted = 0 and m.merged_into is null",
        {
            **_BRANCH,
            **_CATEGORY,
            **_PERSON,
            "registered": _REGISTERED,
            "month": _month(_REGISTERED),
            "expires": _day("m.expires"),
            "sex": "ifnull(m.sex, '')",
            "institution": "ifnull(m.institution, '')",
            "loans": '(select count(*) from loan l where l.member = m.id and l."end" <> 3)',
            "birth_date": _private(_day("m.birth_date")),
            "phone": _private("m.phone"),
            "email": _private("m.email"),
            "address": _private("m.address"),
            "guardian": _private("m.guardian_name"),
        },
        date="registered",
        branch="m.branch",
        person="m.id",
        latest=f"{_REGISTERED} desc",
        number="m.rid",
    ),
    "visits": Source(
        "visit r left join branch b on b.id = r.branch left join room h on h.id = r.room"
        " left join party p on p.id = r.party left join member m on m.id = r.member"
        " left join member_category g on g.id = ifnull(r.category, m.category)",
        "r.voided = 0",
        {
            **_BRANCH,
            **_CATEGORY,
            **_PERSON,
            **_text("sex", "age", "occupation", "education", "purpose"),
            "day": _AT,
            "month": _month(_AT),
            "hour": _HOUR,
            "room": "ifnull(h.name, '')",
            "people": "r.people",
            "institution": "coalesce(nullif(r.institution, ''), p.institution, '')",
        },
        date="day",
        moment="r.at",
        branch="r.branch",
        person="r.member",
        latest="r.at desc",
    ),
    "holds": Source(
        "hold r left join title t on t.id = r.title left join branch b on b.id = r.pickup"
        + _MEMBER_TABLES,
        "r.title is not null",
        {
            **_BRANCH,
            **_CATEGORY,
            **_PERSON,
            "placed": _PLACED,
            "month": _month(_PLACED),
            "title": "ifnull(t.title, '')",
            "author": "ifnull(t.author, '')",
            "call_number": "ifnull(t.call_number, '')",
            "hold_state": "ifnull(r.state, '')",
            "pickup_until": _day("r.pickup_until"),
        },
        date="placed",
        branch="r.pickup",
        person="r.member",
        latest="r.placed_at desc",
    ),
    "readings": Source(
        "reading r"
        + _COPY_TABLES
        + "coalesce(r.title, c.title) left join branch b on b.id = r.branch"
        + _MEMBER_TABLES,
        "r.voided = 0",
        {
            **_BOOK,
            **_BRANCH,
            **_CATEGORY,
            **_PERSON,
            "day": _AT,
            "month": _month(_AT),
            "hour": _HOUR,
        },
        date="day",
        moment="r.at",
        branch="r.branch",
        person="r.member",
        latest="r.at desc",
    ),
    "complaints": Source(
        "complaint r left join branch b on b.id = r.branch"
        " left join outsider o on o.id = r.contact",
        "r.deleted = 0",
        {
            **_BRANCH,
            **_text("channel", "ticket", "text", "answer"),
            "received": _RECEIVED,
            "month": _month(_RECEIVED),
            "complaint_kind": "ifnull(r.kind, '')",
            "topic": "ifnull(r.category, '')",
            "complaint_state": "ifnull(r.state, '')",
            "due": _day("r.due"),
            "answered": _day("r.answered"),
            "contact": _OUTSIDER.format(column="o.name"),
            "phone": _OUTSIDER.format(column="o.phone"),
        },
        date="received",
        branch="r.branch",
        person="r.contact",
        latest=f"{_RECEIVED} desc",
    ),
}
"""By the key of the subject; each has all columns of its subject in the catalogue."""
