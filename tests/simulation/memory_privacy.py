"""Words of erased persons out of a disk in memory, as ``storage`` takes them out of a file."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from perpusdesk.domain.merge.ops import Op
from perpusdesk.domain.merge.privacy import PRIVATE, Privacy, blanked_by_both
from perpusdesk.protocol import wire
from perpusdesk.protocol.keys import redacted_bytes
from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.opened import Opened
from perpusdesk.protocol.redacted import write_note
from simulation.disk import Disk, Entity, Kept, Mark, Stream


class Redacting(ABC):
    """What a store in memory does for privacy; ``redacts``: others believe it."""

    disk: Disk
    library: bytes
    device: bytes
    privacy: Privacy
    redacts: bool
    sign: Callable[[bytes], bytes]
    _announced: dict[bytes, tuple[int, int]]

    @abstractmethod
    def _persons(self) -> set[Entity]:
        """Return the records that an erasure or a cut may concern."""

    @abstractmethod
    def _keep(
        self, package: Package, stream: Stream, first: int, last: int, source: bytes | None
    ) -> None:
        """Put a package at the end of the log."""

    @abstractmethod
    def _fold_anew(self, entities: Iterable[Entity]) -> None:
        """Make rows anew from the log."""

    def _redact(self, ops: Iterable[Op]) -> None:
        """Take out of the log what may go for good, if some ops had to do with it."""
        final, gone = self.privacy.final, list[Op]()
        if not any(op.entity_type in PRIVATE or final.concerns(op) for op in ops):
            return
        for entity in () if final.empty else self._persons():
            there = self.disk.entities[entity]
            blank = tuple(final.blank(there))
            gone += [after for before, after in zip(there, blank, strict=True) if after != before]
            self.disk.entities[entity] = blank
        for op in gone:
            self.disk.log[op.stamp[1:]] = op
            self.disk.stale[op.stamp[1:]] = None

    def redact_packages(self) -> None:
        """Sign anew what is left of packages, where others believe it; and give it to all again."""
        for lane, there in self.disk.lanes.items():
            for place, kept in enumerate(there):
                stale = self._stale(kept.stream, kept.first, kept.last)
                if stale and (self.redacts or kept.stream[0] == self.device):
                    self._put_package(lane, place, self._without_words(kept))
                    if self.redacts:
                        self._announced[kept.package.digest] = (lane, place)
        if self.redacts or self.disk.stale:
            self._forget_stale()
        announced, self._announced = self._announced, {}
        for lane, place in announced.values():
            kept = self.disk.lanes[lane][place]
            self._keep(kept.package, kept.stream, kept.first, kept.last, None)

    def _forget_stale(self) -> None:
        waiting = {
            key
            for lane in self.disk.lanes.values()
            for kept in lane
            if kept.stream[0] != self.device and not self.redacts
            for key in self._stale(kept.stream, kept.first, kept.last)
        }
        self.disk.stale = dict.fromkeys(key for key in self.disk.stale if key in waiting)

    def _stale(self, stream: Stream, first: int, last: int) -> list[Mark]:
        if not self.disk.stale:
            return []
        marks = ((*stream, seq) for seq in range(first, last + 1))
        return [key for key in marks if key in self.disk.stale]

    def _without_words(self, kept: Kept) -> Package:
        ops = [self.disk.log[*kept.stream, seq] for seq in range(kept.first, kept.last + 1)]
        body = wire.encode(ops)
        note = write_note(kept.package.digest, kept.stream[0], self.device)
        return Package(body, self.sign(redacted_bytes(self.library, note, body)), note)

    def _put_package(self, lane: int, place: int, package: Package) -> None:
        disk = self.disk
        kept = disk.lanes[lane][place]
        new = kept._replace(package=package)
        disk.lanes[lane] = (*disk.lanes[lane][:place], new, *disk.lanes[lane][place + 1 :])
        there = disk.of_stream[kept.stream]
        disk.of_stream[kept.stream] = tuple(new if one == kept else one for one in there)

    def _take_over(self, one: Opened) -> None:
        """Put a package without words in the place of ours, as ``storage.package_redaction``."""
        stream = (one.device, one.incarnation)
        if not one.package.redacted or not self._says_the_same(one):
            return
        stale = self._stale(stream, one.first, one.last)
        for place, kept in enumerate(self.disk.lanes[one.lane]):
            if kept.stream == stream and kept.package.digest == one.package.digest:
                self._put_package(one.lane, place, one.package)
                for key in stale:
                    self.disk.stale.pop(key, None)

    def _says_the_same(self, one: Opened) -> bool:
        """Take out of the log what a package has no words for; return if it now says the same."""
        ours = [self.disk.log[op.stamp[1:]] for op in one.ops]
        left = [blanked_by_both(mine, op) for mine, op in zip(ours, one.ops, strict=True)]
        for mine, op in zip(ours, left, strict=True):
            if op is not None and op != mine:
                key, entity = op.stamp[1:], (op.entity_type, op.entity.bytes)
                self.disk.log[key], self.disk.stale[key] = op, None
                there = self.disk.entities[entity]
                self.disk.entities[entity] = tuple(op if was == mine else was for was in there)
                self._fold_anew([entity])
        return left == list(one.ops)
