"""The studio of stickers."""

from __future__ import annotations

from installers.manual.home import Home

PAGE = "stiker"


def labels(home: Home) -> None:
    """A queue filled by scanning, the sheet, and the question after printing."""
    with home.at_desk("labels") as at:
        at.presses("Ctrl+L")
        at.picture(f"{PAGE}-kosong")
        rows = at.program.desk.library.rows(
            "select c.barcode from copy c join title t on t.id = c.title where t.language = 'ind'"
            " and c.branch = ? order by c.barcode limit 15",
            at.program.desk.branch.bytes,
        )
        at.scan(*(str(row[0]) for row in rows))
        at.wait(20)
        at.picture(f"{PAGE}-antrean")
