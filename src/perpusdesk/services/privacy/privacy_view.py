"""What the section of personal data in a member's record shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from perpusdesk.domain.rights import MEMBERS, PRIVACY
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.identities import IdentityLine, identity
from perpusdesk.services.privacy.consents import ConsentLine, consents
from perpusdesk.services.privacy.data_requests import RequestLine, request_lines
from perpusdesk.services.privacy.restrict_member import restricted_since


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """Consents by purpose, the masked number, restriction, open requests; and what may be done.

    ``may_edit``: consents and the number. ``may_answer``: copy, restriction, erasure, whole number.
    """

    consents: tuple[ConsentLine, ...]
    identity: IdentityLine | None
    restricted: date | None
    requests: tuple[RequestLine, ...]
    may_edit: bool
    may_answer: bool


def privacy_view(desk: Desk, member: UUID) -> PrivacyView:
    """Return how things stand with a member's personal data; reads only."""
    requests = (line for line in request_lines(desk, member=member) if line.done is None)
    return PrivacyView(
        consents(desk, member),
        identity(desk, member),
        restricted_since(desk, member),
        tuple(requests),
        desk.may(MEMBERS),
        desk.may(PRIVACY),
    )
