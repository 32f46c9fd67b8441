"""Releases: only the publisher's, whole, newer and for this computer are taken."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.releases import KEY, PUBLISHERS, package, release
from perpusdesk.common.paths import resources
from perpusdesk.protocol.update import (
    Manifest,
    UpdateError,
    UpdateFault,
    prove_file,
    read_keys,
    read_manifest,
    seal_manifest,
    this_platform,
    wanted_package,
)

CONTENT = b"#!/bin/sh\n" * 100
HERE = this_platform()


def fault_of(call: object, *args: object) -> UpdateFault:
    with pytest.raises(UpdateError) as caught:
        call(*args)
    return caught.value.fault


def test_a_release_comes_back_as_it_was_signed() -> None:
    made = release(package(CONTENT))
    assert read_manifest(seal_manifest(KEY, made), PUBLISHERS) == made


@given(st.integers(0, 10_000), st.integers(1, 255))
def test_whatever_byte_is_altered_it_is_refused(place: int, change: int) -> None:
    data = bytearray(seal_manifest(KEY, release(package(CONTENT))))
    data[place % len(data)] ^= change
    assert fault_of(read_manifest, bytes(data), PUBLISHERS) is UpdateFault.FORGED


@pytest.mark.parametrize("data", [b"", b"x" * 64, b"x" * 100_000])
def test_what_is_no_release_is_refused(data: bytes) -> None:
    assert fault_of(read_manifest, data, PUBLISHERS) is UpdateFault.MALFORMED


def test_another_key_counts_for_nothing_not_even_that_of_this_test_in_the_program() -> None:
    assert fault_of(read_manifest, seal_manifest(bytes(32), release()), PUBLISHERS) is (
        UpdateFault.FORGED
    )
    own = read_keys(resources("publisher.keys").read_text("utf-8"))
    assert len(own) >= 1
    assert not {*own} & {*PUBLISHERS}


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"product": "another"}, UpdateFault.OTHER_PRODUCT),
        ({"version": "newest"}, UpdateFault.MALFORMED),
    ],
)
def test_another_product_and_no_version_are_refused(
    words: dict[str, str], fault: UpdateFault
) -> None:
    assert fault_of(read_manifest, seal_manifest(KEY, release(**words)), PUBLISHERS) is fault


def asked(manifest: Manifest, running: str = "1.0.0", seen: int = 0) -> UpdateFault:
    return fault_of(wanted_package, manifest, HERE, running, seen)


def test_an_older_release_one_for_others_and_a_replay_are_refused() -> None:
    mine = package(CONTENT)
    assert wanted_package(release(mine), HERE, "1.0.0") == mine
    assert asked(release(mine, version="1.0.0")) is UpdateFault.NOT_NEWER
    assert asked(release(mine, version="0.9.9")) is UpdateFault.NOT_NEWER
    assert asked(release(mine), seen=10) is UpdateFault.REPLAYED
    assert asked(release(mine, minimum="2.0")) is UpdateFault.PROGRAM_TOO_OLD
    assert asked(release(package(CONTENT, platform="plan9-x"))) is UpdateFault.OTHER_PLATFORM


@pytest.mark.parametrize("content", [CONTENT[:-1], CONTENT + b"x", b"X" + CONTENT[1:]])
def test_a_package_that_is_altered_or_not_whole_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "package"
    file.write_bytes(CONTENT)
    prove_file(file, package(CONTENT))
    file.write_bytes(content)
    assert fault_of(prove_file, file, package(CONTENT)) is UpdateFault.ALTERED


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "a\\b"])
def test_a_package_whose_name_leads_elsewhere_is_refused(name: str) -> None:
    data = seal_manifest(KEY, release(package(CONTENT, name=name)))
    assert fault_of(read_manifest, data, PUBLISHERS) is UpdateFault.MALFORMED


def test_a_program_names_the_kind_of_package_that_it_came_from(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    for place, kind in (("/usr/lib/perpusdesk", "-deb"), ("/home/ani/perpusdesk", "")):
        monkeypatch.setattr(sys, "executable", f"{place}/perpusdesk")
        assert this_platform() == f"{HERE}{kind}"
    (tmp_path / "portable.txt").touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / "perpusdesk"))
    assert this_platform() == f"{HERE}-portable"
