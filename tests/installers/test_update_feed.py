"""A release from its making to the desk: signed, shelved, fetched, proven, installed, started.

The installer is the real one for Linux, around a program that only tells that it was started.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from helpers.releases import KEY, PUBLISHERS
from installers import update, version
from installers.linux import integration, run
from installers.linux.tarball import pack
from perpusdesk.protocol.update import seal_manifest
from perpusdesk.services.safety.updating import Progress, from_files, offer
from perpusdesk.storage.update_store import UpdateStore
from perpusdesk.syncing.updates import ask_server, fetch_piece
from server.places import city, code_of, joined, listening

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the installer is a shell script"),
]

PROGRAM = """#!/bin/sh
if [ "$1" = version ]; then echo 9.0.0; else echo "$0" > "$HOME/started.txt"; fi
"""
INSTALLING = """
import os
from pathlib import Path
from helpers.releases import PUBLISHERS
from perpusdesk.services.safety.installing import start_installer
from perpusdesk.services.safety.updating import install, offer
from perpusdesk.storage.update_store import UpdateStore
store = UpdateStore(Path({folder!r}), PUBLISHERS)
install(store, offer(store, "linux-x86_64"), start_installer)
"""


def installer(folder: Path, target: Path) -> None:
    """Make the real installer of a program that is a script."""
    root, packed = folder / "program", folder / "program.tar.xz"
    root.mkdir()
    (root / "perpusdesk").write_text(PROGRAM, "utf-8")
    integration.lay_out(root / "share")
    (root / run.UNINSTALLER).write_text(run.uninstaller(), "utf-8")
    integration.same_modes(root, root / "perpusdesk")
    pack(root, packed)
    content = packed.read_bytes()
    target.write_bytes(run.script(content, len(content)).encode() + content)


def publish(folder: Path, working: Path) -> None:
    """Lay out a signed release, newer than the program that runs here."""
    folder.mkdir()
    installer(working, folder / f"PerpusDesk-{version.version()}-linux-x86_64.run")
    sealed, _ = update.sign_release(folder, KEY, PUBLISHERS)
    told = update.manifest_of(folder, update.NOTES.read_text("utf-8"))
    sealed.write_bytes(seal_manifest(KEY, msgspec.structs.replace(told, version="9.0.0")))


def test_a_device_becomes_what_was_published(tmp_path: Path) -> None:
    publish(tmp_path / "packages", tmp_path)
    serving = city(tmp_path / "server")
    serving.updates = UpdateStore(tmp_path / "server", PUBLISHERS)
    assert from_files(serving.updates, [tmp_path / "packages"]) is not None
    with listening(serving) as port, joined(tmp_path / "desk", code_of(serving, port)) as desk:
        store = UpdateStore(tmp_path / "desk", PUBLISHERS)
        assert ask_server(desk.link, store) is not None
        found = offer(store, "linux-x86_64")
        assert found is not None
        while not fetch_piece(desk.link, store, found.package):
            pass
    found = offer(store, "linux-x86_64")
    assert found is not None and found.progress is Progress.READY
    assert found.notes("id") and found.manifest.version == "9.0.0"

    home = tmp_path / "home"
    home.mkdir()
    own = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    told = {**own, "HOME": str(home), "PYTHONPATH": os.pathsep.join(("tests", "src"))}
    code = INSTALLING.format(folder=str(tmp_path / "desk"))
    subprocess.run([sys.executable, "-c", code], env=told, cwd=version.ROOT, check=True)
    started = home / "started.txt"
    for _ in range(1200):
        if started.is_file() and started.read_text("utf-8"):
            break
        time.sleep(0.05)
    assert Path(started.read_text("utf-8").strip()) == home / ".local" / "bin" / "perpusdesk"
    assert (home / ".local/share/applications/perpusdesk.desktop").is_file()
