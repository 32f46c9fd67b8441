"""The lists of the service in force here: those of the program with what the library changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from perpusdesk.common.i18n import language
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.domain.service_lists import DUE_DAYS, LISTS, ServiceLists, rows_of, with_setting
from perpusdesk.exchange.service_lists import service_lists
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting

SETTING: Final = "service_lists"
VERB: Final = "set_service_lists"


def lists_of(desk: Desk) -> ServiceLists:
    """Return the lists in force today."""
    return with_setting(service_lists(desk.today()), desk.settings.get(SETTING))


def choices(desk: Desk, name: str) -> list[tuple[str, str]]:
    """Return a list as names with codes, in the language in use."""
    return [(one.said(language()), one.code) for one in lists_of(desk).of(name)]


def said(desk: Desk, name: str, code: str) -> str:
    """Return how a code of a list reads in the language in use."""
    return lists_of(desk).name_of(name, code, language()) if code else ""


@needs(COMPLAINTS)
def set_names(
    desk: Desk, due_days: int, names: Mapping[str, Sequence[str]]
) -> Done[ServiceLists] | Refused:
    """Set the days to answer and what the lists offer, by names; as ``set_lists``.

    A name that is new becomes a choice of its own; what is left out stays readable where it was
    used. Lists that offer what they offered before are not written.
    """
    now, plain = lists_of(desk), service_lists(desk.today())
    wanted = {
        name: rows_of((*now.of(name), *plain.of(name)), lines) for name, lines in names.items()
    }
    changed = {
        name: rows
        for name, rows in wanted.items()
        if rows != [(one.code, one.name) for one in now.of(name)]
    }
    return set_lists(desk, due_days if due_days != now.due_days else None, changed)


@needs(COMPLAINTS)
def set_lists(
    desk: Desk,
    due_days: int | None = None,
    lists: Mapping[str, list[tuple[str, str]]] | None = None,
) -> Done[ServiceLists] | Refused:
    """Change the days to answer, or whole lists (code, name). ``RIGHT_MISSING``.

    ``COUNT_INVALID`` count, most: days outside of ``DUE_DAYS``; ``NOTHING_CHOSEN``: an empty list.
    """
    kept = desk.settings.get(SETTING)
    wanted = dict(kept) if isinstance(kept, Mapping) else {}
    if due_days is not None:
        if not DUE_DAYS[0] <= due_days <= DUE_DAYS[1]:
            return Refused(Reason.COUNT_INVALID, {"count": due_days, "most": DUE_DAYS[1]})
        wanted["due_days"] = due_days
    for name, rows in (lists or {}).items():
        told = [[code.strip(), label.strip()] for code, label in rows if code and label.strip()]
        if name not in LISTS or not told:
            return Refused(Reason.NOTHING_CHOSEN)
        wanted[name] = told
    plain = service_lists(desk.today())
    if wanted == (kept or {}):
        return Done(with_setting(plain, wanted), None, VERB)
    action = desk.action(VERB)
    put_setting(action, SETTING, wanted)
    written = desk.commit(action)
    return Done(with_setting(plain, wanted), written.action, VERB, frozenset({"setting"}))
