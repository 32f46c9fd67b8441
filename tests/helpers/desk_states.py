"""Every state the desk can be in, as a way to get there: for audits, and for looking at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from helpers.librarian import Librarian
from helpers.library import SmallLibrary, value_of
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.kits import add_to_kit, open_kit
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.members.block_member import block_member

LONG_TITLE: Final = (
    "Laporan lengkap mengenai pembangunan perpustakaan desa di daerah aliran sungai, beserta "
    "catatan perjalanan, peta, tabel curah hujan, daftar istilah setempat, dan lampiran foto "
    "kegiatan membaca warga"
)
LONG_NAME: Final = "Raden Ajeng Kusumaningtyas Widyaningrum Permatasari Suryaningsih"


@dataclass(frozen=True, slots=True)
class State:
    """A state of the desk: its name, and what somebody does to get there from a fresh start."""

    name: str
    reach: Callable[[Librarian, SmallLibrary], object]


def _lend(small: SmallLibrary, card: str, *barcodes: str) -> None:
    for barcode in barcodes:
        value_of(lend(small.desk("head"), small.members[card], small.copies[barcode]))


def _busy_day(who: Librarian, small: SmallLibrary) -> None:
    desk = small.desk("head")
    _lend(small, "A0001", "B0001", "B0003")
    _lend(small, "A0002", "B0002", "B0007")
    value_of(place_hold(desk, small.members["A0003"], small.titles[0]))
    who.scan("B0001")
    who.presses("Ctrl+Z")
    who.scan("B0003")
    small.time.passes(days=7)
    _lend(small, "A0002", "B0009")
    who.presses("Esc")


def _late(who: Librarian, small: SmallLibrary) -> None:
    _lend(small, "A0001", "B0001", "B0003")
    small.time.passes(days=20)
    who.scan("A0001")


def _returned_late(who: Librarian, small: SmallLibrary) -> None:
    _late(who, small)
    who.presses("Esc")
    who.scan("B0001")


def _waited_for(who: Librarian, small: SmallLibrary) -> None:
    _lend(small, "A0001", "B0001", "B0002")
    value_of(place_hold(small.desk(), small.members["A0003"], small.titles[0]))
    who.scan("B0001")


def _everything_against(who: Librarian, small: SmallLibrary) -> None:
    small.change("member", small.members["A0002"], expires="2026-10-01")
    value_of(block_member(small.desk("head"), small.members["A0002"], "Kartu dipinjam orang lain"))
    who.scan("A0002", "B0005")


def _exception(who: Librarian, small: SmallLibrary) -> None:
    _everything_against(who, small)
    who.presses("F8")


def _on_loan_elsewhere(who: Librarian, small: SmallLibrary) -> None:
    _lend(small, "A0002", "B0001")
    who.scan("A0001", "B0001")


def _long_words(who: Librarian, small: SmallLibrary) -> None:
    small.change("title", small.titles[0], title=LONG_TITLE, author=LONG_NAME)
    small.change("member", small.members["A0001"], name=LONG_NAME)
    who.scan("A0001", "B0001")


def _long_refusal(who: Librarian, small: SmallLibrary) -> None:
    _long_words(who, small)
    who.presses("Esc")
    who.scan("A0002", "B0001")


def _kit(who: Librarian, small: SmallLibrary) -> None:
    desk, school = small.desk("head"), small.members["S0001"]
    kit = value_of(open_kit(desk, school, "Pojok baca kelas 4")).kit
    for barcode, copy in small.copies.items():
        if barcode not in ("B0005", "B0006"):
            value_of(add_to_kit(desk, kit, copy))
    who.scan("S0001")


def _kit_mode(who: Librarian, small: SmallLibrary) -> None:
    who.scan("S0001")
    who.program.window.registry.run("kit")
    who.answers("Pojok baca kelas 4")
    who.scan("B0001")


def _debt(who: Librarian, small: SmallLibrary) -> None:
    _returned_late(who, small)
    who.scan("A0001")


def _asks(who: Librarian, small: SmallLibrary, action: str) -> None:
    if action == "pay":
        _debt(who, small)
    elif action == "kit":
        who.scan("A0001")
    who.program.window.registry.run(action)
    who.wait()


def _paid(who: Librarian, small: SmallLibrary) -> None:
    _asks(who, small, "pay")
    who.answers("5000")


def _same_number(who: Librarian, small: SmallLibrary) -> None:
    small.change("member", small.members["A0001"], card="B0001")
    who.scan("B0001")


def _slips(who: Librarian, small: SmallLibrary) -> None:
    _asks(who, small, "slips")
    who.presses("Ctrl+A")
    who.answers("1-11-2026 09.30")


def _mode(who: Librarian, action: str) -> None:
    who.program.window.registry.run(action)
    who.wait()


STATES: Final = (
    State("day, empty", lambda who, _: who.presses("Esc")),
    State("day, busy", _busy_day),
    State("visit", lambda who, _: who.scan("A0001")),
    State("visit, overdue", _late),
    State("visit, owing", _debt),
    State("lent", lambda who, _: who.scan("A0001", "B0001")),
    State("lent, three", lambda who, _: who.scan("A0001", "B0001", "B0003", "B0007")),
    State("lent, long words", _long_words),
    State("undone", lambda who, _: (who.scan("A0001", "B0001"), who.presses("Ctrl+Z"))),
    State("renewed", lambda who, small: (_soon(who, small), who.presses("F6"))),
    State("returned", lambda who, small: (_lend(small, "A0001", "B0001"), who.scan("B0001"))),
    State("returned, late", _returned_late),
    State("returned, waited for", _waited_for),
    State("refused, limit", lambda who, _: who.scan("A0001", "B0001", "B0003", "B0007", "B0009")),
    State("refused, yours", lambda who, _: who.scan("A0001", "B0001", "B0001")),
    State("refused, on loan", _on_loan_elsewhere),
    State("refused, reading room", lambda who, _: who.scan("A0001", "B0005")),
    State("refused, everything", _everything_against),
    State("refused, long words", _long_refusal),
    State("refused, not on loan", lambda who, _: who.scan("B0001")),
    State("unknown code", lambda who, _: who.scan("ZZ9999")),
    State("unknown code, long", lambda who, _: who.scan("0123456789" * 19)),
    State("too long", lambda who, _: who.types("x" * 250)),
    State("choices, words", lambda who, _: who.types("umpama")),
    State("choices, titles", lambda who, _: who.types("contoh")),
    State("choices, same number", _same_number),
    State("question, exception", _exception),
    State("question, payment", lambda who, small: _asks(who, small, "pay")),
    State("question, kit", lambda who, small: _asks(who, small, "kit")),
    State("question, paper slips", lambda who, small: _asks(who, small, "slips")),
    State("paid", _paid),
    State("mode, taking back", lambda who, _: (who.presses("F4"), who.scan("B0001"))),
    State("mode, reading", lambda who, _: (_mode(who, "reading"), who.scan("B0005"))),
    State("mode, paper slips", _slips),
    State("mode, kit", _kit_mode),
    State("kit of many", _kit),
)


def _soon(who: Librarian, small: SmallLibrary) -> None:
    _lend(small, "A0001", "B0001", "B0003")
    small.time.passes(days=5)
    who.scan("A0001")
