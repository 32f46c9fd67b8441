"""Run stories: ``python -m simulation --seeds 20000`` or ``--seed 7`` to read one."""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from concurrent.futures import ProcessPoolExecutor

from simulation.story import Result, run


def main() -> int:
    """Run the stories asked for; 1 when one of them failed."""
    parser = argparse.ArgumentParser(prog="simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=300, help="how many stories")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--seed", type=int, help="run this one story and tell it")
    parser.add_argument("--jobs", type=int, default=1, help="how many processes")
    wanted = parser.parse_args()
    if wanted.seed is not None:
        return _tell(wanted.seed)
    return _run(range(wanted.first, wanted.first + wanted.seeds), wanted.jobs)


def _tell(seed: int) -> int:
    result = run(seed, tell=True)
    _say("\n".join(result.told))
    _say(result.wrong or f"all held; the city's library: {result.fingerprint}")
    return bool(result.wrong)


def _run(seeds: range, jobs: int) -> int:
    start, bad = time.monotonic(), 0
    with ProcessPoolExecutor(jobs) as pool:
        for result in pool.map(_safely, seeds, chunksize=20):
            if result.wrong:
                bad += 1
                _say(f"seed {result.seed}: {result.wrong}")
            if (result.seed + 1) % 1000 == 0:
                seconds = time.monotonic() - start
                _say(
                    f"{result.seed + 1 - seeds.start} stories, {bad} bad, {seconds:.0f} s",
                )
    _say(f"{len(seeds)} stories, {bad} bad, {time.monotonic() - start:.0f} s")
    return bool(bad)


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _safely(seed: int) -> Result:
    try:
        return run(seed)
    except Exception as error:
        lines = traceback.format_exc().strip().splitlines()
        return Result(seed, f"{error!r} {' | '.join(line.strip() for line in lines[-5:-1])}")


if __name__ == "__main__":
    sys.exit(main())
