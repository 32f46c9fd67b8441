"""Cards of members: whose, and for which printer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.cli.label_commands import day
from perpusdesk.cli.paper_files import finish
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find

if TYPE_CHECKING:
    from perpusdesk.services.labels.label_fill import Found


def add(papers: Commands, context: Context) -> None:
    """Add ``print cards``."""

    @papers.command("cards", help=_("Cards of members."))
    def cards(
        cards: list[str] = typer.Argument(None, metavar="CARD..."),
        category: str = typer.Option("", "--category", help=_("All members of this category.")),
        new_since: str = typer.Option("", "--new-since", metavar="YYYY-MM-DD"),
        unprinted: bool = typer.Option(False, "--unprinted", help=_("Without a card so far.")),
        single: bool = typer.Option(False, "--cr80", help=_("One card a page, not ten on A4.")),
        start: int = typer.Option(1, "--start", min=1, help=_("First free place.")),
        out: Path = typer.Option(..., "--out", help="PDF"),
    ) -> None:
        from perpusdesk.printing.cards import card_pages, card_sheets
        from perpusdesk.services.labels.label_papers import card_data

        with context.reading_people() as desk:
            ids = _members(desk, cards or (), category, new_since=new_since, unprinted=unprinted)
            data = card_data(desk, ids)
        finish(context, out, card_pages(data) if single else card_sheets(data, start), len(data))


def _members(
    desk: Desk, cards: Sequence[str], category: str, *, new_since: str, unprinted: bool
) -> Sequence[UUID]:
    """Return whose cards are wanted, by the one way that was named."""
    from perpusdesk.services.labels import label_fill as fill
    from perpusdesk.services.labels.label_queue import LabelKind

    kind = LabelKind.MEMBER
    ways: dict[str, tuple[bool, Callable[[], Found]]] = {
        "CARD": (bool(cards), lambda: _by_card(desk, cards)),
        "--category": (bool(category), lambda: _of_category(desk, category)),
        "--new-since": (bool(new_since), lambda: fill.new_since(desk, kind, day(new_since))),
        "--unprinted": (unprinted, lambda: fill.unprinted(desk, kind)),
    }
    chosen = [find_ids for named, find_ids in ways.values() if named]
    if len(chosen) != 1:
        known = ", ".join(ways)
        raise InputError("members", _("Name the members in one way: {ways}.").format(ways=known))
    return chosen[0]().ids


def _by_card(desk: Desk, cards: Sequence[str]) -> Found:
    from perpusdesk.services.labels.label_fill import Found

    return Found(tuple(member_of(desk, card) for card in cards))


def _of_category(desk: Desk, name: str) -> Found:
    from perpusdesk.services.labels.label_fill import of_category

    for id_, one in desk.categories.items():
        if name.casefold() in (one.name.casefold(), one.code.casefold()):
            return of_category(desk, id_)
    known = ", ".join(one.name for one in desk.categories.values())
    message = _("There is no member category {name}. Known: {known}")
    raise InputError("category", message.format(name=name, known=known))


def member_of(desk: Desk, card: str) -> UUID:
    """Return the member with this card number. Raises ``RefusedError``."""
    found = find.members_by_card(desk.library, card)
    if not found:
        raise RefusedError(Refused(Reason.MEMBER_UNKNOWN, {"card": card}), desk)
    return found[0].id
