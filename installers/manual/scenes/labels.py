"""The studio of stickers."""

from __future__ import annotations

from installers.manual.home import Home
from perpusdesk.services.desk import Desk
from perpusdesk.ui.shell.window import USUAL

PAGE = "stiker"


def labels(home: Home) -> None:
    """A queue filled by scanning, the sheet, the test page's fields, and the cards."""
    with home.at_desk("labels", wide=USUAL.width()) as at:
        at.presses("Ctrl+L")
        at.scan(*_codes(at.program.desk, "barcode", "copy"))
        at.wait(10)
        at.clicks("Sehalaman")
        at.to_box()
        at.picture(f"{PAGE}-antrean", at.room)
        at.clicks("Cetak")
        at.wait(30)
        at.picture(f"{PAGE}-ditanya", at.room, height=440)
        at.clicks("Tercetak dengan baik")
        at.turns("Kartu anggota")
        at.scan(*_codes(at.program.desk, "card", "member"))
        at.wait(10)
        at.to_box()
        at.picture(f"{PAGE}-kartu", at.room)


def _codes(desk: Desk, field: str, record: str) -> list[str]:
    rows = desk.library.rows(
        f"select {field} from {record} where branch = ? order by {field} limit 10",
        desk.branch.bytes,
    )
    return [str(row[0]) for row in rows]
