"""The long form of the damage campaign."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from itertools import takewhile
from pathlib import Path

from damage.campaign import figures, run
from damage.world import make_originals


def main() -> int:
    """Run it; 1 when something was not as it must be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=600.0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="damage-") as name:
        folder = Path(name)
        originals = make_originals(folder)
        seeds = range(chosen.first, chosen.first + chosen.times)
        end = time.monotonic() + 60 * chosen.minutes
        timely = takewhile(lambda _seed: time.monotonic() < end, seeds)
        results = [run(seed, originals, folder) for seed in timely]
    told = figures(results)
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 1 if told["faults"] else 0


if __name__ == "__main__":
    sys.exit(main())
