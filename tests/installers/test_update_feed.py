"""A release from its making to the desk: signed, shelved, fetched, proven, installed."""

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
from perpusdesk.protocol.update import seal_manifest
from perpusdesk.services.updating import Progress, from_files, offer
from perpusdesk.storage.update_store import UpdateStore
from perpusdesk.syncing.updates import ask_server, fetch_piece
from server.places import city, code_of, joined, listening

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the installer is a shell script")

STAND_IN = """#!/bin/sh
# By the contract: waits for the program that started it, then replaces it.
test "$1" = --silent || exit 2
while kill -0 "$PERPUSDESK_PID" 2>/dev/null; do sleep 0.05; done
printf 'installed %s' "$PERPUSDESK_PID" > "$PERPUSDESK_TEST_PLACE"
"""

INSTALLING = """
import os
from pathlib import Path
from helpers.releases import PUBLISHERS
from perpusdesk.services.installing import start_installer
from perpusdesk.services.updating import install, offer
from perpusdesk.storage.update_store import UpdateStore
store = UpdateStore(Path({folder!r}), PUBLISHERS)
install(store, offer(store, "linux-x86_64"), start_installer)
print(os.getpid())
"""


def test_a_device_becomes_what_was_published(tmp_path: Path) -> None:
    released = tmp_path / "packages"
    released.mkdir()
    run = released / f"PerpusDesk-{version.version()}-linux-x86_64.run"
    run.write_text(STAND_IN, "utf-8")
    sealed, _ = update.sign_release(released, KEY, PUBLISHERS)
    newer = update.manifest_of(released, update.NOTES.read_text("utf-8"))
    sealed.write_bytes(seal_manifest(KEY, msgspec.structs.replace(newer, version="9.0.0")))
    serving = city(tmp_path / "server")
    serving.updates = UpdateStore(tmp_path / "server", PUBLISHERS)
    assert from_files(serving.updates, [released]) is not None
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
    place = tmp_path / "installed.txt"
    code = INSTALLING.format(folder=str(tmp_path / "desk"))
    told = {**os.environ, "PERPUSDESK_TEST_PLACE": str(place), "PYTHONPATH": "tests:src"}
    program = subprocess.run(
        [sys.executable, "-c", code],
        env=told, cwd=version.ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for _ in range(400):
        if place.is_file() and place.read_text("utf-8"):
            break
        time.sleep(0.05)
    assert place.read_text("utf-8") == f"installed {program.stdout.strip()}"
