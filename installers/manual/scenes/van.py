"""The first day of a van, and what it and the desk recorded differently."""

from __future__ import annotations

from uuid import UUID

from installers.manual.fleet import Fleet, fleet
from installers.manual.home import Home
from installers.manual.stage import DeskStage
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.demo.demo_day import Props, find_props
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import library_name, open_desk
from perpusdesk.syncing.connections import connections
from perpusdesk.ui.shell.chip import TrustChip
from perpusdesk.ui.visits.van_bar import VanBar

PAGE = "hari-pertama-mobil-keliling"


def van(home: Home) -> None:
    """Ready to leave, a stop, hours without network, home again; then what contradicts itself."""
    home.clock.passes(days=2, minutes=-50)  # a day of the van
    with fleet(home.fresh("server"), home.clock) as server:
        office = open_desk(home.open(home.library("van-desk", small=True, kept=True)))
        server.join(office.library)
        desk = server.van(home.fresh("van"), home.clock, "Laptop Mobil 1")
        props = find_props(desk, library_name(desk))
        assert props is not None
        with home.at_desk("van", desk, wide=1240) as at:
            at.wait(40)
            _ready(at)
            _stop(home, at)
            _alone(home, at, props)
            _contradict(home, office, props, server)
            _home_again(home, at)
        server.exchange(office.library)
        with home.at_desk("decisions", office) as at:
            at.wait_for(at.program.window.rail.questions.isVisible)
            at.program.window.questions_asked.emit()
            at.wait(20)
            at.picture("pertentangan-pertanyaan", at.room, height=560)
            at.presses("Return")
            at.turns("Sudah diputuskan")
            at.picture("pertentangan-diputuskan", at.room, height=300)


def _ready(at: DeskStage) -> None:
    runner = at.program.exchanging.runner
    at.wait_for(lambda: runner.first is not None and not runner.running)
    at.program.window.go("exchange")
    at.wait(40)
    at.turns("Siap jalan")
    at.picture(f"{PAGE}-siap", at.room, height=400)


def _stop(home: Home, at: DeskStage) -> None:
    home.clock.passes(minutes=25)
    at.presses("Ctrl+Shift+V")
    at.wait(10)
    at.picture(f"{PAGE}-singgah", at.part(VanBar))
    at.clicks("Mulai singgah")
    at.wait(10)
    for group in ("Remaja laki-laki", "Remaja perempuan", "Anak perempuan", "Anak perempuan"):
        at.clicks(group)
    at.to_box()
    at.picture(f"{PAGE}-di-singgahan", at.room, height=560)


def _alone(home: Home, at: DeskStage, props: Props) -> None:
    at.program.exchanging.runner.use_links([])  # no network out there
    at.presses("F2")
    at.wait(5)
    at.scan(props.card.code, *(book.code for book in props.books[:2]))
    runner = at.program.exchanging.runner
    at.wait_for(lambda: runner.standing.waiting > 0)
    at.picture(f"{PAGE}-menunggu", at.part(TrustChip))
    at.presses("Esc")
    at.presses("Ctrl+Shift+V")
    home.clock.passes(hours=3)
    at.clicks("Akhiri singgah")


def _contradict(home: Home, office: Desk, props: Props, server: Fleet) -> None:
    """Let the desk in town have lent to somebody else what the van lent."""
    book, member = (
        office.library.row(query, value)
        for query, value in (
            ("select id from copy where barcode = ?", props.books[0].code),
            (
                "select id from member where card > ?1 and category ="
                " (select category from member where card = ?1) order by card limit 1",
                props.card.code,
            ),
        )
    )
    assert book is not None and member is not None
    lend(office, UUID(bytes=bytes(member[0])), UUID(bytes=bytes(book[0])))
    server.exchange(office.library)


def _home_again(home: Home, at: DeskStage) -> None:
    page, runner = at.program.exchanging.page, at.program.exchanging.runner
    at.program.window.go(page.name)
    at.turns("Sekarang")
    stick = home.fresh("FLASHDISK")
    stick.mkdir()
    page.stick_asked.emit(stick)
    at.wait(60)
    at.to_box()
    at.picture(f"{PAGE}-flashdisk", at.room, height=420)
    runner.ran.connect(lambda _done: runner.use_links([]))  # one exchange, not a second soon after
    at.tasks.run(lambda: connections(at.program.desk.library), runner.use_links)
    at.wait(2)
    at.clicks("Tukar sekarang")
    at.wait_for(lambda: not runner.running and runner.standing.waiting == 0)
    at.wait(20)
    at.to_box()
    at.picture(f"{PAGE}-pulang", at.room, height=420)
