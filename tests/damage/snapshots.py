"""Damages to snapshots: as a server keeps them, half gathered by a new device, and on a stick."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Final

from damage.harm import Result, harm
from damage.world import ops_in
from helpers.certified import AUTHORITY, SECRET, Device, exchange
from helpers.library import SmallLibrary, build
from perpusdesk.common.errors import KnownError
from perpusdesk.protocol import keys
from perpusdesk.protocol.messages import Request, Response
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.syncing.bootstrap import fetch_snapshot, is_new
from perpusdesk.syncing.engine.serve import Server
from perpusdesk.syncing.engine.talk import BrokenOffError
from perpusdesk.syncing.snapshot_stick import from_stick, on_stick, to_stick
from perpusdesk.syncing.snapshots import Shelf

KEY: Final = b"k" * 32
PINNED: Final = keys.public_of(AUTHORITY)


class SnapshotWorld:
    """A server with a snapshot of some pieces, and a stick that has it too."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.shelf_folder, self.stick = folder, folder / "shelf", folder / "stick"
        self.small: SmallLibrary = build(folder / "server")
        library = self.small.library
        action = Action("cover")
        image = {"title": self.small.titles[0].bytes, "image": secrets.token_bytes(100_000)}
        action.set("cover", library.new_id(), image, fresh=True)
        library.write(action)
        self.server = Device(library, 1)
        self.server.store.begin_epoch(b"12345678")
        self.server.store.seal()
        self.make_snapshot()
        to_stick(self.shelf(), self.stick, library.id, SECRET, secrets.token_bytes)
        self.ops = ops_in(library.database)
        self.files = {
            place: {file.name: file.read_bytes() for file in place.iterdir()}
            for place in (self.shelf_folder, self.stick)
        }

    def shelf(self) -> Shelf:
        """The shelf with nothing remembered."""
        return Shelf(self.shelf_folder, KEY)

    def make_snapshot(self) -> None:
        """Make the snapshot anew, as the server does each day."""
        sign = self.server.store.sign
        assert sign is not None
        self.shelf().make(self.server.library, sign, self.server.certificate, "test")

    def run(self, seed: int) -> Result:
        """Damage one file, let a new device start from it, and let it exchange."""
        random = Random(seed)
        for place, files in self.files.items():
            shutil.rmtree(place)
            place.mkdir()
            for name, content in files.items():
                (place / name).write_bytes(content)
        gathered = self.folder / "gathered"
        shutil.rmtree(gathered, ignore_errors=True)
        way = random.choice([self._from_server, self._half_gathered, self._from_stick])
        with self._new_van() as van:
            return way(seed, random, van)

    @contextlib.contextmanager
    def _new_van(self) -> Iterator[Library]:
        folder = self.folder / "van"
        shutil.rmtree(folder, ignore_errors=True)
        van = Library.create(folder, library=self.small.library.id)
        try:
            yield van
        finally:
            van.close()

    def _from_server(self, seed: int, random: Random, van: Library) -> Result:
        result = harm(seed, random, "snapshot of a server", sorted(self.shelf_folder.iterdir()))
        self._start(result, van, lambda: self.fetch(van))
        return result

    def _half_gathered(self, seed: int, random: Random, van: Library) -> Result:
        self.fetch(van, most=3)
        files = sorted((self.folder / "gathered").iterdir())
        result = harm(seed, random, "half gathered snapshot", files)
        self._start(result, van, lambda: self.fetch(van))
        return result

    def _from_stick(self, seed: int, random: Random, van: Library) -> Result:
        result = harm(seed, random, "snapshot on a stick", sorted(self.stick.iterdir()))
        self._start(result, van, lambda: self._read_stick(van))
        return result

    def fetch(self, van: Library, most: int = 10_000) -> int:
        """Fetch the snapshot; return how many pieces were asked for."""
        serving = Server(self.server.store, self.server.trust, secrets.token_bytes, self.shelf())
        talk = fetch_snapshot(van, self.folder / "gathered", PINNED)
        asked = 0
        try:
            request: Request = next(talk)
            while asked < most:
                answer: Response = serving.handle(van.device, request)
                asked += 1
                request = talk.send(answer)
            talk.close()
        except StopIteration as end:
            if not end.value:
                raise BrokenOffError("no_snapshot") from None
        return asked

    def _read_stick(self, van: Library) -> int:
        found = on_stick(self.stick, van.id, SECRET)
        if not found:
            raise BrokenOffError("no_snapshot")
        way = (self.folder / "gathered", van.id, SECRET, PINNED)
        *_, gathered = from_stick(found[0][1], *way, key=KEY)
        gathered.put_in(van)
        return len(gathered.manifest.chunks)

    def _start(self, result: Result, van: Library, begin: Callable[[], int]) -> None:
        if result.identical:
            return
        try:
            asked = begin()
        except (BrokenOffError, KnownError) as error:
            result.detected = type(error).__name__
            if not is_new(van):
                result.faults.append("half a snapshot was put in")
        else:
            if result.state.startswith("half") and asked > len(self._pieces()) - 2:
                result.detected = "asked again"
            self._compare(result, van)
        exchange(Device(van, 2), self.server)
        self._compare(result, van)
        result.repaired = not result.faults

    def _pieces(self) -> list[bytes]:
        from perpusdesk.protocol.snapshot import read_manifest

        signed = self.shelf().current()
        manifest = read_manifest(signed.body) if signed else None
        return manifest.chunks if manifest else []

    def _compare(self, result: Result, van: Library) -> None:
        if ops_in(van.database) != self.ops:
            result.faults.append("other ops")
        if van.digest() != self.small.library.digest():
            result.faults.append("other rows")
        if flaws := check(van):
            result.faults.append(f"flaws: {flaws[:2]}")
