"""A member says that a copy was returned: noted with the loan while the shelf is searched."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.lost import decide_claim
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.loans import LoanLine, line_of


def claim_returned(desk: Desk, loan: UUID) -> Done[LoanLine] | Refused:
    """Note the claim; until it ends the loan counts as no overdue and costs no fine.

    A claim that is noted already is left as it is (``action`` is ``None``). ``LOAN_UNKNOWN``,
    ``LOAN_CLOSED`` loan, end.
    """
    return _note(desk, loan, claimed=True)


def end_claim(desk: Desk, loan: UUID) -> Done[LoanLine] | Refused:
    """Withdraw the claim: the member has the copy after all, the loan goes on as before."""
    return _note(desk, loan, claimed=False)


def _note(desk: Desk, loan: UUID, *, claimed: bool) -> Done[LoanLine] | Refused:
    found = decide_claim(find.loan_by_id(desk.library, loan))
    if isinstance(found, Refused):
        return found
    verb = "claim_returned" if claimed else "end_claim"
    action = desk.action(verb)
    if found.claimed_returned != claimed:
        kind = loan_events.CLAIMED if claimed else loan_events.CLAIM_ENDED
        action.event(kind, "loan", loan)
    written = desk.commit(action) if action.drafts else None
    line = line_of(desk.library, loan, desk.today())
    if line is None:
        return Refused(Reason.LOAN_UNKNOWN, {"loan": loan})
    return Done(line, written.action if written else None, verb, frozenset({"loan"}))
