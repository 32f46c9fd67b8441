"""What is to be looked for: the fields of a weeding rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.services.collection.weeding import WeedingRule
from perpusdesk.ui.kit.forms import Choice, Field, Form
from perpusdesk.ui.stock import weeding_text as text

_YEARS: Final = (1, 2, 3, 5, 10)
_AGES: Final = (5, 10, 15, 20, 30)
_SPANS: Final = (1, 2, 3, 5)
_CONDITIONS: Final[dict[str, tuple[bool, bool]]] = {
    "": (False, False),
    "damaged": (True, False),
    "gone": (False, True),
    "both": (True, True),
}


class RuleForm(Form):
    """The fields in as many columns as there is room for."""

    def __init__(self) -> None:
        super().__init__(columns=1)
        nothing: list[tuple[str, Any]] = [("–", None)]
        past = [*nothing, *((text.years_ago(years), years) for years in _YEARS)]
        ages = [*nothing, *((text.years_ago(years), years) for years in _AGES)]
        spans = [*nothing, *((text.in_years(years), years) for years in _SPANS)]
        self._never: Choice[int | None] = Choice(past)
        self._again: Choice[int | None] = Choice(past)
        self._old: Choice[int | None] = Choice(ages)
        self._surplus: Choice[int | None] = Choice(spans)
        self._condition: Choice[str] = Choice(
            [
                ("–", ""),
                (_("damaged"), "damaged"),
                (_("lost or missing"), "gone"),
                (_("damaged, lost or missing"), "both"),
            ]
        )
        self._kind: Choice[UUID | None] = Choice([(_("All"), None)])
        for label, edit in (
            (_("Never borrowed for"), self._never),
            (_("Not borrowed again for"), self._again),
            (_("Age since publication"), self._old),
            (_("More copies than demand"), self._surplus),
            (_("Condition"), self._condition),
            (_("Collection"), self._kind),
        ):
            self.add(Field(label, edit))
        self._never.choose(5)
        self._again.choose(5)

    def offer_kinds(self, kinds: Sequence[tuple[str, UUID]]) -> None:
        """Offer these collection kinds; the one that is chosen stays."""
        chosen = self._kind.value()
        self._kind.set_options([(_("All"), None), *kinds])
        if chosen in {id_ for _name, id_ in kinds}:
            self._kind.choose(chosen)

    def rule(self, branch: UUID) -> WeedingRule:
        """Return what is to be looked for at a branch."""
        damaged, missing = _CONDITIONS[self._condition.value() or ""]
        return WeedingRule(
            self._never.value(),
            self._again.value(),
            self._old.value(),
            self._surplus.value(),
            damaged=damaged,
            missing=missing,
            kind=self._kind.value(),
            branch=branch,
        )
