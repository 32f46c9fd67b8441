"""What a disk may hold after the power went off: a model of one folder and all that is in it.

Programs go on working in a real folder. Beside it the model keeps what is durable: the content of
each file as of its last sync, the names as of the last sync of their folder, and in order what came
since then. ``outcome`` lays out one legal disk: each change since then is there or not; writes come
in sectors, out of order, torn, and a file may have its new size without its new content.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

SECTORS: Final = (512, 4096)
_NEVER_KEPT: Final = ("-shm",)  # shared memory of SQLite; made anew by whoever opens the file

Change = tuple[int, bytes] | int
"""A write (offset, bytes), or a new size."""
Names = dict[str, "Node | None"]


@dataclass(slots=True, eq=False)
class Node:
    """A file or a folder, whatever it is called; ``handle`` keeps it readable when nameless."""

    is_folder: bool
    handle: int = -1
    durable: bytearray = field(default_factory=bytearray)
    log: list[Change] | None = None
    """What SQLite wrote since the last sync; ``None``: others write, so look at the file."""

    def live(self) -> bytes:
        size = os.fstat(self.handle).st_size
        return os.pread(self.handle, size, 0)

    def pending(self) -> list[Change]:
        """Return what was changed since the last sync."""
        return list(self.log) if self.log is not None else _difference(self.durable, self.live())

    def synced(self) -> None:
        if self.log is None:
            self.durable = bytearray(self.live())
        else:
            apply(self.durable, self.log)
            self.log.clear()


class Disk:
    """The model of ``root``; ``calls`` counts the calls of the file system in it."""

    def __init__(self, root: Path, cut: Callable[[int], None]) -> None:
        """``cut`` is told the number of each call before it happens."""
        self.root = str(root.resolve())
        self.calls: list[str] = []
        self._cut = cut
        self._nodes: dict[int, Node] = {}
        self.live: dict[str, Node] = {}
        self.durable: dict[str, Node] = {}
        self.pending: list[Names] = []
        self.look()
        self.all_durable()

    def all_durable(self) -> None:
        """Take everything that is there as safely written (the start of a story)."""
        self.look()
        for node in self.live.values():
            if not node.is_folder:
                node.synced()
        self.durable, self.pending = dict(self.live), []

    def close(self) -> None:
        for node in self._nodes.values():
            if node.handle >= 0:
                os.close(node.handle)
        self._nodes.clear()

    def has(self, path: str | bytes | os.PathLike[str] | os.PathLike[bytes]) -> bool:
        """Whether a path lies in the folder."""
        whole = str(Path(os.fsdecode(path)).absolute())
        return whole == self.root or whole.startswith(self.root + os.sep)

    def call(self, kind: str) -> None:
        """Note that a call begins: here the power may go off."""
        self.calls.append(kind)
        self._cut(len(self.calls))

    # -- names ----------------------------------------------------------------------------------

    def look(self) -> None:
        """Take note of names that came or went since the last look, one by one."""
        now = self._listed()
        for path in now.keys() | self.live.keys():
            if now.get(path) is not self.live.get(path):
                self.pending.append({path: now.get(path)})
        self.live = now

    def changed(self) -> None:
        """Take note of what one call did to names: all of it lasts, or nothing."""
        now = self._listed()
        change: Names = {
            path: now.get(path)
            for path in now.keys() | self.live.keys()
            if now.get(path) is not self.live.get(path)
        }
        if change:
            self.pending.append(change)
        self.live = now

    def sync_folder(self, folder: str) -> None:
        """Make the names in a folder durable."""
        left: list[Names] = []
        for change in self.pending:
            if any(path.rpartition(os.sep)[0] == folder for path in change):
                _rename(self.durable, change)
            else:
                left.append(change)
        self.pending = left

    def node(self, path: str) -> Node:
        """Return the file of this name."""
        self.look()
        return self.live[path]

    def node_of(self, handle: int) -> tuple[str, Node] | None:
        """Return name and node of an open file or folder; ``None``: it is not in here."""
        self.look()
        found = self._nodes.get(os.fstat(handle).st_ino)
        if found is None:
            return None
        return next(
            ((path, node) for path, node in self.live.items() if node is found), ("", found)
        )

    def _listed(self) -> dict[str, Node]:
        found: dict[str, Node] = {}
        folders = [self.root]
        while folders:
            folder = folders.pop()
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.endswith(_NEVER_KEPT):
                        continue
                    node = self._known(entry)
                    found[entry.path] = node
                    if node.is_folder:
                        folders.append(entry.path)
        found[self.root] = self._root()
        return found

    def _known(self, entry: os.DirEntry[str]) -> Node:
        number = entry.inode()
        if number not in self._nodes:
            handle = os.open(entry.path, os.O_RDONLY)
            self._nodes[number] = Node(entry.is_dir(), handle)
        return self._nodes[number]

    def _root(self) -> Node:
        number = Path(self.root).stat().st_ino
        if number not in self._nodes:
            self._nodes[number] = Node(is_folder=True)
        return self._nodes[number]

    # -- after the cut --------------------------------------------------------------------------

    def outcome(self, target: Path, chance: Random, kept: str = "") -> None:
        """Lay out one legal disk in ``target``; ``kept``: a folder whose machine goes on."""
        self.look()
        chosen = dict(self.durable)
        for change in chance_of(self.pending, chance):
            _rename(chosen, change)
        inside = f"{self.root}{os.sep}{kept}" if kept else "\0"
        spared = {path for path in self.live if path == inside or path.startswith(inside)}
        chosen = {path: node for path, node in chosen.items() if not path.startswith(inside)}
        chosen.update({path: self.live[path] for path in spared})
        target.mkdir()
        for path in sorted(chosen):
            node, place = chosen[path], target / path[len(self.root) + 1 :]
            if path == self.root or not place.parent.is_dir():
                continue
            if node.is_folder:
                place.mkdir()
            else:
                place.write_bytes(node.live() if path in spared else torn(node, chance))


def chance_of(changes: list[Names], chance: Random) -> list[Names]:
    """Return which changes last: none, all, the first ones, or any."""
    way = chance.randrange(4)
    if way == 0:
        return []
    if way == 1:
        return changes
    if way == 2:
        return changes[: chance.randint(0, len(changes))]
    return [change for change in changes if chance.random() < 0.5]


def torn(node: Node, chance: Random) -> bytes:
    """Return what may be read of a file after the cut."""
    content, changes = bytearray(node.durable), node.pending()
    way = chance.randrange(5)
    if way == 1:
        apply(content, changes)
    elif way == 2:
        apply(content, changes[: chance.randint(0, len(changes))])
    elif way >= 3:
        sector = chance.choice(SECTORS)
        for change in changes:
            if way == 3 or chance.random() < 0.8:
                apply(content, _in_sectors(change, sector, chance))
        if chance.random() < 0.3:
            _grow(content, changes)
    return bytes(content)


def apply(content: bytearray, changes: list[Change]) -> None:
    """Make changes to a content."""
    for change in changes:
        if isinstance(change, int):
            del content[change:]
            content.extend(bytes(change - len(content)))
            continue
        offset, data = change
        if offset > len(content):
            content.extend(bytes(offset - len(content)))
        content[offset : offset + len(data)] = data


def _in_sectors(change: Change, sector: int, chance: Random) -> list[Change]:
    """Return the part of a change that reached the disk, sector by sector, in any order."""
    if isinstance(change, int):
        return [change] if chance.random() < 0.5 else []
    offset, data = change
    end, parts = offset + len(data), []
    share = chance.choice((0.2, 0.5, 0.9))
    for start in range(offset - offset % sector, end, sector):
        first, last = max(start, offset), min(start + sector, end)
        if chance.random() < share:
            parts.append((first, data[first - offset : last - offset]))
    return list(parts)


def _grow(content: bytearray, changes: list[Change]) -> None:
    """Let the size be there, though what was written is not: then it reads as zeros."""
    size = len(content)
    for change in changes:
        size = max(size, change if isinstance(change, int) else change[0] + len(change[1]))
    content.extend(bytes(size - len(content)))


def _difference(before: bytes | bytearray, after: bytes) -> list[Change]:
    changes: list[Change] = [] if len(after) == len(before) else [len(after)]
    sector = SECTORS[0]
    for start in range(0, len(after), sector):
        part = after[start : start + sector]
        if part != before[start : start + sector]:
            changes.append((start, part))
    return changes


def _rename(names: dict[str, Node], change: Names) -> None:
    for path, node in change.items():
        if node is None:
            names.pop(path, None)
        else:
            names[path] = node
