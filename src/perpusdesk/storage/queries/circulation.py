"""What the lending rules need to know of one member, one copy, one loan."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.circulation_types import Hold, HoldState, Loan, LoanEnd
from perpusdesk.domain.items import Access, Condition, Copy
from perpusdesk.domain.members import Block, BlockKind, Member
from perpusdesk.storage.library import Library
from perpusdesk.storage.queries.merged import KEPT, MERGED_INTO, OF_TITLE, kept_member, kept_title
from perpusdesk.storage.queries.values import as_day, as_id, as_moment, sure_id

_ENDS: Final = (None, LoanEnd.RETURNED, LoanEnd.LOST, LoanEnd.VOIDED)

_LOAN: Final = (
    "select l.id, l.copy, l.member, l.lent_at, l.lent_zone, l.due, l.rule, l.renewals, l.branch,"
    ' c.kind, l.claimed, l.kit, l."end", l.ended_at, l.ended_zone from loan l'
    " left join copy c on c.id = l.copy"
)
_HOLD: Final = (
    f"select id, {KEPT.format('hold.title')}, member, pickup, placed_at, placed_zone, state, copy,"
    " pickup_until, expires from hold"
)


def copy_by_id(library: Library, id_: UUID) -> Copy | None:
    """Return a copy, or ``None``."""
    found = _copies(library, "id = ?", id_.bytes)
    return found[0] if found else None


def copies_by_code(library: Library, code: str) -> list[Copy]:
    """Return the copies with this barcode, or else with this inventory number."""
    return _copies(library, "barcode = ?", code) or _copies(library, "inventory = ?", code)


def copies_of_title(library: Library, title: UUID) -> list[Copy]:
    """Return all copies of a title, by barcode."""
    return _copies(library, f"title {OF_TITLE}", title.bytes)


def _copies(library: Library, where: str, value: Any) -> list[Copy]:
    rows = library.rows(
        'select id, barcode, inventory, title, branch, kind, access, "condition", price,'
        f" {MERGED_INTO.format('copy.title')} from copy where deleted = 0 and {where}"
        " order by barcode",
        value,
    )
    return [
        Copy(
            sure_id(i),
            barcode or "",
            inventory or "",
            kept_title(library, sure_id(away)) if away else as_id(title) or UUID(int=0),
            as_id(branch),
            as_id(kind),
            Access(access or "loan"),
            Condition(condition or "good"),
            price or 0,
        )
        for i, barcode, inventory, title, branch, kind, access, condition, price, away in rows
    ]


def member_by_id(library: Library, id_: UUID) -> Member | None:
    """Return a member with the blocks that are not lifted, or ``None``."""
    found = _members(library, "id = ?", id_.bytes)
    return found[0] if found else None


def members_by_card(library: Library, card: str) -> list[Member]:
    """Return the members with this card number (more than one only after an exchange).

    The card of a record that was merged into another is the other's, unless somebody else has it.
    """
    found = _members(library, "card = ?", card)
    if found:
        return found
    query = "select id from member where card = ? and deleted = 1 and merged_into is not null"
    kept = {kept_member(library, sure_id(row[0])) for row in library.rows(query, card)}
    return [one for id_ in sorted(kept) if (one := member_by_id(library, id_))]


def _members(library: Library, where: str, value: Any) -> list[Member]:
    rows = library.rows(
        "select id, card, name, category, branch, expires, birth_date, guardian_name,"
        f" guardian_consent from member where deleted = 0 and {where}",
        value,
    )
    return [
        Member(
            sure_id(i),
            card or "",
            name or "",
            as_id(category),
            as_id(branch),
            as_day(expires),
            as_day(birth),
            guardian or "",
            as_day(consent),
            blocks_of(library, sure_id(i)),
        )
        for i, card, name, category, branch, expires, birth, guardian, consent in rows
    ]


def blocks_of(library: Library, member: UUID) -> tuple[Block, ...]:
    """Return the blocks on a member that nobody lifted (some may have run out)."""
    rows = library.rows(
        "select id, kind, reason, until from block"
        " where member = ? and deleted = 0 and coalesce(lifted, 0) = 0",
        member.bytes,
    )
    return tuple(
        Block(sure_id(i), BlockKind(kind or "manual"), reason or "", as_day(until))
        for i, kind, reason, until in rows
    )


def loan_by_id(library: Library, id_: UUID) -> Loan | None:
    """Return a loan, or ``None``."""
    rows = library.rows(f"{_LOAN} where l.id = ?", id_.bytes)
    return _loan(rows[0]) if rows else None


def open_loan_of_copy(library: Library, copy: UUID) -> Loan | None:
    """Return the open loan of a copy; of several (after an exchange) the latest."""
    rows = library.rows(
        f'{_LOAN} where l.copy = ? and l."end" = 0 order by l.lent_at desc limit 1', copy.bytes
    )
    return _loan(rows[0]) if rows else None


def last_loan_of_copy(library: Library, copy: UUID) -> Loan | None:
    """Return the copy's latest loan that was not taken back, open or ended."""
    rows = library.rows(
        f'{_LOAN} where l.copy = ? and l."end" <> 3 order by l.lent_at desc, l.clock desc limit 1',
        copy.bytes,
    )
    return _loan(rows[0]) if rows else None


