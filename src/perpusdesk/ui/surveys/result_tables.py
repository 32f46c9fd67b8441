"""The tables and bars of a result: per unsur, per question, per group, over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain.surveys.satisfaction import UnsurResult
from perpusdesk.domain.surveys.tallies import Tally
from perpusdesk.services.surveys.survey_results import GroupResult, Results, TrendPoint
from perpusdesk.services.wording.surveys import decimal_words, fraction_words, grade_words
from perpusdesk.ui.kit.id_table import Column, IdTable, IdTableModel
from perpusdesk.ui.surveys.bars import Bar


class SmallTable(IdTable):
    """A table of rows that are at hand, as high as its rows."""

    def __init__(self, name: str, columns: Sequence[Column]) -> None:
        self._rows: Sequence[Any] = ()
        self.rows = IdTableModel(columns, lambda ids, answer: answer(self._at_hand(ids)))
        super().__init__(self.rows, name)

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        self._rows = rows
        self.rows.set_ids(range(len(rows)))
        self.setVisible(bool(rows))
        self.fit()

    def fit(self) -> None:
        """Be as high as all rows, in the text size in use."""
        rows = self.verticalHeader().defaultSectionSize() * len(self._rows)
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 4)

    def _at_hand(self, ids: Sequence[Any]) -> dict[Any, Any]:
        return {id_: self._rows[id_] for id_ in ids}


def unsur_columns() -> tuple[Column, ...]:
    """Return the columns of a ``UnsurResult``."""
    return (
        Column(_("No."), lambda one: one.number, 5),
        Column(_("Unsur"), lambda one: one.name),
        Column(_("Filled"), lambda one: number(one.filled), 8, "right"),
        Column("NRR", lambda one: fraction_words(one.nrr, 3), 9, "right"),
        Column(_("Weighted"), lambda one: fraction_words(one.weighted, 3), 11, "right"),
        Column(_("IKM of the unsur"), lambda one: fraction_words(one.ikm), 14, "right"),
    )


def group_columns(name: str) -> tuple[Column, ...]:
    """Return the columns of a ``GroupResult``."""
    return (
        Column(name, lambda one: one.name or _("not named")),
        Column(_("Respondents"), lambda one: number(one.respondents), 12, "right"),
        Column("IKM", lambda one: decimal_words(one.ikm), 9, "right"),
        Column(_("Quality class"), lambda one: grade_words(one.grade), 18),
    )


def trend_columns(period: Callable[[TrendPoint], str]) -> tuple[Column, ...]:
    """Return the columns of a ``TrendPoint``."""
    return (
        Column(_("Survey"), lambda one: one.name),
        Column(_("Period"), period, 24),
        Column(_("Respondents"), lambda one: number(one.respondents), 12, "right"),
        Column(_("Figure"), point_figure, 9, "right"),
        Column(_("Quality class"), lambda one: grade_words(one.grade), 18),
    )


def point_figure(point: TrendPoint) -> str:
    """Return the index of a survey, or the mean where it has none."""
    return decimal_words(point.ikm) if point.ikm is not None else fraction_words(point.overall)


def unsur_bars(found: Results) -> list[Bar]:
    """Return a bar per unsur; the three lowest are marked."""
    index = found.satisfaction
    if index is None:
        return []
    most = max((one.points for one in found.form.unsur), default=4)
    low = {one.id for one in index.lowest}
    return [
        Bar(
            f"{one.number} {one.name}".strip(),
            _part(one, most),
            fraction_words(one.nrr),
            marked=one.id in low,
        )
        for one in index.unsur
    ]


def tally_bars(tally: Tally) -> list[Bar]:
    """Return a bar per answer word, out of all who answered."""
    of = max(tally.answered, 1)
    return [
        Bar(word, count / of, f"{number(count)}  ({100 * count // of} %)")
        for word, count in tally.counts
    ]


def trend_bars(points: Sequence[TrendPoint]) -> list[Bar]:
    """Return a bar per survey; out of a hundred for the index, else of the highest mean."""
    figures = [point.ikm if point.ikm is not None else point.overall for point in points]
    most = 100.0
    if not any(point.ikm is not None for point in points):
        most = max((float(one) for one in figures if one is not None), default=1.0)
    return [
        Bar(point.name, float(figure or 0) / most, point_figure(point))
        for point, figure in zip(points, figures, strict=True)
    ]


def group_bars(groups: Sequence[GroupResult]) -> list[Bar]:
    """Return a bar per service or branch."""
    return [
        Bar(one.name or _("not named"), float(one.ikm or 0) / 100, decimal_words(one.ikm))
        for one in groups
    ]


def _part(one: UnsurResult, most: int) -> float:
    return float(one.nrr) / most if one.nrr is not None else 0.0
