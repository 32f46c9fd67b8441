"""The stock's screen on the small library."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage, staged
from perpusdesk.app.stock_parts import stock_parts
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.stock.actions import stock_actions
from perpusdesk.ui.stock.page import StockPage


class Stock(Stage):
    """The stage with the stock's screen on it; ``heard`` is the last sound."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.sounds = Sounds(player=lambda _file: None)
        papers = folder / "papers"
        papers.mkdir()
        parts = stock_parts(self.desk, self.tasks, self.window.messages, self.sounds, papers)
        self.page = StockPage(parts)
        self.put(self.page, *stock_actions(self.page))

    def close(self) -> None:
        super().close()
        self.sounds.close()

    def part(self, name: str):
        self.page.open_part(name)
        self.wait()
        return self.page.front

    def papers(self) -> list[Path]:
        return sorted((self.folder / "papers").iterdir())


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keep papers from being opened by a program of this computer."""
    found: list[str] = []
    monkeypatch.setattr(
        "perpusdesk.ui.shell.paper_files.QDesktopServices.openUrl",
        lambda url: found.append(url.toLocalFile()),
    )
    return found


stage = staged(Stock)


@pytest.fixture
def screen(stage: Callable[[str], Stock]) -> Stock:
    return stage("head")
