"""The first day at the desk."""

from __future__ import annotations

from installers.manual.home import Home
from installers.manual.stage import DeskStage
from perpusdesk.services.demo.demo_day import find_props
from perpusdesk.services.set_up import library_name
from perpusdesk.ui.desk.choices import Choices
from perpusdesk.ui.desk.hero import Hero
from perpusdesk.ui.desk.loan_rows import LoanRows
from perpusdesk.ui.desk.visit_header import VisitHeader

PAGE = "hari-pertama-di-meja"


def desk(home: Home) -> None:
    """A visit, books out and in, a refusal, a mistake, a search; then the day as it stands."""
    with home.at_desk("desk") as at:
        props = find_props(at.program.desk, library_name(at.program.desk))
        assert props is not None
        late = _late(at)
        box = at.program.window.box
        at.scan(props.card.code)
        at.picture(f"{PAGE}-kunjungan", box, at.part(LoanRows), height=260)
        at.scan(props.books[0].code)
        at.picture(f"{PAGE}-dipinjamkan", box, at.part(Hero), at.part(LoanRows), height=430)
        at.scan(props.books[1].code)
        at.scan(props.books[2].code)
        at.picture(f"{PAGE}-ditolak", at.part(VisitHeader), at.part(Hero))
        at.presses("Esc")
        home.clock.passes(minutes=7)
        at.scan(late)
        at.picture(f"{PAGE}-kembali", box, at.part(Hero))
        at.types_in_box("perpustakaan")
        at.picture(f"{PAGE}-mencari", box, at.part(Choices), height=430)
        at.presses("Esc", "Esc", "Esc")
        home.clock.passes(minutes=3)
        at.scan(*_due_today(at))
        at.scan(props.books[0].code)
        at.presses("Esc")
        at.picture(f"{PAGE}-hari")


def _late(at: DeskStage) -> str:
    """Return the barcode of a book that is some days late."""
    return _codes(
        at, "t.language = 'ind' and l.due between date(?1, '-20 days') and date(?1, '-3 days')"
    )[0]


def _due_today(at: DeskStage) -> list[str]:
    return _codes(at, "l.due = ?1")[:2]


def _codes(at: DeskStage, which: str) -> list[str]:
    rows = at.program.desk.library.rows(
        "select c.barcode from loan l join copy c on c.id = l.copy join title t on t.id = c.title"
        ' where l."end" = 0 and c.branch = ?2'
        f" and {which} order by c.barcode",
        at.program.desk.today().isoformat(),
        at.program.desk.branch.bytes,
    )
    return [str(row[0]) for row in rows]
