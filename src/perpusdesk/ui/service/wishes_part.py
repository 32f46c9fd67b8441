"""The tab of wishes: votes, what was searched in vain, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QPushButton

from perpusdesk.common.formats import short_date
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.rights import COMPLAINTS
from perpusdesk.domain.wishes import MOST_PEOPLE, OPEN, WishState
from perpusdesk.scan.types import Scan
from perpusdesk.services.cataloguing.title_duplicates import Duplicate
from perpusdesk.services.desk import Desk
from perpusdesk.services.export_list import ListSheet
from perpusdesk.services.feedback.wish_lists import (
    WishLine,
    wish_lines,
    wish_of_miss,
    wish_sheet,
    wishable_misses,
)
from perpusdesk.services.feedback.wishes import (
    WishForm,
    add_wish,
    decide_wish,
    edit_wish,
    form_of,
    owned_titles,
    vote,
)
from perpusdesk.services.results import Done
from perpusdesk.services.searching.search_misses import Miss
from perpusdesk.services.wording.refusals import Said
from perpusdesk.services.wording.service import wish_source_name, wish_state_name
from perpusdesk.ui.kit.ask_card import missing
from perpusdesk.ui.kit.buttons import button, primary_button, quiet_button
from perpusdesk.ui.kit.empty_state import EmptyState
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.forms import Choice, Field
from perpusdesk.ui.kit.key_catcher import keep_scans
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service import text
from perpusdesk.ui.service.list_part import ListPart
from perpusdesk.ui.service.message_fields import tall
from perpusdesk.ui.service.misses_card import MissesCard
from perpusdesk.ui.service.room import ServiceRoom
from perpusdesk.ui.service.side import Sheet
from perpusdesk.ui.shell.list_saving import save_button
from perpusdesk.ui.shell.messages import Messages


@dataclass(frozen=True, slots=True)
class _Known:
    lines: list[WishLine]
    misses: list[Miss]
    may: bool


class WishesPart(ListPart):
    """What stands behind the tab."""

    def __init__(self, desk: Desk, tasks: Tasks, messages: Messages, papers: Path) -> None:
        """``papers`` is the folder for PDF files."""
        self.state: Choice[bool] = Choice([(_("Still to come"), True), (_("All wishes"), False)])
        name = _("Wishes")
        why = _("What readers ask for and the library has not; each asks once, others add a vote.")
        main = (_("Note a wish"), self.ask_new)
        nothing = EmptyState("hold", _("Nobody has wished for a title yet"), why, main=main)
        self.vain = quiet_button("", self.ask_misses, icon="search")
        steps = (
            button(_("Note a wish"), self.ask_new, icon="plus", keys="Ctrl+N"),
            save_button(name, self.save_list),
            quiet_button(_("Print the list"), self.print_list, icon="print", keys="Ctrl+P"),
            self.vain,
        )
        narrow = ((_("State"), self.state),)
        room = ServiceRoom(name, text.wish_row, nothing, steps=steps, choices=narrow)
        self.misses = MissesCard()
        room.top.insertWidget(0, self.misses)
        super().__init__(desk, tasks, messages, papers, room)
        self.misses.taken.connect(self._take_miss)
        self._known = _Known([], [], may=False)

    def read(self) -> _Known:
        """Read the wishes that are wanted, and what was searched in vain."""
        open_only = bool(self.state.value())
        may = self._desk.may(COMPLAINTS) or not self._desk.people
        lines = wish_lines(self._desk, self.text, open_only=open_only)
        return _Known(lines, wishable_misses(self._desk), may)

    def show_read(self, found: _Known) -> None:
        """Show what was read."""
        self._known = found
        self.room.say(text.wishes_count(found.lines) if found.lines else "")
        self.vain.setText(text.vain(len(found.misses)))
        self.vain.setVisible(bool(found.misses))
        self.misses.show_misses(found.misses)
        self.show_lines(found.lines, narrowed=bool(self.text))

    def look_at(self, line: WishLine) -> None:
        """Show a wish, and what the catalogue has of it."""
        self.put(_sheet(line, ()), self._steps(line))

        def show(owned: list[Duplicate]) -> None:
            chosen = self.chosen
            if owned and chosen is not None and chosen.id == line.id:
                self.put(_sheet(line, owned), self._steps(line, owned[0]))

        if line.row.found is None:
            self._tasks.run(lambda: owned_titles(self._desk, form_of(line.row)), show, owner=self)

    def _steps(self, line: WishLine, owned: Duplicate | None = None) -> Sequence[QPushButton]:
        title = line.row.found or (owned.id if owned else None)
        go = quiet_button(_("Show the title"), lambda: self.title_asked.emit(title), icon="book")
        shown = [go] if title else []
        voted = button(_("Add a vote"), self.vote, icon="plus", keys="+")
        if line.state not in OPEN:
            again = button(_("Wish for it again"), self._move(WishState.WISHED), icon="undo")
            return (again, *shown) if self._known.may else shown
        if not self._known.may:
            return (voted, *shown)
        made: list[QPushButton] = []
        if line.state is WishState.WISHED:
            made.append(self._first(_("Choose it to be bought"), WishState.CHOSEN))
        elif line.state is WishState.CHOSEN:
            made.append(self._first(_("It is ordered"), WishState.ORDERED))
        else:
            made.append(self._first(_("It has arrived"), WishState.ARRIVED))
        if line.state is not WishState.ORDERED:
            made.append(button(_("It has arrived"), self._arrived(owned), icon="book"))
        no = quiet_button(_("Do not buy"), self.ask_refuse, icon="close")
        edit = quiet_button(_("Change"), self.ask_edit, icon="edit", keys="Ctrl+E")
        return (*made, voted, edit, no, *shown)

    def _first(self, verb: str, state: WishState) -> QPushButton:
        return primary_button(verb, self._move(state), icon="check", keys="Ctrl+Enter")

    def _arrived(self, owned: Duplicate | None) -> Callable[[], None]:
        def move() -> None:
            line, found = self.chosen, owned.id if owned else None
            if line is not None:
                self.do(lambda: decide_wish(self._desk, line.id, WishState.ARRIVED, found=found))

        return move

    def _move(self, state: WishState) -> Callable[[], None]:
        def move() -> None:
            line = self.chosen
            if line is not None:
                self.do(lambda: decide_wish(self._desk, line.id, state))

        return move

    # --- what can be done ----------------------------------------------------------------------

    def main_step(self) -> None:
        """Move the chosen wish on."""
        line = self.chosen
        if line is None or not self._known.may:
            return
        following = {
            WishState.WISHED: WishState.CHOSEN,
            WishState.CHOSEN: WishState.ORDERED,
            WishState.ORDERED: WishState.ARRIVED,
        }.get(line.state)
        if following is not None:
            self._move(following)()

    def vote(self) -> None:
        """Count one more vote for the chosen wish."""
        line = self.chosen
        if line is not None and line.state in OPEN:
            self.do(lambda: vote(self._desk, line.id))

    def ask_new(self) -> None:
        """Ask what a reader wishes for."""
        self._ask_wish(WishForm(""))

    def handle_scan(self, scan: Scan) -> None:
        """Put a scanned ISBN into the question that is open."""
        if self.room.side.asking and self.room.side.ask.form is not None:
            fields = self.room.side.ask.form.fields
            found = next((field for field in fields if field.name == "isbn"), None)
            if found is not None:
                found.edit.setText(scan.text)
                return
        super().handle_scan(scan)

    def _ask_wish(self, form: WishForm, *, anyway: bool = False, why: str = "") -> None:
        fields = _WishFields(form)
        people = Field(
            _("How many ask for it"),
            CountEdit(1, most=MOST_PEOPLE),
            hint=_("A class asks together."),
        )

        def refused(no: Refused, said: Said) -> bool:
            return self._refused(no, said, fields.form())

        def then() -> None:
            wanted, count = fields.form(), people.edit.value()

            def work() -> Done[Any] | Refused:
                return add_wish(self._desk, wanted, people=max(1, count), anyway=anyway)

            self.doing.run(work, lambda done: self.look(done.value), refused=refused)

        self.ask(
            _("What does a reader wish for?"),
            [*fields.fields, people],
            _("Wish for another copy") if anyway else _("Note the wish"),
            then,
            why=why,
            check=fields.wrong,
        )

    def _refused(self, no: Refused, said: Said, form: WishForm) -> bool:
        wish = no.facts.get("wish")
        if isinstance(wish, UUID):
            self._ask_vote(wish, said.what)
            return True
        if no.reason is Reason.WISH_OWNED:
            self._ask_wish(form, anyway=True, why=text.joined(said.what, _("Wish for one more?")))
            return True
        return False

    def _ask_vote(self, wish: UUID, known: str) -> None:
        def then() -> None:
            self.doing.run(lambda: vote(self._desk, wish), lambda _done: self.look(wish))

        self.ask(known, [], _("Add a vote"), then)

    def ask_edit(self) -> None:
        """Ask what the chosen wish names."""
        line = self.chosen
        if line is None or not self._known.may:
            return
        fields = _WishFields(form_of(line.row))
        self.ask(
            _("Change the wish"),
            fields.fields,
            _("Save"),
            lambda: self.do(lambda: edit_wish(self._desk, line.id, fields.form())),
            check=fields.wrong,
        )

    def ask_refuse(self) -> None:
        """Ask why the chosen wish is not bought."""
        line = self.chosen
        if line is None:
            return
        why = Field(_("Reason"), QLineEdit(), name="why", required=True)

        def then() -> None:
            said = why.edit.text()
            self.do(lambda: decide_wish(self._desk, line.id, WishState.REFUSED, said))

        self.ask(
            line.row.title,
            [why],
            _("Do not buy"),
            then,
            why=_("Whoever asks again sees the reason."),
            check=lambda: missing(("why", why.edit.text().strip())),
        )

    def ask_misses(self) -> None:
        """Show what was searched in vain, to make wishes of it."""
        self.misses.come_up()

    def escape(self) -> None:
        """Leave the searches first."""
        if not self.misses.isHidden():
            self.misses.leave()
            return
        super().escape()

    def _take_miss(self, miss: Miss) -> None:
        self.do(lambda: wish_of_miss(self._desk, miss))

    def sheet(self) -> ListSheet | None:
        """Return the wishes as they are narrowed."""
        return wish_sheet(self._known.lines)

    def print_list(self) -> None:
        """Print the wishes as they are narrowed."""
        from perpusdesk.services.feedback.service_papers import desiderata

        lines = list(self._known.lines)
        self.papers.make_beside("usulan", lambda desk: desiderata(desk, lines), bytes)


class _WishFields:
    """The fields of a wish."""

    def __init__(self, form: WishForm) -> None:
        self.title = Field(_("Title"), QLineEdit(form.title), name="title", required=True)
        self.author = Field(_("Author"), QLineEdit(form.author))
        self.isbn = Field("ISBN", QLineEdit(form.isbn), name="isbn")
        keep_scans(self.isbn.edit)
        self.year = Field(_("Year"), QLineEdit(form.year))
        self.note = tall(_("Note"), form.note, lines=2)

    @property
    def fields(self) -> list[Field[Any]]:
        """All of them in their order."""
        return [self.title, self.author, self.isbn, self.year, self.note]

    def wrong(self) -> dict[str, str]:
        """Say what cannot be used."""
        return missing(("title", self.title.edit.text().strip()))

    def form(self) -> WishForm:
        """Return what was filled in."""
        return WishForm(
            self.title.edit.text(),
            self.author.edit.text(),
            self.isbn.edit.text(),
            self.year.edit.text(),
            self.note.edit.toPlainText(),
        )


def _sheet(line: WishLine, owned: Sequence[Duplicate]) -> Sheet:
    row = line.row
    found = row.found_title
    here = "\n".join(text.owned(one) for one in owned[:3])
    return Sheet(
        row.title,
        wish_state_name(line.state),
        "ok" if line.state is WishState.ARRIVED else "muted",
        (
            (_("Author"), row.author),
            ("ISBN", row.isbn),
            (_("Year"), row.year),
            (_("Votes"), str(row.votes)),
            (_("Holds"), str(row.holds) if row.holds else ""),
            (_("Wished for at"), text.joined(wish_source_name(row.source), line.branch_name)),
            (_("Shown to visitors"), "" if line.public else _("once you choose it or add a vote")),
            (_("Decided on"), short_date(row.decided) if row.decided else ""),
            (_("Reason"), row.why),
            (_("In the catalogue"), found or here),
        ),
        ((_("Note"), row.note),),
    )