def last_return(library: Library, copy: UUID) -> date | None:
    """Return the day on which the copy last came back, if it was ever lent."""
    rows = library.rows(
        'select ended_at, ended_zone from loan where copy = ? and "end" = 1'
        " order by ended_at desc limit 1",
        copy.bytes,
    )
    return as_moment(*rows[0]).date() if rows else None


def open_loans_of_member(library: Library, member: UUID) -> tuple[Loan, ...]:
    """Return a member's open loans, the most urgent first."""
    rows = library.rows(f'{_LOAN} where l.member = ? and l."end" = 0 order by l.due', member.bytes)
    return tuple(_loan(row) for row in rows)


def _loan(row: tuple[Any, ...]) -> Loan:
    (i, copy, member, at, zone, due, rule, renewals, branch, kind, claimed, kit, end) = row[:13]
    ended_at, ended_zone = row[13:]
    day = as_day(due)
    moment = as_moment(at, zone)
    return Loan(
        sure_id(i),
        as_id(copy) or UUID(int=0),
        as_id(member) or UUID(int=0),
        moment,
        day or moment.date(),
        as_id(rule),
        renewals,
        as_id(branch),
        as_id(kind),
        bool(claimed),
        as_id(kit),
        _ENDS[end],
        None if ended_at is None else as_moment(ended_at, ended_zone or zone),
    )


def live_holds_of_title(library: Library, title: UUID) -> tuple[Hold, ...]:
    """Return the waiting and ready holds of a title in queue order."""
    rows = library.rows(
        f"{_HOLD} where title {OF_TITLE} and state in ('waiting', 'ready') order by placed_at, id",
        title.bytes,
    )
    return tuple(_hold(row) for row in rows)


def live_holds_of_member(library: Library, member: UUID) -> tuple[Hold, ...]:
    """Return the waiting and ready holds of a member."""
    rows = library.rows(
        f"{_HOLD} where member = ? and state in ('waiting', 'ready') order by placed_at, id",
        member.bytes,
    )
    return tuple(_hold(row) for row in rows)


def hold_by_id(library: Library, id_: UUID) -> Hold | None:
    """Return a hold, or ``None``."""
    rows = library.rows(f"{_HOLD} where id = ?", id_.bytes)
    return _hold(rows[0]) if rows else None


def _hold(row: tuple[Any, ...]) -> Hold:
    i, title, member, pickup, at, zone, state, copy, until, expires = row
    return Hold(
        sure_id(i),
        as_id(title) or UUID(int=0),
        as_id(member) or UUID(int=0),
        as_id(pickup),
        as_moment(at, zone),
        HoldState(state),
        as_id(copy),
        as_day(until),
        as_day(expires),
    )


def debt_of(library: Library, member: UUID) -> int:
    """Return what a member owes, in whole rupiah (negative: the library owes)."""
    return int(
        library.value(
            "select coalesce(sum(amount), 0) from money where member = ? and voided = 0",
            member.bytes,
        )
    )


def free_copies(library: Library, title: UUID, besides: UUID) -> int:
    """Count the lendable copies of a title on the shelf, besides one."""
    return int(
        library.value(
            f"select count(*) from copy c where c.title {OF_TITLE} and c.id <> ? and c.deleted = 0"
            " and coalesce(c.access, 'loan') = 'loan'"
            " and coalesce(c.\"condition\", 'good') = 'good'"
            ' and not exists (select 1 from loan l where l.copy = c.id and l."end" = 0)'
            " and not exists (select 1 from hold h where h.copy = c.id and h.state = 'ready')"
            " and not exists (select 1 from transfer x where x.copy = c.id"
            "  and x.state = 'on_the_way')",
            title.bytes,
            besides.bytes,
        )
    )
