"""The lists that visitors choose from here: those of the program, or the library's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.i18n import language
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.rights import RULES
from perpusdesk.domain.visiting import Option, Profile, ProfileLists, age_band
from perpusdesk.exchange.visit_profile import profile_lists
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting
from perpusdesk.storage.queries import visits as query

SETTING: Final = "visit_profile"
VERB: Final = "set_visit_profile"
LONGEST: Final = 60
MOST: Final = 24
OWN_LISTS: Final = ("occupation", "education", "purpose")
"""Which lists a library may change; age and sex are what figures are counted by."""


def lists_here(desk: Desk) -> ProfileLists:
    """Return the lists in force today, with those of the library's own in their places."""
    usual = profile_lists(desk.today())
    own = desk.settings.get(SETTING)
    if not isinstance(own, Mapping):
        return usual
    options = dict(usual.options)
    for name in OWN_LISTS:
        if read := _options(own.get(name)):
            options[name] = read
    return replace(usual, options=options)


def answer_name(desk: Desk, name: str, code: str) -> str:
    """Return the name of an answer; of one that was taken off the list too, else the code."""
    for lists in (lists_here(desk), profile_lists(desk.today())):
        for one in lists.options.get(name, ()):
            if one.code == code:
                return one.said(language())
    return code


def level_name(desk: Desk, code: str) -> str:
    """Return the name of a level of groups, else the code."""
    found = lists_here(desk).level(code)
    return found.said(language()) if found else code


@needs(RULES)
def save_list(desk: Desk, name: str, names: Sequence[str]) -> Done[ProfileLists] | Refused:
    """Offer these answers in a list from now on; what keeps its name keeps its code.

    ``RIGHT_MISSING``, ``NAME_MISSING`` when nothing is left. Raises ``ValueError`` for a list that
    is not the library's to change.
    """
    if name not in OWN_LISTS:
        raise ValueError(f"not a list of the library's own: {name}")
    wanted = list(dict.fromkeys(text.strip()[:LONGEST] for text in names if text.strip()))[:MOST]
    if not wanted:
        return Refused(Reason.NAME_MISSING)
    codes = _codes(desk, name)
    rows = [
        {"code": codes.get(text.casefold()) or _code(name, text), "name": text} for text in wanted
    ]
    kept = desk.settings.get(SETTING)
    action = desk.action(VERB)
    put_setting(action, SETTING, {**(kept if isinstance(kept, dict) else {}), name: rows})
    written = desk.commit(action)
    return Done(lists_here(desk), written.action, VERB, frozenset({"setting"}))


def member_profile(desk: Desk, member: UUID) -> tuple[Profile, UUID | None]:
    """Return what is known of a member who comes today, and the category."""
    row = query.visitor(desk.library, member)
    if row is None:
        return Profile(), None
    lists = lists_here(desk)
    sex = row.sex if lists.knows("sex", row.sex) else ""
    band = age_band(lists.options["age"], row.born, desk.today())
    return Profile(age=band, sex=sex), row.category


def _codes(desk: Desk, name: str) -> dict[str, str]:
    """Return the codes of all answers that are or were in a list, by their names."""
    found: dict[str, str] = {}
    for lists in (profile_lists(desk.today()), lists_here(desk)):
        for one in lists.options[name]:
            found |= {one.name.casefold(): one.code}
            if one.english:
                found |= {one.english.casefold(): one.code}
    return found


def _code(name: str, text: str) -> str:
    """Return a code that every device gives the same answer."""
    return named_id(f"visit_{name}", text.casefold()).hex[-12:]


def _options(rows: Any) -> tuple[Option, ...]:
    if not isinstance(rows, list):
        return ()
    read = [row for row in rows if isinstance(row, dict) and row.get("code") and row.get("name")]
    return tuple(Option(str(row["code"]), str(row["name"])) for row in read)
