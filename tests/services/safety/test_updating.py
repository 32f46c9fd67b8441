"""Updates: taken over from files, proven, installed by a real stand-in, and gone back from."""

from __future__ import annotations

import subprocess
from pathlib import Path

import msgspec
import pytest

from helpers.library import build
from helpers.releases import PUBLISHERS, laid_out
from perpusdesk import __version__
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol.update import UpdateError, UpdateFault
from perpusdesk.services.safety.installing import command_for, start_installer, started, typed_for
from perpusdesk.services.safety.updating import (
    FIRST_ENCRYPTED_SCHEMA,
    Offer,
    Progress,
    former,
    from_files,
    go_back,
    install,
    offer,
    on_stick,
)
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.check import check
from perpusdesk.storage.library import Library
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.update_store import Installed, UpdateStore

INSTALLER = b"""#!/bin/sh
printf '%s %s' "$1" "$PERPUSDESK_PID" > "$(dirname "$0")/came.tmp"
mv "$(dirname "$0")/came.tmp" "$(dirname "$0")/came"
"""


@pytest.fixture
def store(tmp_path: Path) -> UpdateStore:
    return UpdateStore(tmp_path / "library", PUBLISHERS)


def ready(store: UpdateStore, tmp_path: Path, **words: object) -> Offer:
    from_files(store, [*laid_out(tmp_path / "stick", INSTALLER, **words)])
    found = offer(store)
    assert found is not None
    return found


def test_a_release_on_a_stick_is_offered_with_its_notes(store: UpdateStore, tmp_path: Path) -> None:
    laid_out(tmp_path / "PerpusDesk", INSTALLER)
    found = on_stick(store, tmp_path)
    assert found is not None
    assert found.progress is Progress.READY
    assert (found.manifest.version, found.notes("id"), found.notes("en")) == (
        "9.0.0",
        "Lebih cepat.",
        "Faster.",
    )


def test_a_manifest_alone_is_told_and_its_package_may_come_later(
    store: UpdateStore, tmp_path: Path
) -> None:
    manifest, package = laid_out(tmp_path / "stick", INSTALLER)
    from_files(store, [manifest])
    found = offer(store)
    assert found is not None and found.progress is Progress.TOLD and found.come == 0
    from_files(store, [package.parent])
    found = offer(store)
    assert found is not None and found.progress is Progress.READY


@pytest.mark.parametrize("words", [{"version": "0.0.9"}, {"minimum": "8.0"}])
def test_what_is_not_for_this_program_is_not_offered(
    store: UpdateStore, tmp_path: Path, words: dict[str, object]
) -> None:
    assert on_stick(store, laid_out(tmp_path / "stick", INSTALLER, **words)[0].parent) is None


def test_an_altered_package_is_refused_and_not_kept(store: UpdateStore, tmp_path: Path) -> None:
    files = laid_out(tmp_path / "stick", INSTALLER)
    files[1].write_bytes(INSTALLER.replace(b"came", b"evil"))
    with pytest.raises(UpdateError) as caught:
        from_files(store, files)
    assert caught.value.fault is UpdateFault.ALTERED
    assert [file.name for file in store.folder.iterdir() if "run" in file.name] == []


def test_an_older_release_is_a_replay_once_a_newer_was_seen(
    store: UpdateStore, tmp_path: Path
) -> None:
    ready(store, tmp_path, version="9.2.0", issued=11)
    older = laid_out(tmp_path / "old", INSTALLER, version="9.1.0", issued=10)
    with pytest.raises(UpdateError) as caught:
        from_files(store, older)
    assert caught.value.fault is UpdateFault.REPLAYED
    found = offer(store)
    assert found is not None and found.manifest.version == "9.2.0"


def test_the_installer_really_runs_and_what_ran_before_is_remembered(
    store: UpdateStore, tmp_path: Path
) -> None:
    found = ready(store, tmp_path)
    install(store, found, start_installer)
    started.pop().wait(30)
    silent, process = (store.folder / "came").read_text().split()
    assert silent == "--silent"
    assert int(process) > 0
    state = store.state()
    assert state.former == Installed(__version__, latest_step())
    assert state.current is not None and state.current.version == "9.0.0"


def test_a_package_that_was_altered_on_the_disk_is_not_started(
    store: UpdateStore, tmp_path: Path
) -> None:
    found = ready(store, tmp_path)
    store.file_of(found.package).write_bytes(b"#!/bin/sh\nexit 1\n")
    called: list[Path] = []
    with pytest.raises(UpdateError):
        install(store, found, called.append)
    assert called == []
    assert store.state().current is None


@pytest.mark.parametrize(
    ("name", "todo"),
    [("perpusdesk_9_amd64.deb", "terminal"), ("PerpusDesk-9-portable.zip", "Data tetap")],
)
def test_what_a_person_puts_in_place_is_told_in_words(tmp_path: Path, name: str, todo: str) -> None:
    with pytest.raises(KnownError) as caught:
        start_installer(tmp_path / name)
    said = say_fault(caught.value)
    assert name in said.what
    assert todo in said.todo


def test_an_installer_that_does_not_start_changes_nothing(
    store: UpdateStore, tmp_path: Path
) -> None:
    found, before = ready(store, tmp_path), store.state()

    def refuse(file: Path) -> None:
        raise KnownError(Fault.INSTALLER, file=str(file), cause="no rights")

    with pytest.raises(KnownError):
        install(store, found, refuse)
    assert store.state() == before


def test_what_a_person_has_to_type_is_told(tmp_path: Path) -> None:
    file = tmp_path / "perpus desk.deb"
    assert command_for(file) is None
    assert typed_for(file) == f"sudo apt install '{file}'"
    assert command_for(tmp_path / "PerpusDesk.exe") == [str(tmp_path / "PerpusDesk.exe"), "/S"]
    with pytest.raises(KnownError) as caught:
        start_installer(file)
    assert caught.value.facts["typed"] == typed_for(file)


# -- back ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encrypted", [False, True], ids=["plain", "encrypted"])
def test_going_back_brings_the_library_and_starts_the_former_installer(
    tmp_path: Path, encrypted: bool
) -> None:
    small = build(tmp_path / "library", encrypted=encrypted)
    small.library.close()
    store = UpdateStore(small.library.folder, PUBLISHERS)
    found = ready(store, tmp_path)
    before = Installed("0.0.9", latest_step() - 1, found.package)
    state = store.state()
    now = Installed(__version__, latest_step())
    store.remember(msgspec.structs.replace(state, current=now, former=before))
    called: list[Path] = []
    if encrypted and before.schema < FIRST_ENCRYPTED_SCHEMA:
        with pytest.raises(KnownError) as caught:
            go_back(small.library.folder, store, called.append, small.library.key)
        assert caught.value.fault is Fault.STEP_BACK_FAILED
        assert called == []
    else:
        assert former(store) == before
        key = small.library.key
        assert go_back(small.library.folder, store, called.append, key) == before
        assert called == [store.file_of(found.package)]
    with Library.open(small.library.folder) as library:
        assert check(library) == []


def test_without_the_former_installer_there_is_no_way_back(
    store: UpdateStore, tmp_path: Path
) -> None:
    state = store.state()
    now = Installed(__version__, latest_step())
    gone = msgspec.structs.replace(state, current=now, former=Installed("0.0.9", 4))
    store.folder.mkdir(parents=True)
    store.remember(gone)
    assert former(store) is None
    with pytest.raises(KnownError) as caught:
        go_back(tmp_path / "library", store, subprocess.list2cmdline)
    assert caught.value.fault is Fault.NO_FORMER_PROGRAM
