"""A row of tabs as every screen has it: no wider than its words, cut by nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QTabBar

from perpusdesk.ui.kit.theme.controls import NESTED


def tab_bar(name: str, *titles: str, nested: bool = False) -> QTabBar:
    """Return tabs of these titles; ``name`` is what screen readers call the row.

    ``nested`` is for tabs inside another tab: they are painted quieter than those above them.
    """
    bar = QTabBar()
    bar.setAccessibleName(name)
    bar.setDrawBase(False)
    bar.setExpanding(False)
    bar.setUsesScrollButtons(False)
    bar.setProperty(NESTED, nested)
    for title in titles:
        bar.addTab(title)
    return bar
