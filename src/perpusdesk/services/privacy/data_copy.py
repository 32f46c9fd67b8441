"""Copy of my data: everything the library holds of one person, for that person (article 7).

The names of staff are not in it: they are personal data of others. The schema of the JSON file is
told in docs/developers/data-copy.md; ``VERSION`` grows when it changes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.looks import How
from perpusdesk.services.members.member_card import (
    MemberCard,
    member_card,
    member_history,
    member_holds,
)
from perpusdesk.services.members.member_card import member_ledger as ledger
from perpusdesk.services.members.member_changes import member_changes
from perpusdesk.services.privacy.access_log import write_down
from perpusdesk.services.privacy.consents import consents
from perpusdesk.services.privacy.data_requests import request_lines
from perpusdesk.services.privacy.privacy_settings import refuse_privacy, rules_of, settings_of
from perpusdesk.services.privacy.restrict_member import restricted_since
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import library_name
from perpusdesk.storage.queries import access_log, person_data
from perpusdesk.storage.queries.identities import identities_of
from perpusdesk.storage.queries.member_records import kits_of
from perpusdesk.storage.queries.values import as_moment

VERB: Final = "copy_data"
FORMAT: Final = "perpusdesk-data-copy"
VERSION: Final = 1
_ALL: Final = 1_000_000


def data_copy(desk: Desk, member: UUID, reason: str) -> Done[dict[str, Any]] | Refused:
    """Gather all that is held of a member; who made the copy, when and why is kept.

    ``RIGHT_MISSING``, ``REASON_MISSING``, ``MEMBER_UNKNOWN``. Raises ``KnownError`` (disk).
    """
    if refusal := refuse_privacy(desk):
        return refusal
    said = " ".join(reason.split())
    if not said:
        return Refused(Reason.REASON_MISSING)
    card = member_card(desk, member)
    if card is None:
        return Refused(Reason.MEMBER_UNKNOWN, {"member": member})
    write_down(desk)
    gathered = gather(desk, card)
    action, mark = desk.action(VERB), desk.library.new_id()
    action.event(
        "export.made", "export_run", mark, format="data_copy", reason=said[:500], members=1
    )
    written = desk.commit(action)
    desk.saw(member, How.COPY)
    return Done(gathered, written.action, VERB, frozenset({"export_run"}))


def as_json(gathered: Mapping[str, Any]) -> bytes:
    """Return the copy as a JSON file."""
    return json.dumps(gathered, ensure_ascii=False, indent=2, default=_plain).encode() + b"\n"


def gather(desk: Desk, card: MemberCard) -> dict[str, Any]:
    """Return everything held of a member as plain values; reads only."""
    library, member = desk.library, card.id
    photo = base64.b64encode(card.photo).decode() if card.photo else None
    return {
        "format": FORMAT,
        "version": VERSION,
        "made": desk.now().replace(microsecond=0),
        "library": library_name(desk),
        "contact": asdict(settings_of(desk)),
        "person": _person(card) | {"restricted": restricted_since(desk, member)},
        "identity": [{"kind": r.kind, "number": r.number} for r in identities_of(library, member)],
        "photo": photo,
        "consents": [asdict(line) for line in consents(desk, member)],
        "loans": [_loan(line) for line in member_history(desk, member, _ALL)],
        "holds": [_hold(line) for line in member_holds(desk, member, _ALL)],
        "block_loans": [
            {"name": kit.name, "due": kit.due, "note": kit.note, "copies": kit.total}
            for kit in kits_of(library, member)
        ],
        "read_on_site": [
            {"at": at, "title": title, "branch": branch}
            for at, title, branch in person_data.readings_of(library, member)
        ],
        "visits": person_data.visits_of(library, member),
        "money": [_entry(line) for line in ledger(desk, member)],
        "blocks": [
            {"kind": b.kind, "reason": b.reason, "since": b.since, "until": b.until}
            for b in card.blocks
        ],
        "changes": [_change(change) for change in member_changes(desk, member)],
        "seen": [
            {"how": how, "times": times, "first": _at(desk, first), "last": _at(desk, last)}
            for how, times, first, last in access_log.count_by_how(library, member)
        ],
        "requests": [
            {"kind": r.kind, "received": r.received, "done": r.done, "outcome": r.outcome}
            for r in request_lines(desk, member=member)
        ],
        "purposes": [asdict(group) for group in rules_of(desk).groups],
        "source": rules_of(desk).source,
    }


def _person(card: MemberCard) -> dict[str, Any]:
    plain = asdict(card.form) | {"category": card.category_name, "branch": card.branch_name}
    return plain | {"photo_consent": card.photo_consent}


def _loan(line: Any) -> dict[str, Any]:
    names = ("title", "author", "barcode", "lent_at", "due", "renewals", "end", "returned_at")
    return {name: getattr(line, name) for name in names}


def _hold(line: Any) -> dict[str, Any]:
    names = ("title", "author", "pickup_name", "placed_at", "state", "pickup_until", "expires")
    return {name: getattr(line, name) for name in names}


def _entry(line: Any) -> dict[str, Any]:
    names = ("at", "kind", "amount", "note", "title", "voided", "balance")
    return {name: getattr(line, name) for name in names}


def _change(change: Any) -> dict[str, Any]:
    names = ("at", "verb", "record", "field", "before", "after", "why")
    return {name: getattr(change, name) for name in names}


def _at(desk: Desk, ms: int) -> datetime:
    return as_moment(ms, desk.zone)


def _plain(value: object) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
