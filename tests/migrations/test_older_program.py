"""An older program, taken from the history of this repository, opens what was brought back to it.

It is run as it was then, in a process of its own, on a library of this program that made one step
back. Skipped where there is no history (a package of the sources).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.library import SmallLibrary, build
from perpusdesk.common.errors import Fault
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.results import Done
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.step_back import step_back

_ROOT = Path(__file__).resolve().parents[2]
OLDER = {4: "f8dd0f6", 3: "c4aa7cd^"}
"""By schema: the last commit whose newest schema it was."""

_OPEN = """
import json, sys
from pathlib import Path
from perpusdesk.common.errors import KnownError
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
try:
    library = Library.open(Path(sys.argv[1]))
except KnownError as error:
    print(json.dumps({"fault": error.fault.value, "facts": dict(error.facts)}, default=str))
    raise SystemExit
with library:
    told = {
        "digest": library.digest(),
        "have": library.have(),
        "flaws": [str(one) for one in check(library)],
        "ops": library.value("select count(*) from op"),
        "found": library.value("select count(*) from title_words where title_words match 'sungai'"),
        "loans": library.value("select count(*) from loan"),
    }
    action = Action("test")
    action.set("member", library.new_id(), {"name": "Dari versi lama"}, fresh=True)
    library.write(action)
    told["after"] = [str(one) for one in check(library)]
print(json.dumps(told))
"""


@pytest.fixture
def made(tmp_path: Path) -> SmallLibrary:
    small = build(tmp_path / "library")
    assert isinstance(lend(small.desk(), small.members["A0001"], small.copies["B0001"]), Done)
    action = Action("test")
    action.set("staff", small.staff["head"], {"secret": "argon2 of a test"})
    action.set("consent", small.library.new_id(), {"purpose": "photo"}, fresh=True)
    small.library.write(action)
    small.library.close()
    return small


def older_program(schema: int, folder: Path) -> Path:
    """Lay out the sources of an older program; skip where the history is absent."""
    if shutil.which("git") is None or not (_ROOT / ".git").exists():
        pytest.skip("the history of the repository is absent")
    known = ["git", "-C", str(_ROOT), "rev-parse", "--verify", "-q", f"{OLDER[schema]}^{{commit}}"]
    if subprocess.run(known, check=False, capture_output=True).returncode:
        pytest.skip("the history of the repository is not whole")
    folder.mkdir()
    archive = ["git", "-C", str(_ROOT), "archive", OLDER[schema], "src", "resources"]
    with (folder / "sources.tar").open("wb") as file:
        subprocess.run(archive, check=True, stdout=file)
    shutil.unpack_archive(folder / "sources.tar", folder, filter="data")
    return folder / "src"


def opened_by(program: Path, library: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-c", _OPEN, str(library)],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(program)},
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("schema", OLDER)
def test_the_older_program_opens_what_was_brought_back(
    made: SmallLibrary, tmp_path: Path, schema: int
) -> None:
    program, folder = older_program(schema, tmp_path / "older"), made.library.folder
    with Library.open(folder) as library:
        ops, have = library.value("select count(*) from op"), library.have()
        loans = library.value("select count(*) from loan")
    step_back(folder, schema)
    told = opened_by(program, folder)
    assert told["flaws"] == told["after"] == []
    assert (told["ops"], told["have"], told["loans"]) == (ops, have, loans)
    assert told["found"] == 1
    with Library.open(folder) as library:
        assert check(library) == []
        assert library.value("select count(*) from op") == ops + 1
        assert library.value("select secret from staff where secret is not null") is not None
        assert library.value("select purpose from consent") == "photo"
        assert library.value("select 1 from member where name = 'Dari versi lama'") == 1


@pytest.mark.slow
def test_the_older_program_refuses_a_newer_library_and_harms_nothing(
    made: SmallLibrary, tmp_path: Path
) -> None:
    program, folder = older_program(4, tmp_path / "older"), made.library.folder
    before = (folder / "library.db").read_bytes()
    told = opened_by(program, folder)
    assert told["fault"] == Fault.NEWER_LIBRARY
    assert (folder / "library.db").read_bytes() == before
