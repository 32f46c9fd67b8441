"""Cut the power: ``python -m power_cuts --cuts 2000 --jobs 2``, or ``--seed 7`` for one story."""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # nobody's own keyring

from power_cuts.campaign import CUTS, Result, run
from power_cuts.kinds import STORIES
from power_cuts.mutants import MUTANTS


def main() -> int:
    """Run the stories asked for; 1 when a cut left something wrong."""
    parser = argparse.ArgumentParser(prog="power_cuts", description=__doc__)
    parser.add_argument("--cuts", type=int, default=60, help="how many power cuts in all")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="run this one story")
    parser.add_argument("--story", choices=sorted(STORIES), default="", help="only this kind")
    parser.add_argument("--each", type=int, default=CUTS, help="how many cuts in one story")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    parser.add_argument("--mutant", choices=sorted(MUTANTS), help="a program with one flaw")
    wanted = parser.parse_args()
    if wanted.seed is not None:
        return _tell([run(wanted.seed, wanted.story, wanted.each)], 0.0)
    seeds = range(wanted.first, wanted.first - (-wanted.cuts // wanted.each))
    asked = [(seed, wanted.story, wanted.each, wanted.mutant) for seed in seeds]
    start = time.monotonic()
    with ProcessPoolExecutor(wanted.jobs) as pool:
        return _tell(list(pool.map(_one, asked)), time.monotonic() - start)


def _one(asked: tuple[int, str, int, str | None]) -> Result:
    seed, story, each, mutant = asked
    if mutant is None:
        return run(seed, story, each)
    with MUTANTS[mutant]():
        return run(seed, story, each)


def _tell(results: list[Result], seconds: float) -> int:
    kinds: Counter[str] = Counter()
    stories: Counter[str] = Counter()
    bad = 0
    for result in results:
        kinds += result.kinds
        stories[result.story] += result.cuts
        bad += bool(result.wrong)
        for line in result.wrong:
            sys.stdout.write(f"seed {result.seed} ({result.story}): {line}\n")
    cuts = sum(kinds.values())
    sys.stdout.write(f"by story: {dict(stories)}\nbefore: {dict(kinds)}\n")
    sys.stdout.write(f"{cuts} cuts in {len(results)} runs, {bad} bad runs, {seconds:.0f} s\n")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
