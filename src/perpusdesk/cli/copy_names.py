"""What scripts name by words: a branch, a collection kind, a day, copies by their codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from perpusdesk.cli.context import InputError, RefusedError
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find


def branch_of(desk: Desk, text: str) -> UUID | None:
    """Return the branch with this name or code; ``None`` for an empty text."""
    named = {(one.name, one.code): one.id for one in desk.branches.values()}
    return _named(named, text, "branch", _("There is no branch {name}. Known: {known}"))


def kind_of(desk: Desk, text: str) -> UUID | None:
    """Return the collection kind with this name or code; ``None`` for an empty text."""
    named = {(one.name, one.code): one.id for one in desk.kinds.values()}
    return _named(named, text, "kind", _("There is no collection {name}. Known: {known}"))


def day_of(text: str) -> date | None:
    """Return the day (``YYYY-MM-DD``); ``None`` for an empty text."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        message = _("This is not a date: {text}").format(text=text)
        raise InputError("date", message) from error


def copies_of(desk: Desk, codes: Sequence[str]) -> list[UUID]:
    """Return the copies with these barcodes or inventory numbers, in order."""
    return [copy_of(desk, code) for code in codes]


def copy_of(desk: Desk, code: str) -> UUID:
    """Return the copy with this barcode or inventory number."""
    found = find.copies_by_code(desk.library, code)
    if not found:
        raise RefusedError(Refused(Reason.COPY_UNKNOWN, {"barcode": code}), desk)
    return found[0].id


def _named(named: dict[tuple[str, str], UUID], text: str, code: str, message: str) -> UUID | None:
    if not text:
        return None
    wanted = text.casefold()
    for words, id_ in named.items():
        if wanted in (word.casefold() for word in words if word):
            return id_
    known = ", ".join(name for name, _code in named)
    raise InputError(code, message.format(name=text, known=known))
