"""Kills a desk in the middle of a stream of loans, many times, and looks at what is left.

``PYTHONPATH=tests python -m helpers.kill_desk --times 200`` prints what was found as JSON and
ends with 0 when everything confirmed is there, nothing is there twice, and the rows are what the
ops say.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from uuid import UUID

from helpers.library import SmallLibrary, build
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import BRANCH_LOCAL, STAFF_LOCAL, open_desk
from perpusdesk.storage.check import Verdict, check, quick_check
from perpusdesk.storage.database import Engine
from perpusdesk.storage.library import Library

MEMBER_LOCAL = "member of the test"
LENDABLE = [f"B{number:04}" for number in range(1, 21) if number not in (5, 6)]


@dataclass(slots=True)
class Found:
    """What all the killings came to; of a good desk the last five are empty and zero.

    ``unconfirmed_but_whole``: the kill came between the write and the word about it.
    """

    kills: int = 0
    confirmed: int = 0
    unconfirmed_but_whole: int = 0
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)
    flaws: list[str] = field(default_factory=list)
    not_noticed: int = 0

    @property
    def good(self) -> bool:
        return not (self.lost or self.twice or self.torn or self.flaws or self.not_noticed)


def prepare(folder: Path, engine: Engine) -> None:
    """Make a library where one member may borrow everything."""
    small: SmallLibrary = build(folder, engine)
    small.rule("Umum", loan_limit=1000, loan_days=7)
    small.library.put_local(BRANCH_LOCAL, small.branches["pusat"].bytes)
    small.library.put_local(STAFF_LOCAL, small.staff["desk"].bytes)
    small.library.put_local(MEMBER_LOCAL, small.members["A0001"].bytes)
    small.library.close()


def stream(folder: Path, engine: Engine) -> None:
    """Lend and take back for ever; print each loan and each return once it is confirmed."""
    library = Library.open(folder, engine=engine)
    desk = open_desk(library)
    member = UUID(bytes=library.local(MEMBER_LOCAL))
    copies = [
        UUID(bytes=library.value("select id from copy where barcode = ?", barcode))
        for barcode in LENDABLE
    ]
    open_ones = {row[0] for row in library.rows('select copy from loan where "end" = 0')}
    while True:
        for copy in copies:
            if copy.bytes in open_ones:
                done = take_back(desk, copy)
                open_ones.discard(copy.bytes)
            else:
                done = lend(desk, member, copy)
                open_ones.add(copy.bytes)
            assert isinstance(done, Done), done
            line = done.value.line
            assert line is not None
            sys.stdout.write(f"{done.verb} {line.loan} {done.action}\n")
            sys.stdout.flush()


def kill_many(folder: Path, times: int, seed: int, engine: Engine) -> Found:
    """Kill the stream at random moments after its first confirmation; look after each."""
    chance, found, began = Random(seed), Found(), time.monotonic()
    prepare(folder, engine)
    confirmed: list[tuple[str, str, str]] = []
    for _ in range(times):
        confirmed += _kill_one(folder, engine, chance)
        found.kills += 1
        found.confirmed = len(confirmed)
        _look(folder, engine, confirmed, found)
        if not found.good:
            break
    found.seconds = round(time.monotonic() - began, 1)
    return found


def _kill_one(folder: Path, engine: Engine, chance: Random) -> list[tuple[str, str, str]]:
    command = [sys.executable, "-m", "helpers.kill_desk", "--stream", str(folder), str(engine)]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
    )
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(chance.uniform(0, 0.25))
    child.kill()
    told = first + child.stdout.read()
    child.wait()
    child.stdout.close()
    assert first, "the desk did not open"
    whole = told[: told.rindex("\n") + 1].splitlines()
    return [(verb, loan, action) for verb, loan, action in (line.split() for line in whole)]


def _look(
    folder: Path, engine: Engine, confirmed: list[tuple[str, str, str]], found: Found
) -> None:
    if quick_check(folder, engine=engine) is not Verdict.WHOLE:
        found.torn.append(f"after kill {found.kills}")
        return
    with Library.open(folder, engine=engine) as library:
        found.not_noticed += not library.unchecked
        library.note_checked()
        ends = {UUID(bytes=id_): end for id_, end in library.rows('select id, "end" from loan')}
        returned = {loan for verb, loan, _ in confirmed if verb == "return"}
        for verb, loan, action in confirmed:
            if UUID(loan) not in ends or not library.ops_of_action(UUID(action)):
                found.lost.append(f"{verb} {loan}")
            elif loan in returned and ends[UUID(loan)] != 1:
                found.lost.append(f"the return of {loan}")
        found.twice += [
            UUID(bytes=copy).hex
            for (copy,) in library.rows(
                'select copy from loan where "end" = 0 group by copy having count(*) > 1'
            )
        ]
        events = library.value("select count(*) from op where type = 'loan'")
        repeated = library.value(
            "select count(*) from (select 1 from op where type = 'loan'"
            " group by entity, kind having count(*) > 1)"
        )
        found.twice += [f"{repeated} events"] if repeated else []
        found.unconfirmed_but_whole = events - len(set(confirmed))
        if not 0 <= found.unconfirmed_but_whole <= found.kills:
            found.twice.append(f"{events} events for {len(confirmed)} confirmations")
        found.flaws += [str(flaw) for flaw in check(library)]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", type=Engine, choices=list(Engine), default=Engine.APSW)
    parser.add_argument("--stream", nargs=2, metavar=("FOLDER", "ENGINE"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.stream:
        stream(Path(args.stream[0]), Engine(args.stream[1]))
    with tempfile.TemporaryDirectory() as folder:
        found = kill_many(Path(folder) / "library", args.times, args.seed, args.engine)
    sys.stdout.write(json.dumps(asdict(found), indent=2) + "\n")
    return 0 if found.good else 1


if __name__ == "__main__":
    sys.exit(main())
