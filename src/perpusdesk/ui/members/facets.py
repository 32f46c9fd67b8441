"""What narrows the list: words with counts at the left, or two choices where room is short."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.services.members.member_lists import Facets, Standing
from perpusdesk.ui.kit import facets as kit
from perpusdesk.ui.kit.accessible import named
from perpusdesk.ui.kit.forms import Choice
from perpusdesk.ui.members import text


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the list is narrowed to."""

    category: UUID | None = None
    standing: Standing | None = None


class FacetColumn(kit.FacetColumn):
    """The words of standings and categories; a second click on one takes it away again."""

    narrowed = Signal(object)
    """A ``Narrowed``."""

    def __init__(self) -> None:
        super().__init__()
        self._narrowed = Narrowed()
        self.asked.connect(self._tell)

    def show_facets(self, facets: Facets, narrowed: Narrowed) -> None:
        """Fill the column."""
        self._narrowed = narrowed
        standings = [
            kit.FacetValue(standing, text.standing_name(standing), count)
            for standing, count in facets.standings
            if count or standing is narrowed.standing
        ]
        categories = [
            kit.FacetValue(category, name, count)
            for category, name, count in facets.categories
            if count or category == narrowed.category
        ]
        groups = (
            kit.FacetGroup("standing", _("Standing"), standings, narrowed.standing),
            kit.FacetGroup("category", _("Category"), categories, narrowed.category),
        )
        self.show_groups(facets.total, groups)

    def _tell(self, group: str, key: Any) -> None:
        to = Narrowed() if group == kit.ALL else replace(self._narrowed, **{group: key})
        self.narrowed.emit(to)


class FacetChoices(QWidget):
    """The same in two choices beside each other."""

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._standing: Choice[Standing | None] = Choice([(_("Any standing"), None)])
        self._category: Choice[UUID | None] = Choice([(_("All categories"), None)])
        named(self._standing, _("Standing"))
        named(self._category, _("Category"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for choice in (self._standing, self._category):
            choice.setSizeAdjustPolicy(
                Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            choice.setMinimumContentsLength(10)
            row.addWidget(choice, 1)
            choice.activated.connect(lambda _index: self._chosen())

    def show_facets(self, facets: Facets, narrowed: Narrowed) -> None:
        """Fill the choices and show what is chosen."""
        standings = [(_with(text.standing_name(s), n), s) for s, n in facets.standings]
        self._standing.set_options([(_("Any standing"), None), *standings])
        self._standing.choose(narrowed.standing)
        categories = [(_with(name, n), id_) for id_, name, n in facets.categories]
        self._category.set_options([(_("All categories"), None), *categories])
        self._category.choose(narrowed.category)

    def _chosen(self) -> None:
        self.asked.emit(Narrowed(self._category.value(), self._standing.value()))


def _with(name: str, count: int) -> str:
    return f"{name} ({number(count)})"
