"""A file that is written piece by piece and gets its name when it is whole."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.files import as_known


class Beside:
    """Gives the path of a file beside the wanted one, which it becomes if all went well.

    Raises ``KnownError`` (disk, UNREADABLE_FILE) for what the system refused, also where a library
    wrapped that; the file that was there is then unharmed and nothing is left beside it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._beside = path

    def __enter__(self) -> Path:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{self._path.name}.", dir=self._path.parent)
        except OSError as error:
            raise _known(error, self._path) from error
        os.close(handle)
        self._beside = Path(name)
        return self._beside

    def __exit__(self, kind: object, error: BaseException | None, _: object) -> None:
        if error is None:
            with contextlib.suppress(PermissionError):  # a stick that knows no rights (FAT)
                self._beside.chmod(0o644)
            self._beside.replace(self._path)
            return
        self._beside.unlink(missing_ok=True)
        wrapped = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        if isinstance(wrapped, OSError):
            raise _known(wrapped, self._path) from error


def _known(error: OSError, path: Path) -> KnownError:
    cause = str(error)
    return as_known(error, path) or KnownError(Fault.UNREADABLE_FILE, file=str(path), cause=cause)
