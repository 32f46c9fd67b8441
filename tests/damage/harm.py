"""Damages to one of several files: within it, or to the whole of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from damage.kinds import KINDS

WHOLE: Final = ("missing", "emptied", "exchanged")
"""What becomes of whole files: gone, empty, the names of two changed over."""


@dataclass(slots=True)
class Result:
    """What came of one damage; ``state`` and ``file`` say what was damaged.

    ``told`` is what stays wrong after the repair of a plain file, and the report says that
    something does: nobody can know what a value was that no package and no backup has.
    """

    seed: int
    state: str
    file: str
    kind: str
    identical: bool = False
    detected: str = ""
    repaired: bool = False
    faults: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    lost: int = 0

    @property
    def outcome(self) -> str:
        """In which column of the table it counts."""
        if self.faults:
            return "BAD"
        if self.identical:
            return "identical"
        if not self.detected:
            return "harmless"
        return "detected+repaired" if self.repaired else "detected"


def harm(seed: int, random: Random, state: str, files: Sequence[Path]) -> Result:
    """Damage one of some files by chance."""
    file = random.choice(files)
    kind = random.choice([*sorted(KINDS), *WHOLE])
    before, others = file.read_bytes(), [one for one in files if one != file]
    result = Result(seed, state, file.suffix, kind)
    if kind == "missing":
        file.unlink()
    elif kind == "emptied":
        file.write_bytes(b"")
    elif kind == "exchanged":
        other = random.choice(others or [file])
        file.write_bytes(other.read_bytes())
        other.write_bytes(before)
        result.identical = other == file
    else:
        foreign = random.choice(others or [file]).read_bytes()
        after = bytes(KINDS[kind](random, bytearray(before), foreign))
        file.write_bytes(after)
        result.identical = after == before
    return result
