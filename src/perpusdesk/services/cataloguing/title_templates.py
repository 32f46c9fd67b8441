"""Templates: records to start from, kept by name for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.marc.record import to_bytes
from perpusdesk.domain.materials import BOOK
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.exchange.marc_raw import raw_of
from perpusdesk.exchange.new_record import copied_record
from perpusdesk.exchange.short_fields import BESIDE
from perpusdesk.protocol import payload as wire
from perpusdesk.services.cataloguing.title_form import (
    TitleForm,
    blank_form,
    form_of,
    material_kinds,
)
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done

SAVE: Final = "save_template"
REMOVE: Final = "remove_template"
_CHANGES: Final = frozenset({"title_template"})


@dataclass(frozen=True, slots=True)
class Template:
    """A template by its name and kind of material."""

    id: UUID
    name: str
    material: str


def templates(desk: Desk, material: str = "") -> list[Template]:
    """Return the templates (of one kind), by name."""
    rows = desk.library.rows("select id, name, material from title_template where deleted = 0")
    found = [
        Template(UUID(bytes=bytes(id_)), str(name or ""), str(kind or BOOK))
        for id_, name, kind in rows
    ]
    wanted = [one for one in found if material in ("", one.material)]
    return sorted(wanted, key=lambda one: (one.name.casefold(), one.id))


def template_form(desk: Desk, template: UUID) -> TitleForm:
    """Return a form that starts from a template; a blank one if it is gone."""
    row = desk.library.row(
        "select material, marc, fields from title_template where id = ? and deleted = 0",
        template.bytes,
    )
    if row is None:
        return blank_form(desk)
    material = str(row[0]) if row[0] in material_kinds() else BOOK
    record = raw_of(bytes(row[1] or b""))
    if record is None:
        return blank_form(desk, material)
    kept = wire.decode(bytes(row[2])) if row[2] else {}
    beside = {name: tuple(str(one) for one in kept.get(name, ())) for name in BESIDE}
    return form_of(copied_record(record, desk.today()), material, beside)


@needs(CATALOGUE)
def save_template(
    desk: Desk, name: str, form: TitleForm, template: UUID | None = None
) -> Done[UUID] | Refused:
    """Keep a form as a template (``template``: in the place of that one).

    ``NAME_MISSING``, ``RECORD_TOO_LONG``.
    """
    if not name.strip():
        return Refused(Reason.NAME_MISSING)
    marc = to_bytes(copied_record(form.record, desk.today()))
    if marc is None:
        return Refused(Reason.RECORD_TOO_LONG)
    beside = {one: list(form.values[one]) for one in BESIDE}
    fields = {
        "name": " ".join(name.split()),
        "material": form.material,
        "marc": marc,
        "fields": wire.encode(beside),
    }
    id_, action = template or desk.library.new_id(), desk.action(SAVE)
    action.set("title_template", id_, fields, fresh=template is None)
    return Done(id_, desk.commit(action).action, SAVE, _CHANGES)


@needs(CATALOGUE)
def remove_template(desk: Desk, template: UUID) -> Done[UUID]:
    """Take a template out."""
    action = desk.action(REMOVE)
    action.delete("title_template", template)
    return Done(template, desk.commit(action).action, REMOVE, _CHANGES)
