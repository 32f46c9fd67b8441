"""The demo library: real titles, made-up members, and a year played through the desk's own rules.

It lives in a folder of its own and is built beside it first: a build that was cut off leaves no
half library.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, timezone
from itertools import islice
from pathlib import Path
from uuid import UUID

from perpusdesk.domain.phone import search_key
from perpusdesk.exchange.demo_data import demo_titles
from perpusdesk.exchange.demo_plan import DemoPlan, DemoSize, PlannedCopy, PlannedMember, make_plan
from perpusdesk.exchange.title_record import TitleRecord
from perpusdesk.services.cataloguing.titles import title_fields
from perpusdesk.services.demo.demo_figures import keep_figures
from perpusdesk.services.demo.demo_year import People, play_year
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import (
    NewLibrary,
    add_branch,
    add_staff,
    create_library,
    open_desk,
)
from perpusdesk.storage.library import FILE_NAME, Sources

ZONE = 420
VERB = "demo"
NAME = "Perpustakaan Contoh"
Progress = Callable[[int, int], object]


def ensure_demo(folder: Path, progress: Progress | None = None) -> Path:
    """Return the folder of the demo library, building it first when it is not there.

    ``progress`` hears (done, of). Raises ``KnownError`` when the disk refuses.
    """
    if not (folder / FILE_NAME).exists():
        building = folder.with_name(folder.name + ".building")
        shutil.rmtree(building, ignore_errors=True)
        build_demo(building, datetime.now(timezone(timedelta(minutes=ZONE))), progress=progress)
        shutil.rmtree(folder, ignore_errors=True)
        building.rename(folder)
    return folder


def build_demo(
    folder: Path,
    until: datetime,
    *,
    size: DemoSize | None = None,
    progress: Progress | None = None,
) -> None:
    """Build a demo library whose year ends at ``until`` (aware local time).

    While it is built nothing waits for the disk: until it is whole, there is nothing to lose.
    """
    titles = list(islice(demo_titles(), (size or DemoSize()).titles))
    plan = make_plan(titles, until.replace(tzinfo=None), size=size)
    clock = _Clock(plan.first_day)
    library = create_library(
        folder,
        NewLibrary(NAME, plan.branches[0].name, ZONE, "Petugas Contoh"),
        sources=Sources(wall_ms=clock.milliseconds, uptime_ms=clock.milliseconds),
        encrypted=False,  # nobody in it exists; the window brings it over when it opens it
    )
    with library:
        library.database.execute_sql("pragma synchronous = off").fetchall()
        desk = open_desk(library)
        branches = _branches(desk, plan)
        add_staff(desk, "Relawan Contoh", "volunteer")
        members = _members(desk, plan.members, branches)
        title_ids, copies = _titles(desk, titles, plan.copies, branches)
        desks = [Desk(library, branch, desk.staff) for branch in branches]
        people = People(members, copies, title_ids)
        play_year(desks, plan, clock.set, people, progress)
        keep_figures(desks[0])
        library.tidy()
        library.database.execute_sql("pragma synchronous = full").fetchall()


class _Clock:
    """The time that goes by while the year is played."""

    def __init__(self, first_day: date) -> None:
        self._ms = 0
        self.set(datetime.combine(first_day, datetime.min.time()) - timedelta(hours=2))

    def set(self, moment: datetime) -> None:
        """Let it be ``moment`` (local time without a zone); never goes back."""
        zone = timezone(timedelta(minutes=ZONE))
        self._ms = max(self._ms, int(moment.replace(tzinfo=zone).timestamp() * 1000))

    def milliseconds(self) -> int:
        return self._ms


def _branches(desk: Desk, plan: DemoPlan) -> list[UUID]:
    found = [desk.branch]
    for branch in plan.branches[1:]:
        kind = "van" if "keliling" in branch.name.lower() else "building"
        found.append(add_branch(desk, branch.name, kind=kind))
    action = desk.action(VERB)
    for place, branch in zip(found, plan.branches, strict=True):
        for hours in branch.hours:
            values = {name: getattr(hours, name) for name in hours.__dataclass_fields__}
            action.set("hours", desk.library.new_id(), {**values, "branch": place}, fresh=True)
    if action.drafts:
        desk.commit(action)
    return found


def _members(desk: Desk, planned: Iterable[PlannedMember], branches: list[UUID]) -> list[UUID]:
    categories = {category.name: category.id for category in desk.categories.values()}
    action, ids = desk.action(VERB), []
    for person in planned:
        ids.append(desk.library.new_id())
        fields = {
            "card": person.card,
            "name": person.name,
            "category": categories.get(person.category),
            "branch": branches[person.branch],
            "registered": person.joined,
            "expires": person.expires,
            "birth_date": person.birth_date,
            "sex": person.sex,
            "phone": person.phone,
            "phone_key": search_key(person.phone),
            "address": person.address,
            "institution": person.institution,
            "guardian_name": person.guardian_name,
            "guardian_phone": person.guardian_phone,
            "guardian_consent": person.guardian_consent,
        }
        action.set("member", ids[-1], fields, fresh=True)
    desk.commit(action)
    return ids


def _titles(
    desk: Desk, titles: list[TitleRecord], planned: Iterable[PlannedCopy], branches: list[UUID]
) -> tuple[list[UUID], list[UUID]]:
    kinds = {kind.name: kind.id for kind in desk.kinds.values()}
    action, title_ids, copy_ids = desk.action(VERB), [], []
    for record in titles:
        title_ids.append(desk.library.new_id())
        action.set("title", title_ids[-1], title_fields(record), fresh=True)
    for copy in planned:
        copy_ids.append(desk.library.new_id())
        values = {
            "barcode": copy.barcode,
            "inventory": copy.inventory,
            "title": title_ids[copy.title],
            "branch": branches[copy.branch],
            "kind": kinds.get(copy.kind),
            "price": copy.price,
            "source": copy.source,
            "received": copy.received,
        }
        action.set("copy", copy_ids[-1], values, fresh=True)
    desk.commit(action)
    return title_ids, copy_ids
