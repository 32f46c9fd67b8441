"""The conflict desk on a library whose desk and van contradicted each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, value_of
from helpers.screens import Stage, staged
from perpusdesk.app.deciding import Deciding
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.edit_member import edit_member, open_form


class Judge(Stage):
    """The stage with the screen on it; ``van`` is another device of the library."""

    def __init__(self, qtbot: QtBot, small: SmallLibrary, who: str, folder: Path) -> None:
        super().__init__(qtbot, small, who, folder)
        self.van: Desk = another_device(small, folder / "van", "Laptop MK")
        self.van.branch = small.branches["van"]
        self.opened: list[object] = []
        self.put(Home())
        self.deciding = Deciding(
            self.window,
            self.desk,
            self.tasks,
            show_member=self.opened.append,
            show_title=self.opened.append,
        )

    def open(self) -> None:
        """Exchange with the van, and open the screen."""
        self.exchange()
        self.deciding.go()
        self.wait()
        self.page = self.deciding.page
        self.question = self.page.room.question

    def exchange(self) -> None:
        exchange(self.desk, self.van)

    def lent_twice(self, barcode: str) -> None:
        """The desk lends a copy to Siti, an hour later the van lends it to Budi."""
        copy, members = self.small.copies[barcode], self.small.members
        value_of(lend(self.desk, members["A0001"], copy))
        self.small.time.passes(hours=1)
        value_of(lend(self.van, members["A0002"], copy))

    def edited_twice(self, card: str) -> None:
        """Desk and van give a member different telephone numbers."""
        member = self.small.members[card]
        for desk, phone in ((self.desk, "0811-1111-1111"), (self.van, "0822-2222-2222")):
            opened = open_form(desk, member)
            form = opened.form.__class__(
                **{
                    name: getattr(opened.form, name)
                    for name in opened.form.__dataclass_fields__
                    if name != "phone"
                },
                phone=phone,
            )
            value_of(edit_member(desk, opened, form))
            self.small.time.passes(minutes=10)

    def press(self, text: str) -> None:
        """Press a single key, as a hand does."""
        self.window.registry.run_key(text)
        self.wait()

    def close(self) -> None:
        super().close()
        self.van.library.close()


class Home:
    """A page to come back to."""

    name, title, icon, key = "exchange", "Pertukaran", "devices", ""

    def __init__(self) -> None:
        from PySide6.QtWidgets import QWidget

        self.widget = QWidget()


stage = staged(Judge)


@pytest.fixture
def judge(stage: Callable[[str], Judge]) -> Judge:
    return stage("head")
