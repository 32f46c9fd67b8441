"""Conflicts about copies and who has them: lent twice, lent while something else was so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from perpusdesk.domain.conflicts.conflict import Conflict, Side, believed, conflict_of, in_order
from perpusdesk.domain.conflicts.kinds import AS_IS, CLOSE, FOUND, MOVE, PUT_BACK, Kind, side
from perpusdesk.domain.merge.loans import OPEN
from perpusdesk.domain.merge.ops import Stamp


@dataclass(frozen=True, slots=True)
class LoanFact:
    """A loan as it stands: ``stamp`` is its opening; times are Unix ms, ``day`` is the local day.

    ``end`` is as in ``domain.merge.loans``.
    """

    loan: UUID
    copy: UUID | None
    member: UUID | None
    rule: UUID | None
    at: int
    day: date
    due: str
    ended_at: int | None
    end: int
    stamp: Stamp

    @property
    def side(self) -> Side:
        """The loan as a side of a conflict."""
        facts = {
            "copy": self.copy,
            "member": self.member,
            "due": self.due,
            "ended_at": self.ended_at,
            "open": self.end == OPEN,
        }
        return Side(self.stamp, "loan", self.loan, self.at, facts)

    @property
    def happened(self) -> int:
        """When it was lent, as far as that can be believed."""
        return believed(self.at, self.stamp)


def lent_twice(copy: UUID, loans: Iterable[LoanFact]) -> Conflict | None:
    """One copy, several loans at a time, at least one of them open: the last is proposed."""
    every = list(loans)
    still = [loan for loan in every if loan.end == OPEN]
    others = [
        loan
        for loan in every
        if loan.ended_at is not None and any(loan.ended_at > open_.at for open_ in still)
    ]
    sides = in_order(loan.side for loan in (*still, *others))
    if not still or len(sides) < 2:
        return None
    return conflict_of(Kind.LENT_TWICE, sides, side(len(sides)), copy=copy)


def over_limit(
    member: UUID,
    loans: Iterable[LoanFact],
    limit_of: Callable[[UUID | None], int | None],
    knowingly: Callable[[LoanFact], bool],
) -> Iterator[Conflict]:
    """Each open loan beyond its rule's limit that was made without knowing of all before it."""
    ordered = sorted(loans, key=lambda loan: (loan.happened, loan.stamp))
    for place, loan in enumerate(ordered):
        limit = limit_of(loan.rule)
        unseen = [one for one in ordered[:place] if one.stamp.device != loan.stamp.device]
        if limit is None or place < limit or not unseen or knowingly(loan):
            continue
        sides = (unseen[-1].side, loan.side)
        facts: dict[str, Any] = {"member": member, "limit": limit, "count": place + 1}
        yield conflict_of(Kind.LENT_OVER_LIMIT, sides, AS_IS, told_by=[loan.stamp], **facts)


def lent_blocked(loan: LoanFact, block: Side) -> Conflict | None:
    """A loan on a day on which the member was blocked, by a block that the desk did not know."""
    day, since, until = loan.day.isoformat(), block.facts["since"], block.facts["until"]
    if (since and day < since) or (until and day > until):
        return None
    return conflict_of(Kind.LENT_BLOCKED, (block, loan.side), AS_IS, member=loan.member)


def lent_kept(loan: LoanFact, kept: Side) -> Conflict:
    """A copy that is kept for somebody is on loan to another: the loan is proposed."""
    return conflict_of(Kind.LENT_KEPT, (loan.side, kept), side(1), copy=loan.copy)


def lent_sent(loan: LoanFact, sent: Side) -> Conflict:
    """A copy that is on its way is on loan: what came later is proposed."""
    sides = in_order((loan.side, sent))
    return conflict_of(Kind.LENT_SENT, sides, side(2), copy=loan.copy)


def lent_gone(loan: LoanFact, gone: Side) -> Conflict:
    """A copy that was recorded as lost, missing or withdrawn is on loan: the loan is proposed."""
    return conflict_of(Kind.LENT_GONE, (loan.side, gone), side(1), copy=loan.copy)


def handed_back(loan: LoanFact, seen: Iterable[Side]) -> Conflict | None:
    """An open loan of a copy that another desk took in since, not knowing of it: the first counts.

    That it ended then is proposed.
    """
    since = [one for one in in_order(seen) if believed(one.at, one.stamp) >= loan.happened]
    if not since:
        return None
    sides = (loan.side, since[0])
    return conflict_of(Kind.HANDED_BACK, sides, side(2), copy=loan.copy, member=loan.member)


def lost_and_returned(copy: UUID, lost: Side, returned: Side) -> Conflict:
    """A loan that one desk ended as lost and another by taking the copy back."""
    return conflict_of(Kind.LOST_RETURNED, (lost, returned), FOUND, copy=copy)


def several(kind: Kind, copy: UUID, sides: Iterable[Side], *, last: bool) -> Conflict | None:
    """One copy kept for several holds, or on several ways; the first or the last is proposed."""
    ordered = in_order(sides)
    if len(ordered) < 2:
        return None
    return conflict_of(kind, ordered, side(len(ordered) if last else 1), copy=copy)


def names_nothing(kind: Kind, gone: Side | None, sides: Sequence[Side], **facts: Any) -> Conflict:
    """Loans, holds or copies that name a record which is not there; it is to be put back.

    ``gone`` is its removal; where that is not known (it was withheld), nothing can be put back.
    """
    every = (*((gone,) if gone else ()), *sides)
    found = conflict_of(kind, every, PUT_BACK if gone else AS_IS, **facts)
    impossible = {MOVE, *(() if gone else (PUT_BACK,)), *(() if sides else (CLOSE,))}
    return replace(found, answers=tuple(one for one in found.answers if one not in impossible))


def merged_away(gone: Side, kept: UUID) -> Conflict:
    """Something names a member who was merged into another: it is to go there too."""
    facts: dict[str, Any] = {"record": "member", "entity": gone.entity, "kept": kept}
    found = conflict_of(Kind.UNKNOWN_MEMBER, (gone,), MOVE, **facts)
    return replace(found, answers=tuple(one for one in found.answers if one != CLOSE))


def return_without_loan(ended: Side) -> Conflict:
    """The end of a loan of which nobody knows the beginning."""
    return conflict_of(Kind.RETURN_WITHOUT_LOAN, (ended,), AS_IS)
