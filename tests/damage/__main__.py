"""The long form of the damage campaigns: what is damaged, and how many times."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from damage.campaign import run
from damage.harm import Result
from damage.table import bad, table
from damage.world import make_originals
from damage.worlds import files_in_turn


def main() -> int:
    """Run them; 1 when something was not as it must be."""
    parser = argparse.ArgumentParser(prog="damage", description=__doc__)
    parser.add_argument("--times", type=int, default=1000, help="of the database, and of files")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--only", choices=("database", "files"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="damage-") as name:
        results = list(_results(Path(name), chosen.first, chosen.times, chosen.only))
    sys.stdout.write(table(results))
    return 1 if bad(results) else 0


def _results(folder: Path, first: int, times: int, only: str | None) -> Iterator[Result]:
    seeds = range(first, first + times)
    if only != "files":
        originals = make_originals(folder)
        yield from (run(seed, originals, folder) for seed in seeds)
    if only != "database":
        yield from files_in_turn(folder / "files", seeds)


if __name__ == "__main__":
    sys.exit(main())
