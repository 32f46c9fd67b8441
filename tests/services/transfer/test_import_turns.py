"""An import in turns comes to the same as one that has the library to itself."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from helpers.library import SmallLibrary, living
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.transfer.import_history import RunState, run_lines
from perpusdesk.services.transfer.import_lists import listed, new_log
from perpusdesk.services.transfer.import_manners import Manners, Pace
from perpusdesk.services.transfer.import_run import Wishes, plan, run
from perpusdesk.services.transfer.import_undo import undo_run
from perpusdesk.storage.queries.imports import counts


class Turns:
    """Counts turns, and refuses two at once."""

    def __init__(self) -> None:
        self.count, self._held = 0, False

    @contextlib.contextmanager
    def __call__(self) -> Iterator[None]:
        assert not self._held
        self._held = True
        self.count += 1
        try:
            yield
        finally:
            self._held = False


def many(folder: Path, count: int = 300) -> Path:
    path = folder / "banyak.csv"
    rows = [f"Judul {n},Andai {n % 9},Y{n:04}" for n in range(count)]
    path.write_text("Judul,Pengarang,No. Barcode\n" + "\n".join(rows) + "\n", "utf-8")
    return path


def test_all_goes_in_and_out_again_in_many_turns(head: Desk, tmp_path: Path) -> None:
    before, turns = living(head.library), Turns()
    done = run(head, [many(tmp_path)], manners=Manners(turns, 0.005))
    assert dict(done.added) == {"titles": 300, "copies": 300}
    assert turns.count > 10
    assert done.run is not None
    turns = Turns()
    undone = undo_run(head, done.run, manners=Manners(turns, 0.005))
    assert dict(undone.removed) == {"titles": 300, "copies": 300}
    assert turns.count > 10
    assert living(head.library) == before


def test_a_stopped_import_goes_on_as_the_same_run(head: Desk, tmp_path: Path) -> None:
    path, asked = many(tmp_path), []
    stopped = run(head, [path], stop=lambda: len(asked) > 1 or asked.append(1))
    assert stopped.stopped and stopped.run is not None
    line = run_lines(head)[0]
    assert (line.state, line.resumable, line.paths) == (RunState.STOPPED, True, (path,))
    again = run(head, line.paths, Wishes(formats=line.formats, resumed=line.run))
    assert again.run == stopped.run
    assert again.added["titles"] + stopped.added["titles"] == 300
    (line,) = run_lines(head)
    assert (line.state, line.added["titles"]) == (RunState.DONE, 300)


def test_what_was_built_upon_stays_and_is_told(
    head: Desk, small: SmallLibrary, tmp_path: Path
) -> None:
    done = run(head, [many(tmp_path, 5)])
    copy = head.library.value("select id from copy where barcode = 'Y0002'")
    lend(head, small.members["A0001"], UUID(bytes=bytes(copy)))
    undone = undo_run(head, done.run)
    assert dict(undone.kept) == {"copies": 1, "titles": 1}
    assert counts(head.library)["titles"] == 11
    assert run_lines(head)[0].state is RunState.UNDONE


def test_the_list_names_what_doubles_are_equal_to(head: Desk, tmp_path: Path) -> None:
    path, log = tmp_path / "item.csv", new_log()
    path.write_text("Judul,Pengarang,No. Barcode\nX,Y,Q1\nX,Y,\n", "utf-8")
    plan(head, [path], log=log)
    (double,) = listed(head, log.lines(log.ids()))
    assert (double.reason, double.same) == ("Judul ini sudah ada.", "")
    assert (double.row.row, double.row.from_row) == (3, 2)
    run(head, [path])
    log = new_log()
    plan(head, [path], log=log)
    told = [(one.row.row, one.reason, one.same) for one in listed(head, log.lines(log.ids()))]
    assert told == [(2, "Judul ini sudah ada.", "X · Y"), (3, "Judul ini sudah ada.", "X · Y")]


def test_the_pace_follows_how_long_writing_takes() -> None:
    pace = Pace(Manners(contextlib.nullcontext, 0.05), 1000)
    for _ in range(20):
        pace.wrote(pace.size, pace.size * 0.0001)
    assert pace.size == 500
    pace.wrote(pace.size, 1.0)
    assert pace.size == 25
    pace = Pace(Manners(contextlib.nullcontext, 0.0), 1000)
    pace.begin_turn()
    assert pace.over
    alone = Pace(Manners(), 1000)
    alone.begin_turn()
    assert not alone.over
    alone.wrote(1000, 60.0)
    assert alone.size == 1000
