"""Damages to the packages that a library keeps for others, row by row (of a plain file).

A whole row goes only with its page, which is the campaign's of the database; and older packages
may lawfully be gone.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random
from typing import Final

from damage.harm import Result
from damage.kinds import KINDS
from damage.world import ops_in
from helpers.certified import Device, device_in, exchange
from helpers.library import SmallLibrary, build, copy_library
from perpusdesk.storage.database import Engine, connect
from perpusdesk.storage.folder import FolderLock
from perpusdesk.storage.library import FILE_NAME, Library, Sources
from perpusdesk.storage.name_card import streams_on_card
from perpusdesk.storage.package_check import verify_packages
from perpusdesk.storage.salvage.making import Aids
from perpusdesk.storage.salvage.salvage import salvage
from perpusdesk.syncing.engine.talk import BrokenOffError

_COLUMNS: Final = ("body", "signature", "hash")
_KEY: Final = bytes(32)


class PackageWorld:
    """A library with packages of its own and of another device."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        small: SmallLibrary = build(folder / "library")
        desk = Device(small.library, 1, key=_KEY)
        other = device_in(folder / "other", 2, small.library, small.library.sources)
        exchange(desk, other)
        SmallLibrary(other.library, small.time).change("member", small.members["A0002"], note="x")
        small.change("member", small.members["A0001"], note="Catatan " * 2_000)
        exchange(other, desk)
        desk.store.seal()
        self.sources: Sources = small.library.sources
        self.ids = (small.library.id, small.library.device)
        self.ops, self.digest = ops_in(small.library.database), small.library.digest()
        desk.library.close()
        self.other = other
        self._turn = 0

    def run(self, seed: int) -> Result:
        """Damage one package, hand the packages on, repair, hand them on again."""
        random, self._turn = Random(seed), self._turn + 1
        place = copy_library(self.folder / "library", self.folder / f"damaged {self._turn}")
        result = self._harm(seed, random, place)
        if result.identical:
            return result
        with self._opened(place) as library:
            if verify_packages(library):
                result.detected = "packages"
            self._hand_on(result, library, whole=not result.detected)
        salvage(place, None, Aids(self.ids, streams_on_card(place), sources=self.sources))
        with self._opened(place) as library:
            exchange(Device(library, 1, key=_KEY), self.other)  # who wrote it has it still
            if found := verify_packages(library):
                result.faults.append(f"still: {found[:2]}")
            self._hand_on(result, library, whole=True)
        shutil.rmtree(place)
        result.repaired = not result.faults
        return result

    def _opened(self, place: Path) -> Library:
        return Library(place, Engine.APSW, self.sources, FolderLock(place))

    def _harm(self, seed: int, random: Random, place: Path) -> Result:
        database = connect(place / FILE_NAME, Engine.APSW)
        try:
            query = "select lane, arrival from package order by lane, arrival"
            lane, arrival = random.choice(database.execute_sql(query).fetchall())
            kind, column = random.choice(sorted(KINDS)), random.choice(_COLUMNS)
            where = "where lane = ? and arrival = ?"
            result = Result(seed, "packages of a library", column, kind)
            query = f"select {column} from package {where}"
            ((value,),) = database.execute_sql(query, (lane, arrival)).fetchall()
            before = bytes(value)
            query = f"select {column} from package order by lane, arrival limit 1"
            ((other,),) = database.execute_sql(query).fetchall()
            after = bytes(KINDS[kind](random, bytearray(before), bytes(other)))
            query = f"update package set {column} = ? {where}"
            database.execute_sql(query, (after, lane, arrival))
            result.identical = after == before
            return result
        finally:
            database.close()

    def _hand_on(self, result: Result, library: Library, *, whole: bool) -> None:
        """Let a new device have what there is: nothing false, and all of it once repaired."""
        desk = Device(library, 1, key=_KEY)
        self._turn += 1
        new = device_in(self.folder / f"new {self._turn}", 3, library, self.sources)
        try:
            for _turn in range(2):
                try:
                    exchange(new, desk)
                except BrokenOffError as error:  # a damaged package is not taken
                    if whole:
                        result.faults.append(f"not handed on: {error}")
            ops = ops_in(new.library.database)
            false = [key for key, op in ops.items() if self.ops.get(key) != op]
            if false:
                result.faults.append(f"{len(false)} false ops")
            if whole and ops != self.ops:
                result.faults.append(f"{len(self.ops) - len(ops)} ops missing")
            if whole and new.library.digest() != self.digest:
                result.faults.append("other rows")
        finally:
            new.library.close()
            shutil.rmtree(new.library.folder)
