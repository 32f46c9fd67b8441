"""Backups, the key, and personal data."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from installers.manual.home import READABLE, Home
from installers.manual.stage import DeskStage
from perpusdesk.services.demo.demo_day import find_props
from perpusdesk.ui.backup.part import BackupPart
from perpusdesk.ui.kit.cards import Card
from perpusdesk.ui.shell.window import USUAL


def key(home: Home) -> None:
    """The reminder of the recovery sheet, and where it is made."""
    with home.at_desk("key", encrypted=True, kept=False) as at:
        at.presses("Ctrl+Shift+K")
        at.turns("Kunci")
        at.to_box()
        at.picture("kunci-lembar", at.room, height=320)


def backup(home: Home) -> None:
    """Two backups with a visit between them, rehearsed, and what going back would mean."""
    with home.at_desk("backup", encrypted=True) as at:
        _back_up(at)
        home.clock.passes(days=1, hours=2)
        at.presses("F2")
        at.scan(*_card_and_books(at))
        at.presses("Esc")
        _back_up(at)
        card = at.part(BackupPart).findChild(Card)
        assert card is not None
        at.picture("cadangan-keadaan", card)
        at.clicks("Latihan pemulihan")
        _rest(at)
        at.to_box()
        at.picture("cadangan-latihan", card)
        at.part(BackupPart).backups.choose(1)
        at.clicks("Pulihkan")
        at.wait(20)
        at.picture("cadangan-pulihkan", at.part(BackupPart).ask)


def _back_up(at: DeskStage) -> None:
    at.presses("Ctrl+Shift+K")
    at.turns("Cadangan")
    at.clicks("Cadangkan sekarang")
    _rest(at)
    at.to_box()


def _card_and_books(at: DeskStage) -> list[str]:
    props = find_props(at.program.desk, "")
    assert props is not None
    return [props.card.code, *(book.code for book in props.books[:2])]


def _rest(at: DeskStage) -> None:
    at.wait_for(lambda: at.button("Cadangkan sekarang").isEnabled())
    at.wait(30)


def privacy(home: Home) -> None:
    """The data of a member, and requests with their 72 hours."""
    with home.at_desk("privacy", wide=USUAL.width()) as at:
        at.presses("F3")
        at.wait(10)
        at.presses("Down", "Down")
        at.wait(10)
        at.turns("Data")
        at.to_box()
        at.picture("data-pribadi-anggota", at.program.screens.members.room.panel)
        at.window.resize(READABLE, USUAL.height())
        at.presses("Ctrl+Shift+K")
        at.turns("Data pribadi")
        at.clicks("Catat permintaan")
        fields = [one for one in at.seen(QLineEdit) if one.accessibleName() == "Nomor kartu"]
        at.types("A00001", fields[0])
        at.picture("data-pribadi-permintaan", at.room, height=350)
        at.presses("Return")
        at.wait(10)
        home.clock.passes(hours=31)
        at.turns("Aturan", "Permintaan")
        at.wait(10)
        at.picture("data-pribadi-sisa", at.room, height=420)
        at.turns("Catatan akses")
        at.wait(10)
        at.picture("data-pribadi-akses", at.room, height=420)
