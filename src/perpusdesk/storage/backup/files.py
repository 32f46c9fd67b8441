"""The files beside the database that belong to a backup: attached files, rows set aside, settings.

Not the keys, logs, former schemas, or what is made anew when it is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known, write_atomically
from perpusdesk.storage.attached_files import FOLDER
from perpusdesk.storage.backup.manifest import KeptFile, Manifest
from perpusdesk.storage.backup.packing import Packer
from perpusdesk.storage.backup.reading import OpenBackup

KEPT_FOLDERS: Final = (FOLDER, "imports")
DEVICE: Final = "device/"
"""Before the path of what does not lie in the data folder: this device's settings."""
_PART: Final = 1 << 20


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of a data folder that belong to a backup: path in it, and file."""
    for name in KEPT_FOLDERS:
        for file in sorted((folder / name).rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(folder).as_posix(), file


def pack_files(
    packer: Packer, folder: Path, device: Mapping[str, Path], before: Manifest | None
) -> list[KeptFile]:
    """Put the files into packs. A file that went away meanwhile, or cannot be read, is left out.

    Attached files never change (they are named by their sum), so those of the backup ``before``
    are not read again.
    """
    known = {file.path: file for file in before.files} if before else {}
    found = []
    for path, file in [*files_of(folder), *((DEVICE + name, p) for name, p in device.items())]:
        former = known.get(path)
        try:
            size = file.stat().st_size
            if former and before and path.startswith(FOLDER + "/") and former.size == size:
                again = [packer.again(before.piece(number)[0]) for number in former.pieces]
                numbers = [number for number in again if number is not None]
                if len(numbers) == len(again):
                    found.append(KeptFile(path, size, numbers))
                    continue
            found.append(_packed(packer, path, file))
        except OSError:
            continue
    return found


def _packed(packer: Packer, path: str, file: Path) -> KeptFile:
    numbers, size = [], 0
    with file.open("rb") as source:
        while part := source.read(_PART):
            size += len(part)
            numbers.append(packer.add(part))
    return KeptFile(path, size, numbers)


def put_files(backup: OpenBackup, folder: Path, device: Mapping[str, Path]) -> int:
    """Write the files of a backup to where they belong; return how many.

    What is there already stays as it is. Raises ``KnownError``.
    """
    count = 0
    for kept in backup.manifest.files:
        target = _target(kept.path, folder, device)
        if target is None or target.exists():
            continue
        try:
            write_atomically(target, b"".join(backup.file_pieces(kept)))
        except OSError as error:
            raise as_known(error, target) or error from error
        count += 1
    return count


def _target(path: str, folder: Path, device: Mapping[str, Path]) -> Path | None:
    """Return where a file goes; ``None`` for one that is not wanted. Paths stay in the folder."""
    if path.startswith(DEVICE):
        return device.get(path.removeprefix(DEVICE))
    parts = PurePosixPath(path).parts
    strange = {"..", ".", ""} & set(parts) or any(":" in part or "\\" in part for part in parts)
    if strange or not parts or parts[0] not in KEPT_FOLDERS:
        raise KnownError(Fault.BACKUP_DAMAGED, file=path)
    return folder.joinpath(*parts)
