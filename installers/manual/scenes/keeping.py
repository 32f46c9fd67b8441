"""Backups, the key, personal data, and what needs a decision."""

from __future__ import annotations

from installers.manual.home import Home


def backup(home: Home) -> None:
    """Backups: at work, rehearsed, and gone back to."""
    with home.at_desk("backup", encrypted=True) as at:
        page = at.program.safekeeping.page
        at.presses("Ctrl+Shift+K")
        at.clicks("Cadangkan sekarang")
        at.wait(60)
        home.clock.passes(hours=2)
        page.open_part("key")
        at.picture("kunci-lembar")
        page.open_part("backup")
        at.wait(20)
        at.picture("cadangan-keadaan")
        at.clicks("Latihan pemulihan")
        at.wait(60)
        at.picture("cadangan-latihan")


def privacy(home: Home) -> None:
    """The data of a member, and requests with their 72 hours."""
    with home.at_desk("privacy") as at:
        at.presses("F3")
        at.wait(10)
        at.presses("Down", "Down")
        at.wait(10)
        at.picture("data-pribadi-anggota")
        at.presses("Ctrl+Shift+K")
        at.program.safekeeping.page.open_part("privacy")
        at.wait(10)
        at.clicks("Catat permintaan")
        at.picture("data-pribadi-permintaan")
