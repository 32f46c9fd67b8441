"""The roles of staff in words."""

from __future__ import annotations

from typing import Final

from perpusdesk.common.i18n import N_, _

ROLES: Final = {
    "administrator": N_("Administrator"),
    "head": N_("Head of the library"),
    "cataloguer": N_("Cataloguer"),
    "desk": N_("Desk staff"),
    "volunteer": N_("Volunteer"),
}


def role_name(role: str) -> str:
    """Return a role in the language in use; an unknown one as it is."""
    return _(ROLES[role]) if role in ROLES else role
