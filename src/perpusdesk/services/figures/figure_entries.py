"""Figures that the program cannot count: typed in, with where they come from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.figures.months import Period
from perpusdesk.domain.ids import named_id
from perpusdesk.domain.packs.typed import figure_text, parse_figure
from perpusdesk.domain.rights import FIGURES
from perpusdesk.exchange.pack_files import entry_names, packs
from perpusdesk.services.desk import Desk
from perpusdesk.services.results import Done
from perpusdesk.storage.queries import figure_entries as query

VERB: Final = "enter_figure"
_LONGEST: Final = 300


@dataclass(frozen=True, slots=True)
class EntryLine:
    """A figure to type in for a period: what it is, what was typed (``None``: nothing yet).

    ``former``: what was typed for the year before. ``needed``: without it a row of a pack is empty.
    """

    key: str
    name: str
    hint: str
    value: Fraction | None
    source: str
    note: str
    former: Fraction | None
    needed: bool


def entry_lines(desk: Desk, period: Period, branch: UUID | None = None) -> list[EntryLine]:
    """Return all figures that can be typed in for a period, in the order of the table."""
    kept = query.entries(desk.library, branch)
    needed = {name for pack in packs(desk.today()) for name in pack.required_entries}
    lines = []
    for key, (name, hint) in entry_names().items():
        known, before = kept.get((key, period.key)), kept.get((key, period.year_before.key))
        lines.append(
            EntryLine(
                key,
                name,
                hint,
                _number(known),
                known.source if known else "",
                known.note if known else "",
                _number(before),
                key in needed,
            )
        )
    return lines


def enter_figure(
    desk: Desk,
    key: str,
    period: Period,
    typed: str,
    *,
    source: str = "",
    note: str = "",
    branch: UUID | None = None,
) -> Done[Fraction | None] | Refused:
    """Keep a typed figure; nothing typed takes it back. Dots and commas as Indonesians type them.

    ``RIGHT_MISSING``, ``FIGURE_INVALID`` text.
    """
    if not desk.may(FIGURES):
        return Refused(Reason.RIGHT_MISSING, {"right": FIGURES})
    value = parse_figure(typed)
    if key not in entry_names() or (value is None and typed.strip()):
        return Refused(Reason.FIGURE_INVALID, {"text": typed.strip()})
    place = branch.hex if branch else ""
    action = desk.action(VERB)
    fields = {
        "measure": key,
        "branch": branch,
        "period": period.key,
        "value": "" if value is None else figure_text(value),
        "source": source.strip()[:_LONGEST],
        "note": note.strip()[:_LONGEST],
    }
    action.set("figure_entry", named_id("figure_entry", f"{key}/{period.key}/{place}"), fields)
    written = desk.commit(action)
    return Done(value, written.action, VERB, frozenset({"figure_entry"}))


def entered(desk: Desk, period: Period, branch: UUID | None = None) -> dict[str, Fraction]:
    """Return what was typed for a period, or for the year that it lies in."""
    kept = query.entries(desk.library, branch)
    found = {}
    for key in entry_names():
        for place in (period.key, period.first[:4]):
            value = _number(kept.get((key, place)))
            if value is not None:
                found[key] = value
                break
    return found


def _number(kept: query.KeptEntry | None) -> Fraction | None:
    if kept is None:
        return None
    try:
        return Fraction(kept.value)
    except (ValueError, ZeroDivisionError):
        return None  # of another program's making
