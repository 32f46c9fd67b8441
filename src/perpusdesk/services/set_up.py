"""A new library: its first branch, its first person, and the rules it starts with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any
from uuid import UUID

from perpusdesk.domain.ids import named_id
from perpusdesk.domain.policy_types import Hours, LoanRule
from perpusdesk.exchange.rule_tables import (
    RuleTable,
    shipped_closures,
    shipped_hours,
    shipped_loan_rules,
)
from perpusdesk.protocol import payload as wire
from perpusdesk.services.desk import HOUSE_SETTING, Desk
from perpusdesk.storage.database import Engine
from perpusdesk.storage.drafts import Action, plain
from perpusdesk.storage.library import Library, Sources
from perpusdesk.storage.queries.devices import OWN_BRANCH

VERB = "set_up"
NAME_SETTING = "library_name"
LANGUAGE_SETTING = "language"
BRANCH_LOCAL = OWN_BRANCH
STAFF_LOCAL = "staff"


@dataclass(frozen=True, slots=True)
class NewLibrary:
    """What the wizard or ``perpusdesk init`` asks; ``zone`` in minutes east of UTC."""

    name: str
    branch: str
    zone: int = 420
    staff: str = "Administrator"
    role: str = "administrator"
    language: str = "id"


def create_library(
    folder: Path,
    new: NewLibrary,
    *,
    engine: Engine = Engine.APSW,
    sources: Sources | None = None,
    encrypted: bool = True,
) -> Library:
    """Make a library in ``folder`` with the shipped rules, hours and closures, as one action.

    ``encrypted``: by a key of its own, which the key store of this device keeps. Raises
    ``KnownError`` when a library is there already or the folder cannot be written.
    """
    library = Library.create(folder, engine=engine, sources=sources, encrypted=encrypted)
    furnish(library, new)
    return library


def furnish(library: Library, new: NewLibrary) -> None:
    """Give an empty library its first branch and person, rules, hours and closures."""
    action = Action(VERB, zone=new.zone)
    branch, person = library.new_id(), library.new_id()
    put_setting(action, NAME_SETTING, new.name.strip(), fresh=True)
    put_setting(action, LANGUAGE_SETTING, new.language, fresh=True)
    action.set("branch", branch, branch_fields(new.branch, "building", new.zone), fresh=True)
    action.set("staff", person, staff_fields(new.staff, new.role), fresh=True)
    device = UUID(bytes=library.device)
    action.set("device", device, {"name": new.branch, "branch": branch, "number": 1}, fresh=True)
    _add_rules(library, action, shipped_loan_rules())
    _add_calendar(library, action)
    library.write(action)
    library.put_local(BRANCH_LOCAL, branch.bytes)
    library.put_local(STAFF_LOCAL, person.bytes)


def add_branch(desk: Desk, name: str, *, kind: str = "building", zone: int | None = None) -> UUID:
    """Add a branch or a van and commit it; return its id."""
    branch = desk.library.new_id()
    action = desk.action("add_branch")
    code = next_branch_code(desk)
    values = branch_fields(name, kind, desk.zone if zone is None else zone, code)
    action.set("branch", branch, values, fresh=True)
    desk.commit(action)
    return branch


def add_staff(desk: Desk, name: str, role: str) -> UUID:
    """Add somebody who works at the desk and commit it; return the id."""
    person = desk.library.new_id()
    action = desk.action("add_staff")
    action.set("staff", person, staff_fields(name, role), fresh=True)
    desk.commit(action)
    return person


def open_desk(library: Library, *, staff: UUID | None = None) -> Desk:
    """Return the desk of this device: its branch, and the person who worked there last.

    It goes where the library says that this device works (``Desk.settle``).

    Where nobody did yet (a device that joined) it is the only person there is, or nobody; where
    people sign in it is nobody until somebody did (``sign_in``).
    """
    desk = Desk(library, UUID(int=0), staff, moves=True)
    desk.settle()
    if staff is None and not desk.pins_in_use:
        person, people = library.local(STAFF_LOCAL), list(desk.people)
        desk.staff = (
            UUID(bytes=bytes(person)) if person else people[0] if len(people) == 1 else None
        )
    return desk


def library_name(desk: Desk) -> str:
    """Return the library's name."""
    return str(desk.settings.get(NAME_SETTING, ""))


def put_setting(action: Action, name: str, value: Any, *, fresh: bool = False) -> None:
    """Set one of the library's settings (any JSON value) within an action."""
    fields_ = {"name": name, "value": json.dumps(value, ensure_ascii=False)}
    action.set("setting", named_id("setting", name), fields_, fresh=fresh)


def staff_fields(name: str, role: str) -> dict[str, Any]:
    """Return the fields of a new person with no rights besides those of the role."""
    return {"name": name.strip(), "role": role, "rights": wire.encode([]), "active": 1}


def put_rule(action: Action, rule: LoanRule, lineage: UUID | None = None) -> None:
    """Write one version of a loan rule; versions are never changed, only retired."""
    skipped = {"id", "name", "version"}
    terms = {
        field.name: plain(getattr(rule, field.name))
        for field in fields(LoanRule)
        if field.name not in skipped and getattr(rule, field.name) != field.default
    }
    values = {
        "name": rule.name,
        "lineage": lineage or rule.id,
        "version": rule.version,
        "terms": wire.encode(terms),
        "retired": 0,
    }
    action.set("loan_rule", rule.id, values, fresh=True)


def branch_fields(name: str, kind: str, zone: int, code: str = "01") -> dict[str, Any]:
    """Return the fields of a new branch; the first one has the code 01."""
    return {"name": name.strip(), "code": code, "kind": kind, "zone": zone}


def next_branch_code(desk: Desk) -> str:
    """Return the code of one branch more: the number after the highest of those there are."""
    numbers = [int(one.code) for one in desk.branches.values() if one.code.isdecimal()]
    return f"{max(numbers, default=len(desk.branches)) + 1:02d}"


def _add_rules(library: Library, action: Action, table: RuleTable) -> None:
    categories: dict[str, UUID] = {}
    for position, category in enumerate(table.categories):
        id_ = categories[category.name] = library.new_id()
        values: Mapping[str, Any] = {
            "name": category.name,
            "code": category.name[:3].upper(),
            "membership_days": category.membership_days,
            "position": position,
        }
        action.set("member_category", id_, values, fresh=True)
    kinds: dict[str, UUID] = {}
    for position, kind in enumerate(table.kinds):
        id_ = kinds[kind.name] = library.new_id()
        values = {"name": kind.name, "code": kind.label_prefix, "position": position}
        action.set("collection_kind", id_, values, fresh=True)
    for rule in table.rules:
        id_ = library.new_id()
        put_rule(action, rule.with_ids(id_, categories=categories, kinds=kinds, branches={}))
    put_setting(action, HOUSE_SETTING, asdict(table.house), fresh=True)


def _add_calendar(library: Library, action: Action) -> None:
    for hours in shipped_hours().hours:
        values = {field.name: getattr(hours, field.name) for field in fields(Hours)}
        action.set("hours", library.new_id(), values, fresh=True)
    for table in shipped_closures():
        for closure in table.closures:
            key = f"{closure.first_day}/{closure.name}"
            values = {
                "first_day": closure.first_day,
                "last_day": closure.last_day,
                "name": closure.name,
                "kind": closure.kind,
                "branch": closure.branch,
                "applies": int(closure.applies),
            }
            action.set("closure", named_id("closure", key), values, fresh=True)
