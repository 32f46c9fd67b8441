"""The tabs of what visitors say on the stage of a test, filled with a little of everything."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from helpers.library import SmallLibrary
from helpers.screens import Stage
from perpusdesk.app.serving import Serving
from perpusdesk.ui.kit.tabbed_page import TabbedPage


class ServiceStage(Stage):
    """A window whose page has the four tabs."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.page = TabbedPage("visits", lambda: "Kunjungan", "visits", "")
        papers = folder / "papers"
        papers.mkdir(exist_ok=True)
        self.serving = Serving(self.window, self.desk, self.tasks, papers, self.page)
        self.put(self.page)

    def open(self, name: str):
        """Bring a tab to the front and return its part."""
        self.page.open_part(name)
        self.page.refresh()
        self.wait()
        return self.page.part(name)

    def titles(self, name: str) -> list[str]:
        """Return the lists' rows as they are read out."""
        model = self.page.part(name).room.rows.rows
        return [model.data(model.index(place, 0)) for place in range(model.rowCount())]

    def press(self, verb: str) -> None:
        """Press a step of the panel in front."""
        part = self.page.part(self.page.names[self.page.tabs.currentIndex()])
        steps = part.room.side.steps.row
        for place in range(steps.count()):
            button = steps.itemAt(place).widget()
            if button.text() == verb:
                button.click()
                self.wait()
                return
        raise AssertionError(f"no step {verb}")

    def send(self) -> None:
        """Answer the question that is open."""
        part = self.page.part(self.page.names[self.page.tabs.currentIndex()])
        part.room.side.ask.send()
        self.wait()
