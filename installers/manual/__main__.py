"""The pictures of the manual: ``python3 dev.py manual`` makes them all.

They are taken of the real window, on the demo library of a fixed day, and written to
``docs/pengguna/gambar``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from installers.manual.pictures import PICTURES, amiss


def main(words: list[str]) -> int:
    """Make the pictures, or tell what is amiss with them; return the exit code."""
    asked = _parser().parse_args(words)
    if asked.check:
        found = amiss()
        sys.stdout.write("".join(f"{line}\n" for line in found))
        return 1 if found else 0
    from perpusdesk.app.demo_play import offscreen

    offscreen()
    from installers.manual.scenes import play

    with ExitStack() as end:
        work = asked.work or Path(end.enter_context(tempfile.TemporaryDirectory()))
        for file in play(work, asked.out, asked.only, asked.size):
            sys.stdout.write(f"{file} {file.stat().st_size // 1024} KB\n")
            sys.stdout.flush()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("dev.py manual", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell what is amiss")
    parser.add_argument("--only", nargs="+", metavar="SCENE", help="only these")
    parser.add_argument("--out", type=Path, default=PICTURES, help="where they are written")
    parser.add_argument("--work", type=Path, help="a folder that keeps the demo library")
    parser.add_argument("--size", type=float, default=1.0, help="of the demo library")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
