"""The self-test's look at what the program stands on: resources, keyring, ciphers, files, web."""

from __future__ import annotations

import os
import socket
import ssl
import sys
import threading
import wave
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.request import ProxyHandler, build_opener

from perpusdesk.app.self_test import Stage, Step
from perpusdesk.common.paths import resources

_NEEDED: Final = (
    "catalogue",
    "demo",
    "figures",
    "fonts",
    "icons",
    "labels",
    "locale",
    "manual",
    "marc",
    "privacy",
    "rules",
    "search",
    "servers",
    "service",
    "sounds",
    "surveys",
    "visits",
    "wire",
)
"""Folders of resources that every program has."""


def _resources(_stage: Stage) -> str:
    counts = {name: sum(1 for _ in _files(resources(name))) for name in _NEEDED}
    missing = [name for name, count in counts.items() if not count]
    if not resources("publisher.keys").is_file():
        missing.append("publisher.keys")
    if missing:
        raise FileNotFoundError(f"{', '.join(missing)} below {resources()}")
    return f"{sum(counts.values())} files below {resources()}"


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()] if folder.is_dir() else []


def _texts(_stage: Stage) -> str:
    from perpusdesk.common.i18n import _, set_language

    set_language("id")
    said = _("Undo")
    if said == "Undo":
        raise LookupError("no Indonesian texts")
    return f"Undo = {said}"


def _sounds(_stage: Stage) -> str:
    from perpusdesk.ui.kit.sounds import Sound

    for sound in Sound:
        with wave.open(str(sound.file)) as recording:
            if not recording.getnframes():
                raise EOFError(sound.file.name)
    return f"{len(Sound)} recordings"


def _demo_titles(_stage: Stage) -> str:
    from perpusdesk.exchange.demo_data import demo_people, demo_titles

    found = list(demo_titles(20))
    if len(found) < 20 or not demo_people():
        raise LookupError(f"{len(found)} of 20 demo titles")
    return f"{len(found)} records read, first {found[0].title!r}"


def _keyring(stage: Stage) -> str:
    """Find the system's keyring, without asking it anything; from then on use files of this run."""
    import keyring

    from perpusdesk.storage.key_store import Kept, system_key_store

    usable = [one for one in keyring.backend.get_all_keyring() if one.priority > 0]
    found = ", ".join(sorted(type(one).__qualname__ for one in usable)) or "none: files are used"
    keyring.set_keyring(keyring.core.load_keyring("keyring.backends.fail.Keyring"))
    store = system_key_store(stage.folder / "library")
    if store.kept is not Kept.FILE:
        raise PermissionError("the user's keyring would be used")
    if sys.platform == "win32" and "WinVault" not in found:
        raise LookupError(f"no Credential Manager ({found})")
    return found


def _ciphers(_stage: Stage) -> str:
    import argon2
    import cryptography

    from perpusdesk.protocol import keys, sealing

    private, text = keys.make_key(os.urandom(keys.KEY_BYTES)), b"self-test"
    if not keys.verify(keys.public_of(private), keys.sign(private, text), text):
        raise ValueError("a signature is not known again")
    secret = os.urandom(sealing.KEY_BYTES)
    sealed = sealing.seal(sealing.public_of(secret), text, os.urandom(sealing.KEY_BYTES))
    if sealing.unseal(secret, sealed) != text:
        raise ValueError("what was sealed does not come back")
    hashed = argon2.PasswordHasher(1, 64, 1).hash("1234")
    argon2.PasswordHasher(1, 64, 1).verify(hashed, "1234")
    return f"cryptography {cryptography.__version__}, argon2"


def _tls(stage: Stage) -> str:
    """Shake hands by TLS 1.3 within this computer, by a certificate of its own that is pinned."""
    from perpusdesk.syncing.tls import context_for, own_tls

    own = own_tls(stage.folder / "tls", datetime.now(UTC))
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(own.certificate, own.key)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(10)
        answering = threading.Thread(target=_answer, args=(listening, serving), daemon=True)
        answering.start()
        with (
            socket.create_connection(listening.getsockname(), 10) as line,
            context_for(own.sha256).wrap_socket(line) as safe,
        ):
            heard, version = safe.recv(16), safe.version()
        answering.join(10)
    if heard != b"hello":
        raise ConnectionError(f"heard {heard!r}")
    known = len(ssl.create_default_context().get_ca_certs())
    return f"{version}, {ssl.OPENSSL_VERSION}, {known} authorities of the system"


def _answer(listening: socket.socket, serving: ssl.SSLContext) -> None:
    line, _who = listening.accept()
    with line, serving.wrap_socket(line, server_side=True) as safe:
        safe.sendall(b"hello")
        safe.recv(1)


def _sheets(stage: Stage) -> str:
    from perpusdesk.exchange.list_sheet import write_list
    from perpusdesk.exchange.tables import tables

    file = stage.folder / "list.xlsx"
    write_list(file, "Daftar", [("Judul", 20), ("Jumlah", 8)], [("Pelaut Kertas", 3)])
    (table,) = tables(file)
    cells = [row for _number, row in table.rows]
    if cells != [["Pelaut Kertas", "3"]]:
        raise ValueError(f"read {cells}")
    return "a workbook written and read"


def get(url: str) -> bytes:
    """Return what a server of this computer answers, past any proxy."""
    with build_opener(ProxyHandler({})).open(url, timeout=20) as answer:
        content: bytes = answer.read()
    return content


STEPS: Final[dict[str, Step]] = {
    "resources": _resources,
    "texts": _texts,
    "sounds": _sounds,
    "demo titles": _demo_titles,
    "keyring": _keyring,
    "ciphers": _ciphers,
    "tls": _tls,
    "sheets": _sheets,
}
