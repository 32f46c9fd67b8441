"""A copy of the server's library, whole at one instant, while it goes on working."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import zstandard

from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage.database import connect, translated
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME
from perpusdesk.storage.lock_up import key_for
from perpusdesk.storage.vault import read_vault, write_vault
from perpusdesk_server.config import ServerConfig

_LEVEL: Final = 3
_PIECE: Final = 1 << 20


def back_up(folder: Path, config: ServerConfig, out: Path) -> dict[str, Any]:
    """Write a copy into ``out``, read it again, and tell its name, size, SHA-256 and rows.

    The server may be running. Secrets are not in it: it is encrypted by the key of the library, and
    its lock lies beside it, so the key store or the recovery code opens it. Raises
    ``KnownError``; then no half copy is left.
    """
    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"perpusdesk-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    if config.database:
        file, rows = _dumped(config, out / f"{name}.dump"), None
    else:
        file, rows = _copied(folder, out, name)
    return {
        "file": str(file),
        "bytes": file.stat().st_size,
        "sha256": _sha256(file),
        "rows": rows,
    }


def _copied(folder: Path, out: Path, name: str) -> tuple[Path, int]:
    if not (folder / FILE_NAME).is_file():
        raise KnownError(Fault.NOT_A_LIBRARY, file=str(folder), missing=True)
    plain, packed = out / f"{name}.part", out / f"{name}.db.zst"
    try:
        key = key_for(folder, system_key_store(folder))
        database = connect(folder / FILE_NAME, key=key)
        try:
            with translated(folder):
                database.execute_sql("vacuum into ?", (str(plain),))
        finally:
            database.close()
        rows = _looked_at(plain, key)
        beside = packed.with_suffix(".zst-part")
        with plain.open("rb") as source, beside.open("wb") as target:
            zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).copy_stream(source, target)
        beside.chmod(0o600)
        if lock := read_vault(folder):
            write_vault(out, lock, f"{name}.key")
        beside.replace(packed)
    finally:
        plain.unlink(missing_ok=True)
        packed.with_suffix(".zst-part").unlink(missing_ok=True)
    return packed, rows


def _looked_at(file: Path, key: bytes | None) -> int:
    """Open a copy, check it and count its ops; raises ``KnownError`` for one that is not whole."""
    database = connect(file, key=key)
    try:
        with translated(file):
            if database.execute_sql("pragma quick_check").fetchall() != [("ok",)]:
                raise KnownError(Fault.DAMAGED, file=str(file))
            return int(database.execute_sql("select count(*) from op").fetchall()[0][0])
    finally:
        database.close()


def _dumped(config: ServerConfig, file: Path) -> Path:
    """Let PostgreSQL's own program write the schema of the library."""
    program = shutil.which("pg_dump")
    if program is None:
        raise KnownError(Fault.UNUSABLE_INPUT, cause="pg_dump")
    beside = file.with_suffix(".part")
    command = [program, "--format=custom", f"--schema={config.schema}", f"--file={beside}"]
    done = subprocess.run(  # noqa: S603 (our own words, no shell)
        [*command, f"--dbname={config.database}"], capture_output=True, text=True, check=False
    )
    if done.returncode:
        beside.unlink(missing_ok=True)
        raise KnownError(Fault.UNREACHABLE, server="PostgreSQL", why=done.stderr.strip()[-300:])
    beside.chmod(0o600)
    return beside.replace(file)


def _sha256(file: Path) -> str:
    found = hashlib.sha256()
    with file.open("rb") as source:
        while piece := source.read(_PIECE):
            found.update(piece)
    return found.hexdigest()
