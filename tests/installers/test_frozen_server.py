"""The frozen server does what the server does: set up, serve, admit a desk, exchange, back up."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest

from installers.contents import parts_of, strangers
from installers.server import freeze
from perpusdesk.protocol import enrolment_code
from perpusdesk.protocol.enrolment_code import EnrolmentCode
from server.places import joined

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MOST_MB: Final = 110


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERPUSDESK_OUT", str(tmp_path_factory.mktemp("out")))
        yield freeze.freeze()


def told(program: Path, data: Path, *words: str) -> dict[str, Any]:
    """Give a command and return its document."""
    command = [str(program), "--data", str(data), "--json", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=data.parent)
    return dict(json.loads(done.stdout))


@contextmanager
def serving(program: Path, data: Path) -> Iterator[str]:
    """Serve; give the address that the program tells."""
    command = [str(program), "--data", str(data), "--json", "serve", "--port", "0", "--phones"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            lines = b""
            while not lines.endswith(b"}\n"):
                lines += process.stdout.readline()
            yield str(json.loads(lines)["listening"])
        finally:
            process.terminate()
            assert process.wait(30) in {0, -15}


def test_a_desk_joins_and_exchanges(tree: Path, tmp_path: Path) -> None:
    program, data = tree / freeze.PROGRAM, tmp_path / "server"
    made = told(program, data, "init", "--library", "Kota", "--address", "http://127.0.0.1")
    assert made["keys"] == f"{data}.keys"
    with serving(program, data) as url:
        told(program, data, "address", url)
        code = enrolment_code.read(told(program, data, "enrol", "--address", url)["code"])
        assert isinstance(code, EnrolmentCode)
        with joined(tmp_path / "desk", code) as desk:
            desk.exchange()
            desk.exchange()  # now it knows what the server wrote at the first
            assert desk.library.digest() == told(program, data, "digest")["digest"]
        told(program, data, "backup", "--out", str(tmp_path / "copies"))
        for page, words in (("/admin/", "PerpusDesk"), ("/visitor", "html"), ("/health", "ready")):
            answer = httpx2.get(f"{url}{page}", trust_env=False, follow_redirects=True)
            assert answer.status_code == 200 and words in answer.text, page
    assert told(program, data, "doctor")["healthy"]


def test_it_is_small_and_has_nothing_of_the_workshop(tree: Path) -> None:
    assert strangers(parts_of(tree), "server") == []
    names = [str(file.relative_to(tree)) for file in tree.rglob("*")]
    assert not [name for name in names if "PySide6" in name or "cv2" in name]
    assert any("notices.txt" in name for name in names)
    assert any("psycopg_binary" in name for name in names)
    sizes = (file.stat().st_size for file in tree.rglob("*") if not file.is_symlink())
    assert sum(sizes) < MOST_MB << 20 or os.name == "nt"
