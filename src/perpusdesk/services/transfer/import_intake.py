"""Row by row: is it new, is it there already, does it fill a gap, or can it not go in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.domain.phone import search_key
from perpusdesk.exchange.import_rows import (
    BadRow,
    CopyRow,
    FactRow,
    LoanRow,
    MemberRow,
    PhotoRow,
    Picture,
    Row,
    RowProblem,
    TitleRow,
)
from perpusdesk.exchange.title_record import Note
from perpusdesk.services.cataloguing.titles import title_fields
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.card_numbers import note_card, propose_card
from perpusdesk.services.transfer import import_keys as keys
from perpusdesk.services.transfer.import_batch import Batch
from perpusdesk.services.transfer.import_copies import SUPPOSED, only_imported, said_of
from perpusdesk.services.transfer.import_facts import Facts
from perpusdesk.services.transfer.import_pictures import Pictures
from perpusdesk.services.transfer.import_report import DoubleRow, ImportReport, SetAside
from perpusdesk.storage.key_index import KeyIndex
from perpusdesk.storage.queries import imports
from perpusdesk.storage.queries.imports import KnownTitle
from perpusdesk.storage.queries.values import as_ms

_MOST_RENEWALS: Final = 20


class Intake:
    """Takes the rows of one import into a batch, or only into the report (a dry run)."""

    def __init__(
        self,
        desk: Desk,
        index: KeyIndex,
        report: ImportReport,
        batch: Batch | None,
        aside: SetAside | None,
    ) -> None:
        self.desk = desk
        self.index = index
        self.report = report
        self.batch = batch
        self._library = desk.library
        self._aside = aside
        self._facts = Facts(self)
        self._pictures = Pictures(desk, index, batch)
        self._file, self._row = "", 0
        self._people_known = False
        self._usual_kind = next(iter(desk.kinds), None)
        self._kinds = {keys.plain_key(kind.name): kind.id for kind in desk.kinds.values()}
        self._categories = {keys.plain_key(one.name): one for one in desk.categories.values()}
        self._category_ids = {name: one.id for name, one in self._categories.items()}
        self._branches = {
            keys.plain_key(text): branch.id
            for branch in desk.branches.values()
            for text in (branch.name, branch.code)
            if text
        }

    def begin_file(self, name: str) -> None:
        """Let what follows come from this file."""
        self._file = name

    def take(self, row: Row) -> None:
        """Take one row."""
        self._row = row.row
        self.report.read += 1
        if isinstance(row, TitleRow):
            self._title(row)
        elif isinstance(row, BadRow):
            self._set_aside(row.row, row.problem, row.facts, row)
        elif isinstance(row, CopyRow):
            self._lone_copy(row)
        elif isinstance(row, MemberRow):
            self._member(row)
        elif isinstance(row, PhotoRow):
            self._photo(row)
        elif isinstance(row, LoanRow):
            self._loan(row)
        else:
            self._facts.take(row)

    # -- titles ---------------------------------------------------------------------------------

    def _title(self, row: TitleRow) -> None:
        record = row.record
        fields = {name: value for name, value in title_fields(record).items() if value}
        known = _as_known(self._library.new_id(), fields)
        found, control = keys.title_keys(known), keys.control(record.marc)
        there = self._known_title(found, control)
        title = there or known.id
        codes = sorted(note.value for note in record.notes)
        self.report.note(self._file, row.row, codes, record.title, title)
        if there is None:
            keys.remember(self.index, known, found, control)
            self._add("title", title, fields)
        brought = [self._copy(copy, title) for copy in row.copies]
        brought.append(self._unnumbered(row, title, fresh=there is None))
        brought.append(self._picture("covers", self._pictures.cover, title, row.cover))
        if there is not None and not self._fill("title", title, fields):
            if any(brought):
                self.report.merged += 1
            else:
                self.double(row.row, "titles", title, record.title)

    def _known_title(self, found: list[str], control: str) -> UUID | None:
        """Return the title that this one is: by control number, else by its other keys.

        Two records of one agency with different control numbers are two titles.
        """
        if control and (same := self.index.find(control)):
            return same
        for key in found:
            title = self.index.find(key)
            if title and not (control and self.index.find(f"k|{title}")):
                return title
        return None

    def _unnumbered(self, row: TitleRow, title: UUID, *, fresh: bool) -> bool:
        """Add the copies without a number that the title does not have yet."""
        if not row.unnumbered:
            return False
        have = 0 if fresh else imports.copies_of(self._library, title)
        pending = len(row.copies) if fresh else 0
        missing = row.unnumbered + len(row.copies) - max(have, pending)
        plain = CopyRow(row.row, source="")
        for _ in range(max(0, missing)):
            self._new_copy(plain, title)
        return missing > 0

    # -- copies ---------------------------------------------------------------------------------

    def _lone_copy(self, row: CopyRow) -> None:
        title = self.index.find(keys.whole_key(row.title, "")) if row.title else None
        known = self._known_copy(row)
        if known is None and title is None:
            self._set_aside(row.row, RowProblem.TITLE_UNKNOWN, {"title": row.title}, _bad(row))
            return
        owner = known[1] if known else title
        if owner is not None and not self._copy(row, owner) and known:
            self.double(row.row, "copies", known[0], row.barcode)

    def _copy(self, row: CopyRow, title: UUID) -> bool:
        """Add a copy or fill its gaps; return whether anything came of it."""
        known = self._known_copy(row)
        if known is None:
            self._new_copy(row, title)
            return True
        copy, owner = known
        if owner != title:
            said = {"barcode": row.barcode or row.inventory}
            self._set_aside(row.row, RowProblem.BARCODE_TAKEN, said, _bad(row))
            return True
        fields = self._copy_fields(row, title)
        supposed = SUPPOSED & fields.keys()
        if supposed and not only_imported(self._library, copy):
            fields = {name: value for name, value in fields.items() if name not in supposed}
        return self._fill("copy", copy, fields)

    def _known_copy(self, row: CopyRow) -> tuple[UUID, UUID | None] | None:
        key = f"b|{row.barcode}" if row.barcode else f"v|{row.inventory}"
        if not (row.barcode or row.inventory):
            return None
        if copy := self.index.find(key):
            return copy, self.index.find(f"o|{copy}")
        return imports.copy_with(self._library, row.barcode, row.inventory)

    def _new_copy(self, row: CopyRow, title: UUID) -> None:
        copy = self._library.new_id()
        if row.barcode:
            self.index.add(f"b|{row.barcode}", copy)
        if row.inventory:
            self.index.add(f"v|{row.inventory}", copy)
        self.index.add(f"o|{copy}", title)
        supposed = {"branch": self.desk.branch, "kind": self._usual_kind}
        self._add("copy", copy, self._copy_fields(row, title), supposed)
        if not row.barcode and self.batch:
            self.batch.number(copy)

    def _copy_fields(self, row: CopyRow, title: UUID) -> dict[str, Any]:
        kind = self._kind(row.kind)
        fields: dict[str, Any] = {
            **said_of(row),
            "title": title,
            "branch": self._branches.get(keys.plain_key(row.branch)),
            "kind": None if kind == self._usual_kind else kind,
            "issue": self._issue(row, title),
        }
        return {name: value for name, value in fields.items() if value}

    def _issue(self, row: CopyRow, title: UUID) -> UUID | None:
        """Return the issue of a serial that a copy is; a new one is added."""
        if not (row.volume or row.issue_day):
            return None
        issue = named_id("import_issue", f"{title.hex}|{row.volume}|{row.issue_day}")
        fields = {"title": title, "number": row.volume, "date": row.issue_day}
        said = {name: value for name, value in fields.items() if value}
        seen = self.index.find(f"s|{issue}") is not None
        if not seen and not imports.is_there(self._library, "issue", issue) and self.batch:
            self.batch.fill("issue", issue, said)
        self.index.add(f"s|{issue}", issue)
        return issue

    def _kind(self, name: str) -> UUID | None:
        """Return the collection kind of this name; a new one is added."""
        if not name:
            return self._usual_kind
        key = keys.plain_key(name)
        if key not in self._kinds:
            self._kinds[key] = self._library.new_id()
            fields = {"name": name, "code": "", "position": len(self._kinds)}
            self._put("collection_kind", self._kinds[key], fields)
        return self._kinds[key]

    # -- members --------------------------------------------------------------------------------

    def _member(self, row: MemberRow) -> None:
        member = self._known_member(row)
        fields = self._member_fields(row)
        if member is not None and self._somebody_else(member, row.name):
            self._set_aside(row.row, RowProblem.CARD_TAKEN, {"card": row.card}, _bad(row))
            return
        if member is not None:
            filled = self._fill("member", member, fields)
            if not self._picture("photos", self._pictures.photo, member, row.photo) and not filled:
                self.double(row.row, "members", member, row.card or row.name)
            return
        card = row.card or self._next_card(fields)
        if isinstance(card, Refused):
            self._set_aside(row.row, RowProblem.NO_NUMBERS, {}, _bad(row))
            return
        member = self._library.new_id()
        self.index.add(f"m|{card}", member)
        self.index.add(_person(row.name, str(fields.get("birth_date", ""))), member)
        self.index.add_all((f"w|{member}|{word}" for word in keys.name_words(row.name)), member)
        self._add("member", member, {**self._member_defaults(row, fields), **fields, "card": card})
        self._picture("photos", self._pictures.photo, member, row.photo)

    def _photo(self, row: PhotoRow) -> None:
        member = self.member_of(row.card) or self.member_of(row.card.upper())
        if member is None:
            bad = BadRow(row.row, RowProblem.MEMBER_UNKNOWN, text=row.card)
            self._set_aside(row.row, RowProblem.MEMBER_UNKNOWN, {"card": row.card}, bad)
        elif not self._picture("photos", self._pictures.photo, member, row.photo):
            self.double(row.row, "photos", member, row.card)

    def _picture(
        self,
        kind: str,
        keep: Callable[[UUID, Picture], bool | None],
        owner: UUID,
        picture: Picture | None,
    ) -> bool:
        """Keep a picture; return whether anything came of it."""
        kept = keep(owner, picture) if picture else False
        if kept:
            self.report.added[kind] += 1
        if kept is None and picture:
            name = picture.name or picture.file
            self.report.note(self._file, self._row, [Note.PICTURE_LOST.value], name, owner)
        return kept is not False

    def member_of(self, card: str) -> UUID | None:
        """Return the member with this card, be it of the library or of the files."""
        return self.index.find(f"m|{card}") or imports.member_with(self._library, card)

    def owner_of(self, barcode: str) -> UUID | None:
        """Return the title of the copy with this barcode."""
        known = self._known_copy(CopyRow(0, barcode=barcode))
        return known[1] if known else None

    def _known_member(self, row: MemberRow) -> UUID | None:
        if row.card:
            return self.member_of(row.card)
        if not self._people_known:
            self._people_known = True
            for id_, name, born in imports.known_members(self._library):
                self.index.add(_person(name, born), id_)
        return self.index.find(_person(row.name, row.fields.get("birth_date", "")))

    def _somebody_else(self, member: UUID, name: str) -> bool:
        """Whether a member has another name: one without any word of this one."""
        words = keys.name_words(name)
        if not words or any(self.index.find(f"w|{member}|{word}") for word in words):
            return False
        there = imports.field_values(self._library, "member", member)
        return there is None or not set(words) & set(keys.name_words(there["name"] or name))

    def _next_card(self, fields: dict[str, Any]) -> str | Refused:
        if self.batch is None:
            return str(self._library.new_id())
        category, sex = fields.get("category"), str(fields.get("sex", ""))
        card = propose_card(self.desk, category, sex)
        if not isinstance(card, Refused):
            note_card(self.desk, card, category, sex)
        return card

    def _member_fields(self, row: MemberRow) -> dict[str, Any]:
        phone = row.fields.get("phone", "")
        fields: dict[str, Any] = {
            **row.fields,
            "card": row.card,
            "name": " ".join(row.name.split()),
            "category": self._category(row.category),
            "phone_key": search_key(phone) if phone else "",
        }
        return {name: value for name, value in fields.items() if value}

    def _member_defaults(self, row: MemberRow, fields: dict[str, Any]) -> dict[str, Any]:
        today = self.desk.today()
        known = self._categories.get(keys.plain_key(row.category))
        registered = str(fields.get("registered", today.isoformat()))
        days = known.days if known else 365
        expires = date.fromisoformat(registered) + timedelta(days=days)
        return {"branch": self.desk.branch, "registered": registered, "expires": str(expires)}

    def _category(self, name: str) -> UUID | None:
        """Return the member category of this name; a new one is added."""
        if not name:
            return None
        key = keys.plain_key(name)
        if key not in self._category_ids:
            self._category_ids[key] = self._library.new_id()
            place = len(self._category_ids)
            fields = {"name": name, "code": name[:3].upper(), "membership_days": 365}
            self._put("member_category", self._category_ids[key], {**fields, "position": place})
        return self._category_ids[key]

    # -- loans ----------------------------------------------------------------------------------

    def _loan(self, row: LoanRow) -> None:
        copy = self._known_copy(CopyRow(row.row, barcode=row.barcode))
        member = self.member_of(row.card)
        if not row.barcode or copy is None:
            facts = {"barcode": row.barcode}
            self._set_aside(row.row, RowProblem.COPY_UNKNOWN, facts, _bad(row))
        elif not row.card or member is None:
            self._set_aside(row.row, RowProblem.MEMBER_UNKNOWN, {"card": row.card}, _bad(row))
        else:
            self._known_loan(row, copy[0], member)

    def _known_loan(self, row: LoanRow, copy: UUID, member: UUID) -> None:
        at = self.ms(row.lent)
        key = f"l|{copy}|{member}|{at}"
        seen = self.index.find(key)
        if seen or imports.loan_known(self._library, copy, member, at):
            self.double(row.row, "loans", seen or copy, row.barcode)
            return
        if row.returned is None:
            if self.index.find(f"q|{copy}") or imports.on_loan(self._library, copy):
                facts = {"barcode": row.barcode}
                self._set_aside(row.row, RowProblem.ON_LOAN, facts, _bad(row))
                return
            self.index.add(f"q|{copy}", copy)
        loan = self._library.new_id()
        self.index.add(key, loan)
        self.report.added["loans"] += 1
        if self.batch:
            self._loan_events(self.batch, row, loan, {"copy": copy, "member": member}, at)

    def _loan_events(
        self, batch: Batch, row: LoanRow, loan: UUID, parties: dict[str, UUID], at: int
    ) -> None:
        due = row.due.isoformat()
        batch.event(at, loan_events.OPENED, "loan", loan, due=due, **parties)
        for _ in range(min(row.renewals, _MOST_RENEWALS)):
            batch.event(at, loan_events.RENEWED, "loan", loan, due=due)
        if row.returned:
            late = max(0, (row.returned.date() - row.due).days)
            returned = self.ms(row.returned)
            batch.event(returned, loan_events.RETURNED, "loan", loan, days_late=late)

    def ms(self, moment: datetime) -> int:
        """Return a local moment as Unix ms."""
        return as_ms(moment.replace(tzinfo=self.desk.now().tzinfo))

    # -- what comes of it -----------------------------------------------------------------------

    def _add(
        self,
        entity_type: str,
        id_: UUID,
        fields: dict[str, Any],
        supposed: Mapping[str, Any] = MappingProxyType({}),
    ) -> None:
        """Add a record; ``supposed`` is what it has where nobody said anything else."""
        self.report.added[_PLURAL[entity_type]] += 1
        if self.report.log:
            self.report.log.born(id_, self._file, self._row)
        self._put(entity_type, id_, {**supposed, **fields} if self.batch else fields)

    def _put(self, entity_type: str, id_: UUID, fields: dict[str, Any]) -> None:
        if self.batch:
            self.batch.new(entity_type, id_, fields)
        else:
            self.index.fill(id_, set(fields))

    def _fill(self, entity_type: str, id_: UUID, fields: dict[str, Any]) -> bool:
        """Fill what is empty in a record; what is there is never overwritten."""
        gaps = self._gaps(entity_type, id_, fields)
        if not gaps:
            return False
        self.report.updated[_PLURAL[entity_type]] += 1
        if self.batch is None:
            self.index.fill(id_, set(fields) | (self.index.filled(id_) or set()))
            return True
        pending = self.batch.pending(id_)
        if pending is None:
            self.batch.fill(entity_type, id_, gaps)
        else:
            pending.update(gaps)
        return True

    def _gaps(self, entity_type: str, id_: UUID, fields: dict[str, Any]) -> dict[str, Any]:
        pending = self.batch.pending(id_) if self.batch else None
        if pending is None:
            there = imports.field_values(self._library, entity_type, id_) or {}
            pending = {name: value for name, value in there.items() if value not in (None, "", 0)}
            extra = self.batch.filled(id_) if self.batch else self.index.filled(id_) or ()
            pending |= dict.fromkeys(extra, True)
        usual = self._usual_kind
        if usual and entity_type == "copy" and pending.get("kind") in (usual, usual.bytes):
            pending = {**pending, "kind": None}
        return {name: value for name, value in fields.items() if not pending.get(name)}

    def refuse(self, row: FactRow, problem: RowProblem, facts: Mapping[str, str]) -> None:
        """Note that a row does not go in."""
        self._set_aside(row.row, problem, facts, _bad(row))

    def double(self, row: int, kind: str, id_: UUID, text: str) -> None:
        """Note that a row is there already."""
        self.report.double(DoubleRow(self._file, row, kind, id_, text))

    def _set_aside(self, row: int, problem: RowProblem, facts: Any, bad: BadRow) -> None:
        self.report.refuse(self._file, row, problem.value, dict(facts), bad.text)
        if self._aside:
            self._aside.put(self._file, row, problem.value, facts, bad)


_TOLD: Final = (
    *("barcode", "inventory", "card", "title", "name", "lent", "due", "returned"),
    *("at", "placed", "owed", "paid", "note", "institution"),
)
_PLURAL: Final = {"title": "titles", "copy": "copies", "member": "members"}


def _bad(row: CopyRow | MemberRow | LoanRow | FactRow) -> BadRow:
    said = [str(getattr(row, name)) for name in _TOLD if getattr(row, name, None)]
    return BadRow(row.row, RowProblem.DAMAGED, text=" | ".join(said))


def _as_known(id_: UUID, fields: dict[str, Any]) -> KnownTitle:
    title, subtitle, author, year, edition, isbn = (
        str(fields.get(name, ""))
        for name in ("title", "subtitle", "author", "year", "edition", "isbn")
    )
    return KnownTitle(id_, title, subtitle, author, year, edition, isbn, b"")


def _person(name: str, born: str) -> str:
    return f"p|{keys.plain_key(name)}|{born}"
