"""Joins a page of tabs to the window: its keys, the box, and scans that no tab takes."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.scan.types import Scan
from perpusdesk.ui.kit.tabbed_page import TabbedPage
from perpusdesk.ui.shell.section_actions import section_actions
from perpusdesk.ui.shell.window import MainWindow


def join_tabs(window: MainWindow, page: TabbedPage, to_desk: Callable[[Scan], None]) -> None:
    """Put a page with all its tabs into the window; ``to_desk`` takes what no tab wants."""

    def edited(typed: str) -> None:
        if window.page == page.name:
            page.search_edited(typed)

    def down() -> None:
        if window.page == page.name:
            page.into_list()

    window.add_page(page)
    window.registry.add(*section_actions(page))
    page.scan_passed.connect(to_desk)
    window.box.edited.connect(edited)
    window.box.down.connect(down)
