"""A member's form that was not finished: kept on this device, never sent anywhere."""

from __future__ import annotations

import json
from dataclasses import asdict

import msgspec

from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.storage.open_forms import FORM


def keep_draft(desk: Desk, form: MemberForm | None) -> None:
    """Keep the form of a new member for later; ``None`` forgets it."""
    kept = None if form is None else json.dumps(asdict(form), default=str)
    desk.library.put_local(FORM, kept)


def kept_draft(desk: Desk) -> MemberForm | None:
    """Return the form that was kept, if there is one that can be read."""
    text = desk.library.local(FORM)
    if not text:
        return None
    try:
        return msgspec.convert(json.loads(text), MemberForm, strict=False)
    except (ValueError, msgspec.ValidationError):
        return None
