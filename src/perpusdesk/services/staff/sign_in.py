"""Coming to the desk with a PIN, a password, or a staff card and a PIN; all without a network.

A sign-in has three steps, so that the slow one runs beside interface and database: ``begin`` (reads
and counts the try), ``Try.fits`` (on any thread), ``finish`` (lets in or says why not). ``sign_in``
does all three. A try is counted before it is looked at: ending the program saves nobody a wait.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.pins import plain, wait_after, weakness
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.services.staff import pins
from perpusdesk.services.staff.shift import Colleague, seat
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.staff import Staff

VERB: Final = "choose_pin"
RENEW_VERB: Final = "keep_pin_anew"
_TRIES: Final = "tries/"
"""Local to a device: wrong ones in a row, and when the last was (Unix ms)."""


@dataclass(frozen=True, slots=True)
class Try:
    """One try of a person; ``wrong``: those in a row before it."""

    person: UUID
    kept: str
    wrong: int

    def fits(self, secret: str) -> bool:
        """Whether it is this person's PIN or password; slow, so never on the interface thread."""
        return pins.fits(self.kept, secret)


def begin(desk: Desk, person: UUID) -> Try | Refused:
    """Count a try. ``STAFF_UNKNOWN``, ``PIN_MISSING`` name, ``SIGN_IN_WAIT`` seconds."""
    found = desk.people.get(person)
    if found is None:
        return Refused(Reason.STAFF_UNKNOWN)
    if not found.secret:
        return Refused(Reason.PIN_MISSING, {"name": found.name})
    wrong, left = _standing(desk, person)
    if left:
        return Refused(Reason.SIGN_IN_WAIT, {"seconds": left})
    _note(desk, person, wrong + 1)
    return Try(person, found.secret, wrong)


def finish(
    desk: Desk, tried: Try, secret: str, *, fits: bool, new: str = ""
) -> Done[Colleague] | Refused:
    """Let somebody in whose secret fits, and say why not otherwise.

    ``PIN_WRONG`` seconds to wait before the next try; ``PIN_TO_CHANGE`` name: it was given by
    somebody else, so come with a ``new`` one; ``PIN_WEAK`` why. Raises ``KnownError`` (disk).
    """
    found = desk.people.get(tried.person)
    if found is None or found.secret != tried.kept:
        return Refused(Reason.STAFF_UNKNOWN)
    if not fits:
        return Refused(Reason.PIN_WRONG, {"seconds": wait_after(tried.wrong + 1)})
    _note(desk, tried.person, 0)
    if pins.must_change(found.secret):
        refusal = _refuse_new(found, secret, new)
        return refusal or sign_in_anew(
            desk, found, new, Action(VERB, found.id, desk.branch, desk.zone)
        )
    if pins.is_outdated(found.secret) and desk.library.writable:
        return sign_in_anew(
            desk, found, secret, Action(RENEW_VERB, found.id, desk.branch, desk.zone)
        )
    return Done(seat(desk, found), None, "sign_in")


def sign_in(desk: Desk, person: UUID, secret: str, new: str = "") -> Done[Colleague] | Refused:
    """Let ``person`` in by a PIN or password; refuses as ``begin`` and ``finish`` do."""
    tried = begin(desk, person)
    if isinstance(tried, Refused):
        return tried
    return finish(desk, tried, secret, fits=tried.fits(secret), new=new)


def change_own(desk: Desk, secret: str, new: str) -> Done[Colleague] | Refused:
    """Let the person at the desk choose another PIN or password; refuses as ``sign_in`` does."""
    found = desk.people.get(desk.staff) if desk.staff else None
    if found is None:
        return Refused(Reason.STAFF_UNKNOWN)
    tried = begin(desk, found.id)
    if isinstance(tried, Refused):
        return tried
    if not tried.fits(secret):
        return Refused(Reason.PIN_WRONG, {"seconds": wait_after(tried.wrong + 1)})
    return _refuse_new(found, secret, new) or sign_in_anew(
        desk, found, new, Action(VERB, found.id, desk.branch, desk.zone)
    )


def sign_in_anew(desk: Desk, found: Staff, secret: str, action: Action) -> Done[Colleague]:
    """Let somebody in who is known to be who he says; ``action`` (his) keeps another secret."""
    _note(desk, found.id, 0)
    kept, before = pins.sealed(secret), desk.staff
    here = seat(desk, found)
    try:
        action.set("staff", found.id, {"secret": kept})
        written = desk.commit(action)
    except BaseException:
        desk.staff = before
        raise
    return Done(here, written.action, action.verb, frozenset({"staff"}))


def refuse_secret(secret: str, *known: str) -> Refused | None:
    """Return why a PIN or password is too weak (``PIN_WEAK`` why), or nothing."""
    why = weakness(secret, known)
    return None if why is None else Refused(Reason.PIN_WEAK, {"why": why.value})


def by_card(desk: Desk, text: str) -> Staff | None:
    """Return who of those who may work has this staff card."""
    wanted = text.strip().casefold()
    return next((one for one in desk.people.values() if _same_card(one, wanted)), None)


def staff_cards(desk: Desk) -> dict[str, UUID]:
    """Return the staff cards of all who may work, in lower case, with whose they are."""
    return {one.card.casefold(): one.id for one in desk.people.values() if one.card}


def is_known_code(desk: Desk, text: str) -> bool:
    """Whether a text is a number of this library (a card, a copy), so that it was scanned."""
    code = text.strip()
    library = desk.library
    return bool(find.members_by_card(library, code) or find.copies_by_code(library, code))


def sign_out(desk: Desk) -> None:
    """Leave the desk to nobody; where people sign in, nothing can be written until one does."""
    desk.staff = None


def _same_card(one: Staff, wanted: str) -> bool:
    return bool(wanted) and one.card.casefold() == wanted


def _refuse_new(found: Staff, secret: str, new: str) -> Refused | None:
    """Return why ``new`` cannot follow ``secret``; nothing new at all asks for it."""
    if not new:
        return Refused(Reason.PIN_TO_CHANGE, {"name": found.name})
    if plain(new) == plain(secret):
        return Refused(Reason.PIN_WEAK, {"why": "same"})
    return refuse_secret(new, found.name, found.card)


def _standing(desk: Desk, person: UUID) -> tuple[int, int]:
    """Return how many wrong ones in a row there were, and the seconds that are left to wait."""
    kept = str(desk.library.local(_TRIES + person.hex) or "")
    wrong, _, at = kept.partition("@")
    if not wrong:
        return 0, 0
    wait, passed = wait_after(int(wrong)), (desk.library.now_ms() - int(at)) // 1000
    if wait and passed < 0:  # the clock went back: wait from now on, not until it is here again
        _note(desk, person, int(wrong))
        passed = 0
    return int(wrong), max(0, wait - passed)


def _note(desk: Desk, person: UUID, wrong: int) -> None:
    """Remember the wrong ones in a row, across restarts; none forgets them."""
    kept = f"{wrong}@{desk.library.now_ms()}" if wrong else None
    with desk.library.noting():
        desk.library.keep_local(_TRIES + person.hex, kept)
