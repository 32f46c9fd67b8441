"""A server gives its devices a newer program, piece by piece, and goes on where a line broke."""

from __future__ import annotations

from pathlib import Path
from random import Random

import httpx2
import pytest

from helpers.releases import PUBLISHERS, laid_out
from perpusdesk.protocol.update import PATH, UpdateError, UpdateFault
from perpusdesk.services.safety.updating import Progress, from_files, offer
from perpusdesk.storage.update_store import UpdateStore
from perpusdesk.syncing.updates import ask_server, fetch_piece
from server.places import city, code_of, joined, listening

CONTENT = Random(1).randbytes(700_000)


def test_a_device_gets_the_newer_program_of_its_server(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    serving.updates = UpdateStore(tmp_path / "server", PUBLISHERS)
    with listening(serving) as port, joined(tmp_path / "desk", code_of(serving, port)) as desk:
        store = UpdateStore(tmp_path / "desk", PUBLISHERS)
        assert ask_server(desk.link, store) is None
        from_files(serving.updates, laid_out(tmp_path / "release", CONTENT))
        assert ask_server(desk.link, store) is not None
        found = offer(store)
        assert found is not None and found.progress is Progress.TOLD
        assert not fetch_piece(desk.link, store, found.package)
        some = store.come(found.package)
        assert 0 < some < len(CONTENT)
        desk.link.close()
        store = UpdateStore(tmp_path / "desk", PUBLISHERS)  # the program began anew
        assert store.come(found.package) == some
        while not fetch_piece(desk.link, store, found.package):
            assert store.come(found.package) > some
            desk.exchange()
        assert store.file_of(found.package).read_bytes() == CONTENT
        found = offer(store)
        assert found is not None and found.progress is Progress.READY


def test_what_a_server_altered_is_thrown_away(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    serving.updates = UpdateStore(tmp_path / "server", PUBLISHERS)
    with listening(serving) as port, joined(tmp_path / "desk", code_of(serving, port)) as desk:
        store = UpdateStore(tmp_path / "desk", PUBLISHERS)
        from_files(serving.updates, laid_out(tmp_path / "release", CONTENT))
        manifest = ask_server(desk.link, store)
        assert manifest is not None
        package = manifest.packages[0]
        serving.updates.file_of(package).write_bytes(b"evil" + CONTENT[4:])
        with pytest.raises(UpdateError) as caught:
            while not fetch_piece(desk.link, store, package):
                pass
        assert caught.value.fault is UpdateFault.ALTERED
        assert not store.has(package)
        assert store.come(package) == 0


def test_nobody_else_gets_it(tmp_path: Path) -> None:
    serving = city(tmp_path / "server")
    with listening(serving) as port, httpx2.Client(trust_env=False) as client:
        answer = client.post(f"http://127.0.0.1:{port}{PATH}", content=b"{}")
        assert answer.status_code == 401
