"""The signed manifest: made of the packages there are, believed by programs, refused in time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from helpers.releases import KEY, PUBLISHERS
from installers import update, version
from perpusdesk.protocol.update import UpdateError, package_for, prove_file, read_manifest
from perpusdesk.storage.migrate import latest_step

VERSION = version.version()
SETUP = f"PerpusDesk-{VERSION}-windows-x86_64-setup.exe"
RUN = f"PerpusDesk-{VERSION}-linux-x86_64.run"
DEB = f"perpusdesk_{VERSION}_amd64.deb"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    server, older = f"perpusdesk-server_{VERSION}_amd64.deb", "PerpusDesk-0.0.1-linux-x86_64.run"
    for name in (SETUP, RUN, DEB, server, older, f"PerpusDesk-{VERSION}-linux-x86_64.tar.xz"):
        (tmp_path / name).write_bytes(name.encode())
    return tmp_path


def test_programs_believe_it_and_find_their_package(folder: Path) -> None:
    sealed, _ = update.sign_release(folder, KEY, PUBLISHERS)
    manifest = read_manifest(sealed.read_bytes(), PUBLISHERS)
    assert manifest.version == VERSION and manifest.schema == latest_step()
    assert manifest.issued == version.moment()
    names = {"windows-x86_64": SETUP, "linux-x86_64": RUN, "linux-x86_64-deb": DEB}
    assert {one.platform: one.name for one in manifest.packages} == names
    for one in manifest.packages:
        prove_file(folder / one.name, one)
    with pytest.raises(UpdateError):
        package_for(manifest.packages, "linux-aarch64")


def test_the_sums_are_those_of_all_files(folder: Path) -> None:
    _, sums = update.sign_release(folder, KEY, PUBLISHERS)
    listed = dict(reversed(line.split("  ")) for line in sums.read_text("ascii").splitlines())
    others = {one.name for one in folder.iterdir()} - {sums.name}
    assert listed.keys() == others
    run = hashlib.sha256((folder / RUN).read_bytes()).hexdigest()
    assert listed[RUN] == run


def test_a_key_that_programs_do_not_know_signs_nothing(folder: Path) -> None:
    with pytest.raises(UpdateError):
        update.sign_release(folder, bytes(32), PUBLISHERS)
    assert not list(folder.glob("*.pdupdate"))


def test_without_packages_or_notes_nothing_is_made(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    notes = update.NOTES.read_text("utf-8")
    with pytest.raises(update.ReleaseError, match="no package"):
        update.manifest_of(empty, notes)
    with pytest.raises(update.ReleaseError, match="id, en and minimum"):
        update.manifest_of(folder, '["0.0.1"]\nminimum = "0.0.1"\nid = "a"\nen = "b"')


def test_this_version_has_its_notes(folder: Path) -> None:
    notes = update.manifest_of(folder, update.NOTES.read_text("utf-8")).notes
    assert notes.keys() == {"id", "en"} and all(notes.values())
