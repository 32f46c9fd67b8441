"""Plays a story while the power goes off at random calls, and looks at each disk that is left."""

from __future__ import annotations

import copy
import shutil
import tempfile
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from perpusdesk.common.errors import KnownError
from power_cuts.disk import Disk
from power_cuts.kinds import STORIES
from power_cuts.layer import under
from power_cuts.story import Have, Story

CUTS: int = 10
"""How often the power goes off in one run of a story."""


@dataclass(slots=True)
class Cut:
    """One power cut: before which call, and what was confirmed by then."""

    number: int
    before: str
    folder: Path
    confirmed: dict[str, Have]
    facts: dict[str, Any]


@dataclass(slots=True)
class Result:
    """What one run came to: its cuts by the kind of call, and what was wrong after which."""

    seed: int
    story: str
    cuts: int = 0
    calls: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


class _Run:
    def __init__(self, story: Story, home: Path, chance: Random, wanted: set[int]) -> None:
        self._story, self._home, self._chance, self._wanted = story, home, chance, wanted
        self.cuts: list[Cut] = []
        self.disk: Disk | None = None

    def cut(self, number: int) -> None:
        """Lay out the disk as it may be if the power goes off before this call."""
        if number not in self._wanted:
            return
        assert self.disk is not None
        folder = self._home / f"cut-{number}"
        spared = self._chance.choice(("", *self._story.machines[1:], *self._story.machines[1:]))
        if spared and self._chance.random() < 0.5:
            spared = self._story.machines[0]
        self.disk.outcome(folder, self._chance, spared)
        kind = self.disk.calls[-1]
        facts = copy.copy(self._story.facts)
        self.cuts.append(Cut(number, kind, folder, copy.copy(self._story.confirmed), facts))


def run(seed: int, name: str = "", cuts: int = CUTS) -> Result:
    """Play one story; ``name`` says which (default: by the seed, in turn)."""
    names = sorted(STORIES)
    chosen = name or names[seed % len(names)]
    encrypted = seed // len(names) % 2 == 0
    result = Result(seed, f"{chosen}, {'encrypted' if encrypted else 'plain'}")
    home = Path(tempfile.mkdtemp(prefix="power-cuts-"))
    try:
        calls = _play(seed, chosen, encrypted, home / "before", set())[1]
        chance = Random(seed)
        wanted = _moments(calls, cuts, chance)
        story, _, made = _play(seed, chosen, encrypted, home / "now", wanted)
        result.calls, result.cuts = len(calls), len(made)
        for cut in made:
            result.kinds[cut.before] += 1
            result.wrong += [
                f"cut {cut.number} of {len(calls)}, before {cut.before}: {one}"
                for one in _look(story, cut)
            ]
            shutil.rmtree(cut.folder)
    finally:
        shutil.rmtree(home, ignore_errors=True)
    return result


def _play(
    seed: int,
    name: str,
    encrypted: bool,
    home: Path,
    wanted: set[int],
) -> tuple[Story, list[str], list[Cut]]:
    root = home / "root"
    root.mkdir(parents=True)
    story = STORIES[name](root, Random(seed), encrypted=encrypted)
    story.prepare()
    one = _Run(story, home, Random(seed + 1), wanted)
    one.disk = Disk(root, one.cut)
    with under(one.disk):
        story.play()
    return story, one.disk.calls, one.cuts


def _moments(calls: list[str], count: int, chance: Random) -> set[int]:
    """Choose calls to cut before: half of them any, half by kind, so that none is seldom met."""
    by_kind: dict[str, list[int]] = {}
    for number, kind in enumerate(calls, 1):
        by_kind.setdefault(kind, []).append(number)
    chosen: set[int] = set()
    for turn in range(count * 20):
        if len(chosen) >= count:
            break
        if turn % 2:
            chosen.add(chance.randint(1, len(calls)))
        else:
            kind = chance.choice(sorted(by_kind))
            chosen.add(chance.choice(by_kind[kind]) + chance.randint(0, 1))
    return chosen


def _look(story: Story, cut: Cut) -> list[str]:
    try:
        return story.look(cut.folder, cut.confirmed, cut.facts)
    except KnownError as error:
        return [f"{error.fault.value} {dict(error.facts)}"]
    except Exception as error:
        lines = traceback.format_exc().strip().splitlines()
        return [f"{error!r} {' | '.join(line.strip() for line in lines[-5:-1])}"]
