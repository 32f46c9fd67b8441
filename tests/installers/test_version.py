"""One place says the version; packages, installers and the desktop's list of programs repeat it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from installers.linux import integration
from installers.update import NOTES
from installers.version import ROOT, version
from perpusdesk import __version__

SAID: Final = re.compile(rf"(?<![\d.]){re.escape(version())}(?![\d.])")


def test_only_the_notes_of_releases_name_a_version_among_the_installers() -> None:
    files = [*(ROOT / "installers").rglob("*"), *(ROOT / ".github").rglob("*")]
    texts = [one for one in files if one.is_file() and one.suffix not in {".lock", ".pyc", ".txt"}]
    said = {one.name for one in texts if SAID.search(one.read_text("utf-8", "replace"))}
    assert said == {NOTES.name}


def test_the_program_and_its_entries_say_the_project_files_version(tmp_path: Path) -> None:
    assert __version__ == version()
    integration.lay_out(tmp_path)
    (entry,) = tmp_path.rglob("*.metainfo.xml")
    assert f'<release version="{version()}"' in entry.read_text("utf-8")
