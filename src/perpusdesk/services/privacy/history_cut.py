"""Cutting the history of reading: what ended long ago is nobody's any more, only counted.

A cut says "all that ended before this moment". Every device then takes the member out of those
loans, holds, readings and visits, in rows and ops, in short steps beside the work.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from perpusdesk.domain.data_protection import months_before
from perpusdesk.domain.merge import facts
from perpusdesk.services.desk import Desk
from perpusdesk.services.privacy.privacy_settings import settings_of
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import erasures as query
from perpusdesk.storage.queries.cut_exceptions import exceptions
from perpusdesk.storage.queries.values import as_moment, as_ms

VERB: Final = "cut_history"
_AT_LEAST: Final = timedelta(days=27)
"""A new cut when the last one is a month behind: every device does the work once a month."""


def due_cut(desk: Desk) -> datetime | None:
    """Return before which moment the history is to be cut now; ``None``: nothing is due."""
    day = months_before(desk.today(), settings_of(desk).history_months)
    wanted = datetime(day.year, day.month, day.day, tzinfo=desk.now().tzinfo)
    done = last_cut(desk)
    return wanted if done is None or wanted - done >= _AT_LEAST else None


def last_cut(desk: Desk) -> datetime | None:
    """Return before which moment the history is cut already; ``None``: it never was."""
    value = query.last_cut(desk.library)
    return None if value is None else as_moment(value, desk.zone)


def cut_history(desk: Desk) -> Done[datetime | None]:
    """Cut the history when it is due; for the daily chore, on any number of devices.

    Left out: open loans, what somebody still owes for, blocks that stand, and members who asked
    that their history stays (a consent of the purpose ``reading_history``).
    """
    wanted = due_cut(desk)
    if wanted is None:
        return Done(None, None, VERB)
    before = as_ms(wanted.astimezone(UTC))
    kept = b"".join(exceptions(desk.library, before))
    action = desk.action(VERB)
    record = desk.library.new_id()
    action.event(facts.HISTORY_CUT, "history_cut", record, fresh=True, before=before, kept=kept)
    written = desk.commit(action)
    return Done(wanted, written.action, VERB, frozenset({"history_cut", "loan", "hold", "visit"}))
