"""Jobs that need one right alone: refused without it, and nothing is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.library import SmallLibrary, refusal_of
from helpers.releases import PUBLISHERS, laid_out
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.labels import label_papers, own_sheets
from perpusdesk.services.labels.own_sheets import Measures
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.services.safety.safety_jobs import install_update
from perpusdesk.services.safety.updating import from_files, offer
from perpusdesk.services.staff.staff import set_pin
from perpusdesk.storage.update_store import UpdateStore

SHEET = Measures((200.0, 150.0), (60.0, 30.0), 3, 4)
Job = Callable[[Desk, SmallLibrary], Any]
JOBS: dict[str, tuple[str, Job]] = {
    "sheet": ("rules", lambda desk, _small: own_sheets.keep_sheet(desk, "Kita", SHEET)),
    "no sheet": ("rules", lambda desk, _small: own_sheets.remove_sheet(desk, "a4-3x8")),
    "colours": ("rules", lambda desk, _small: label_papers.set_class_colours(desk, {"8": ""})),
    "no colours": ("rules", lambda desk, _small: label_papers.reset_class_colours(desk)),
    "note": ("members", lambda desk, small: write_note(desk, small.members["A0001"], "Baru")),
}


@pytest.mark.parametrize("name", JOBS)
def test_who_lacks_the_right_is_refused_and_who_has_it_is_not(
    small: SmallLibrary, head: Desk, name: str
) -> None:
    right, job = JOBS[name]
    volunteer, before = small.desk("volunteer"), small.library.digest()
    assert refusal_of(job(volunteer, small), Reason.RIGHT_MISSING).facts == {"right": right}
    assert small.library.digest() == before
    answer = job(head, small)
    assert not isinstance(answer, Refused) or answer.reason is not Reason.RIGHT_MISSING


@pytest.mark.usefixtures("quick_hashes")
def test_a_newer_program_is_installed_by_who_may(
    small: SmallLibrary, head: Desk, tmp_path: Path
) -> None:
    store, started = UpdateStore(small.library.folder, PUBLISHERS), list[Path]()
    from_files(store, laid_out(tmp_path / "release", b"#!/bin/sh\n"))
    found, volunteer = offer(store), small.desk("volunteer")
    assert found is not None
    assert not isinstance(set_pin(head, small.staff["head"], "482913"), Refused)
    refused = install_update(volunteer, store, found, started.append)
    assert refusal_of(refused, Reason.RIGHT_MISSING).facts == {"right": "updates"}
    assert started == []
    assert install_update(head, store, found, started.append) is None
    assert started == [store.file_of(found.package)]
