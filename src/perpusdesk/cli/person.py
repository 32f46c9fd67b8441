"""Who acts in a call of the command line, and the PIN that proves it."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING, Final

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused

if TYPE_CHECKING:
    from perpusdesk.services.desk import Desk

VARIABLE: Final = "PERPUSDESK_STAFF"
"""Names who acts where ``--who`` does not."""


def seat_person(desk: Desk, who: str) -> tuple[str, Refused | None]:
    """Let the person named act; where people sign in, the PIN is read from standard input.

    Returns the PIN that was read and why it was refused. An unknown name is ``STAFF_UNKNOWN``.
    """
    named = (who or os.environ.get(VARIABLE, "")).strip().casefold()
    if not named:
        return "", None
    found = [
        person
        for person in desk.people.values()
        if named in (person.name.casefold(), person.card.casefold(), str(person.id))
    ]
    if len(found) != 1:
        return "", Refused(Reason.STAFF_UNKNOWN, {"name": named})
    if not desk.pins_in_use:
        desk.staff = found[0].id
        return "", None
    from perpusdesk.services.staff.sign_in import sign_in

    secret = read_secret(_("PIN of {name}").format(name=found[0].name))
    answer = sign_in(desk, found[0].id, secret)
    return secret, answer if isinstance(answer, Refused) else None


def read_secret(prompt: str) -> str:
    """Read one line that nobody may see: typed unseen, or a line of standard input."""
    if sys.stdin.isatty():
        return getpass.getpass(f"{prompt}: ")
    return sys.stdin.readline().rstrip("\r\n")
