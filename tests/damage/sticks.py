"""Damages to files of packages that a stick carries from one device to another."""

from __future__ import annotations

import secrets
import shutil
from pathlib import Path
from random import Random

from damage.harm import Result, harm
from damage.world import ops_in
from helpers.certified import SECRET, Device, device_in
from helpers.library import SmallLibrary, build
from perpusdesk.storage.check import check
from perpusdesk.syncing.folder import PLACE, FolderExchange, FolderOutcome


class StickWorld:
    """A desk that wrote three files to a stick, for devices that never heard of it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.stick = folder, folder / "stick"
        self.small: SmallLibrary = build(folder / "library")
        self.desk = Device(self.small.library, 1)
        self.stick.mkdir(parents=True)
        for number in range(3):
            member = self.small.members["A0001"]
            self.small.change("member", member, note=f"Catatan {number} " * 50)
            self.carry(self.desk)
        self.files = {file.name: file.read_bytes() for file in (self.stick / PLACE).iterdir()}
        self.ops = ops_in(self.small.library.database)

    def carry(self, device: Device) -> FolderOutcome:
        """Plug the stick into a device."""
        way = (device.store, device.trust, self.stick, SECRET, secrets.token_bytes)
        one = FolderExchange(*way)
        for _ in one.steps():
            pass
        return one.outcome

    def run(self, seed: int) -> Result:
        """Damage one file, bring the stick to a new device, to the desk, and there again."""
        random, place = Random(seed), self.stick / PLACE
        shutil.rmtree(place)
        place.mkdir()
        for name, content in self.files.items():
            (place / name).write_bytes(content)
        result = harm(seed, random, "packages on a stick", sorted(place.iterdir()))
        shutil.rmtree(self.folder / "van", ignore_errors=True)
        van = device_in(self.folder / "van", 2, self.small.library, self.small.library.sources)
        try:
            self._bring(result, van)
        finally:
            van.library.close()
        return result

    def _bring(self, result: Result, van: Device) -> None:
        told = self.carry(van)
        self._compare(result, van, whole=False)
        missing = len(self.ops) - len(ops_in(van.library.database))
        if result.identical:
            result.faults += ["ops are missing"] if missing else []
            return
        if told.half or told.refused or told.sealed_otherwise or told.too_new:
            result.detected = "read"
        elif told.other_library:
            result.detected = "foreign"
        elif missing:
            result.detected = "written again"  # nobody can see what is not there
        if missing and not self.carry(self.desk).sent:
            result.faults.append("the desk does not write it anew")
        self.carry(van)
        self._compare(result, van, whole=True)
        result.repaired = not result.faults

    def _compare(self, result: Result, van: Device, *, whole: bool) -> None:
        ops = ops_in(van.library.database)
        false = [key for key, op in ops.items() if self.ops.get(key) != op]
        if false:
            result.faults.append(f"{len(false)} false ops")
        if whole and ops != self.ops:
            result.faults.append(f"{len(self.ops) - len(ops)} ops missing")
        if whole and van.library.digest() != self.small.library.digest():
            result.faults.append("other rows")
        if flaws := check(van.library):
            result.faults.append(f"flaws: {flaws[:2]}")
