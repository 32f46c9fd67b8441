"""The layer under SQLite and under the program's own file operations that tells a ``Disk``.

SQLite runs on an APSW VFS below the one that encrypts; ``os.replace``, ``os.fsync`` and their like
are told as well. Syncs are noted and not done: only the model remembers what is durable.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import apsw

from power_cuts.disk import Disk

_NAME: Final = "power-cuts"
_SYNCS_ITS_NAME: Final = (
    apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL
)
_NAMING: Final = ("replace", "rename", "link", "symlink", "unlink", "remove", "mkdir", "rmdir")


class _File(apsw.VFSFile):
    """A file of SQLite: writes go on to the real one and into the model."""

    def __init__(self, name: Any, flags: list[int]) -> None:
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._disk = disk = _Layer.disk if _Layer.disk is not None and _inside(path) else None
        fresh = not Path(path).exists() if path else False
        if disk is not None and fresh:
            disk.look()
            disk.call("create")
        super().__init__("unix", name, flags)
        if disk is None:
            return
        disk.look() if not fresh else disk.changed()
        self._node = disk.node(str(Path(path).absolute()))
        if self._node.log is None:
            self._node.log = self._node.pending()
        self._path, self._named = str(path), not fresh or not flags[0] & _SYNCS_ITS_NAME

    def xWrite(self, data: bytes, offset: int) -> None:
        if self._disk is not None:
            self._disk.call("write")
            assert self._node.log is not None
            self._node.log.append((offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        if self._disk is not None:
            self._disk.call("truncate")
            assert self._node.log is not None
            self._node.log.append(size)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        if self._disk is None:
            return super().xSync(flags)
        self._disk.call("sync")
        self._node.synced()
        if not self._named:
            self._named = True
            self._disk.sync_folder(str(Path(self._path).absolute().parent))
        return None


class _Vfs(apsw.VFS):
    def __init__(self) -> None:
        super().__init__(_NAME, "unix")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        return _File(name, flags)

    def xDelete(self, name: str, sync: bool) -> None:
        disk = _Layer.disk
        if disk is None or not disk.has(name):
            return super().xDelete(name, sync)
        disk.look()
        disk.call("delete")
        super().xDelete(name, False)
        disk.changed()
        if sync:
            disk.sync_folder(str(Path(name).absolute().parent))
        return None


class _Connection(apsw.Connection):
    def __init__(self, filename: str, *args: Any, **more: Any) -> None:
        more.setdefault("vfs", f"multipleciphers-{_NAME}")
        super().__init__(filename, *args, **more)


class _Layer:
    disk: Disk | None = None
    vfs: _Vfs | None = None


def _inside(path: Any) -> bool:
    return bool(path) and _Layer.disk is not None and _Layer.disk.has(path)


@contextlib.contextmanager
def under(disk: Disk) -> Iterator[None]:
    """Tell ``disk`` what happens in its folder."""
    _Layer.vfs = _Layer.vfs or _Vfs()
    with contextlib.ExitStack() as stack:
        stack.enter_context(patch.object(apsw, "Connection", _Connection))
        stack.enter_context(patch.object(os, "fsync", _fsync(os.fsync)))
        stack.enter_context(patch.object(os, "fdatasync", _fsync(os.fdatasync)))
        for name in _NAMING:
            stack.enter_context(patch.object(os, name, _naming(name, getattr(os, name))))
        _Layer.disk = disk
        try:
            yield
        finally:
            _Layer.disk = None
            disk.close()


def _fsync(real: Callable[[int], None]) -> Callable[[Any], None]:
    def synced(handle: Any) -> None:
        number = handle if isinstance(handle, int) else handle.fileno()
        disk = _Layer.disk
        found = disk.node_of(number) if disk is not None else None
        if disk is None or found is None:
            return real(number)
        path, node = found
        disk.call("fsync")
        if node.is_folder:
            disk.sync_folder(path)
        else:
            node.synced()
        return None

    return synced


def _naming(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def done(*args: Any, **more: Any) -> Any:
        disk = _Layer.disk
        if disk is None or not any(_path_in(disk, one, more) for one in args[:2]):
            return real(*args, **more)
        disk.look()
        disk.call(name)
        try:
            return real(*args, **more)
        finally:
            disk.changed()

    return done


def _path_in(disk: Disk, path: Any, more: dict[str, Any]) -> bool:
    if any(more.get(key) is not None for key in ("dir_fd", "src_dir_fd", "dst_dir_fd")):
        return True
    return isinstance(path, str | bytes | os.PathLike) and disk.has(path)
