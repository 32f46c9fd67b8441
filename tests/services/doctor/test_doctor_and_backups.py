"""Who makes the whole chain anew is told by the backups that were made before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import insider
from helpers.backups import add_members
from helpers.library import SmallLibrary, build
from perpusdesk.services.doctor.hash_chain import CHECK
from perpusdesk.services.doctor.parts import Patient
from perpusdesk.services.safety.backup_places import BackupPlace, BackupPlan, keep_plan
from perpusdesk.services.safety.backups import note, prepare, run
from perpusdesk.services.wording.doctor import say_finding
from perpusdesk.storage.chain_check import verify
from perpusdesk.storage.key_store import system_key_store


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    made = build(tmp_path / "library", encrypted=True)
    place = BackupPlace("disk", "disk", str(tmp_path / "backups"), "disk")
    keep_plan(made.library, BackupPlan((place,), since_ms=1))
    yield made
    made.library.close()


def back_up(small: SmallLibrary) -> None:
    done = run(prepare(small.desk("head")), system_key_store(small.library.folder))
    note(small.library, done)
    assert [entry.whole for entry in done.entries] == [True]


def told(small: SmallLibrary) -> list[str]:
    patient = Patient(small.library, system_key_store(small.library.folder))
    return [one.code for one in CHECK.look(patient) if str(say_finding(one))]


def test_a_library_that_went_on_is_a_continuation_of_its_backups(small: SmallLibrary) -> None:
    back_up(small)
    add_members(small.library, 20)
    assert told(small) == []


def test_a_chain_made_anew_is_told_also_after_another_backup(small: SmallLibrary) -> None:
    back_up(small)
    insider.other_payload(small.library, insider.stream_of(small.library), 3)
    insider.chain_again(small.library)
    assert verify(small.library) == [], "the chain itself tells nothing"
    assert told(small) == ["chain_other"]
    small.time.passes(days=1)
    back_up(small)
    assert told(small) == ["chain_other"]
