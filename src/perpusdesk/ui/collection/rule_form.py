"""From when on a title is short of copies, and how much money there is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.domain.collection.buying import BuyingRule
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.entries import CountEdit, MoneyEdit
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.forms import Field, Form

_MOST = 100


class RuleForm(QWidget):
    """The rule of the house; it is kept for all devices when somebody says so."""

    def __init__(self, keep: Callable[[], object]) -> None:
        super().__init__()
        self.form = Form(1)
        self.holds = self.form.add(
            Field(_("Waiting for one copy, at most"), CountEdit(1, most=_MOST), name="holds")
        )
        self.share = self.form.add(
            Field(_("No copy on the shelf, % of the year"), CountEdit(1, most=_MOST), name="share")
        )
        self.loans = self.form.add(
            Field(_("Loans that make a title wanted"), CountEdit(1, most=_MOST), name="loans")
        )
        self.keep = button(_("Use this rule"), keep, icon="check")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        column.addWidget(Flow(self.keep))
        for field in (self.holds, self.share, self.loans):
            field.edit.setMinimum(1)

    def show_rule(self, rule: BuyingRule) -> None:
        """Show what holds now."""
        self.holds.edit.setValue(rule.holds_per_copy)
        self.share.edit.setValue(rule.out_share)
        self.loans.edit.setValue(rule.loans_wanted)

    def rule(self) -> BuyingRule:
        """Return what is entered."""
        return BuyingRule(self.holds.edit.value(), self.share.edit.value(), self.loans.edit.value())


class BudgetForm(QWidget):
    """How much there is to share out, and what was set aside for the class that is chosen."""

    def __init__(self, share: Callable[[], object], keep: Callable[[], object]) -> None:
        super().__init__()
        self.money = Field(_("Budget of the year"), MoneyEdit(), name="budget")
        self.share = button(_("Share it out"), share)
        self.decided = Field(_("Set aside for the chosen class"), MoneyEdit(), name="decided")
        self.keep = button(_("Keep for this class"), keep, icon="check")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for field, step in ((self.money, self.share), (self.decided, self.keep)):
            column.addWidget(field)
            column.addWidget(Flow(step))
            column.addSpacing(12)
