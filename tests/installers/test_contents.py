"""What is inside a frozen tree is read from the tree: its parts, its notices, its bill."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

from helpers.frozen_sample import RESOURCES, freeze_sample
from installers import sbom
from installers.contents import (
    INSIDE,
    LICENCES,
    UnknownPartsError,
    asked_for,
    hand_kept,
    parts_of,
    strangers,
)
from installers.notices import PLACE, debian_copyright, put_into
from installers.version import ROOT, version

LOCK = (ROOT / "requirements.lock").read_text("utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return freeze_sample(tmp_path)


def test_what_is_there_is_found_and_nothing_of_the_workshop(tree: Path) -> None:
    parts = parts_of(tree)
    assert [part.name for part in parts] == ["Python", "msgspec", "pyinstaller", "qrcode"]
    msgspec = parts[1]
    assert msgspec.licence == "BSD-3-Clause"
    assert [file.parent.name for file in msgspec.files] == ["msgspec"]
    assert strangers(parts) == []


def test_a_package_that_nothing_asks_for_is_told(tmp_path: Path) -> None:
    parts = parts_of(freeze_sample(tmp_path, "hypothesis", "fastapi"))
    assert strangers(parts) == ["fastapi", "hypothesis"]
    assert strangers(parts, "server") == ["hypothesis"]


def test_what_is_asked_for_is_the_whole_way_down() -> None:
    assert {"fastapi", "pydantic-core", "keyring"} <= asked_for("server")
    assert not {"pytest", "pyside6-essentials"} & asked_for("server")
    assert {"pyside6-essentials", "shiboken6"} <= asked_for("desktop")


@pytest.mark.parametrize("place", ["libforeign.so.1", "strange.dat", "package/thing.bin"])
def test_a_file_of_unknown_origin_ends_the_build(tree: Path, place: str) -> None:
    file = tree / INSIDE / place
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"?")
    with pytest.raises(UnknownPartsError, match=re.escape(place)):
        parts_of(tree)


def test_a_module_of_unknown_origin_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(UnknownPartsError, match="no_such_package"):
        parts_of(freeze_sample(tmp_path, "no_such_package.part"))


@pytest.mark.skipif(sys.platform == "win32", reason="these are Debian's")
def test_a_library_of_the_system_is_its_packages(tree: Path) -> None:
    (tree / INSIDE / "libc.so.6").write_bytes(b"?")
    found = [part for part in parts_of(tree) if part.kind == "deb"]
    if not found:
        pytest.skip("no Debian package has it here")
    assert [part.name for part in found] == ["libc6"]
    assert "GNU" in found[0].texts[0].read_text("utf-8")


def test_the_notices_hold_each_text_once_and_lie_where_the_program_reads(tree: Path) -> None:
    file = put_into(tree)
    assert file == tree / RESOURCES / "notices.txt" == tree / PLACE
    text = file.read_text("utf-8")
    assert f"PerpusDesk {version()}" in text and "{" not in text.partition("====")[0]
    for line in ("Python", "msgspec", "qrcode", "pyinstaller", "DejaVu fonts"):
        assert re.search(rf"^  {line}", text, re.MULTILINE)
    assert "Jim Crist-Harif" in text and "Lincoln Loop" in text and "Bitstream Vera" in text
    assert text.count("PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2") == 1
    assert text == put_into(tree).read_text("utf-8")


def test_a_part_without_its_licence_ends_the_build(tmp_path: Path) -> None:
    site = tmp_path / "site"
    info = site / "silent-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: silent\nVersion: 1.0\n", "utf-8")
    files = ("silent.py", "msgspec/__init__.py", "msgspec/json.py", "qrcode/constants.py")
    (info / "RECORD").write_text("\n".join(f"{file},," for file in files), "utf-8")
    for file in files:  # what is not there is not listed by every reader of such folders
        (site / file).parent.mkdir(exist_ok=True)
        (site / file).touch()
    tree = freeze_sample(tmp_path, "silent")
    for library in (tree / INSIDE / "msgspec").iterdir():
        library.unlink()
    with pytest.raises(UnknownPartsError, match=r"licence.*silent"):
        put_into(tree, [str(site)])


def test_texts_kept_by_hand_are_there_and_for_packages_of_the_lock() -> None:
    for name, kept in hand_kept().items():
        assert re.search(rf"^{re.escape(name)}==", LOCK, re.MULTILINE | re.IGNORECASE), name
        for text in kept.get("texts", ()):
            assert (LICENCES / text).is_file(), text


def test_the_bill_names_versions_licences_and_hashes(tree: Path) -> None:
    bill = json.loads(sbom.bill_of(tree, "sample"))
    named = {one["name"]: one for one in bill["components"]}
    msgspec = named["msgspec"]
    pinned = re.search(r"^msgspec==(\S+)", LOCK, re.MULTILINE)
    assert pinned is not None and msgspec["purl"] == f"pkg:pypi/msgspec@{pinned[1]}"
    assert msgspec["licenses"][0]["license"]["id"] == "BSD-3-Clause"
    hashes = [one["content"] for one in msgspec["externalReferences"][0]["hashes"]]
    assert hashes and all(f"sha256:{one}" in LOCK for one in hashes)
    (library,) = msgspec["components"]
    assert library["name"].startswith("msgspec/_core") and len(library["hashes"]) == 1
    assert bill["metadata"]["component"]["version"] == version()


def test_the_same_tree_gives_the_same_bill_and_another_another_number(tree: Path) -> None:
    first = sbom.bill_of(tree, "sample")
    assert first == sbom.bill_of(tree, "sample")
    (library,) = (tree / INSIDE / "msgspec").iterdir()
    library.write_bytes(library.read_bytes() + b"\0")
    numbers = [json.loads(text)["serialNumber"] for text in (first, sbom.bill_of(tree, "sample"))]
    assert numbers[0] != numbers[1]


def test_a_debian_copyright_points_to_all_texts(tree: Path) -> None:
    put_into(tree)
    text = debian_copyright(tree)
    assert "MIT License" in text and f"/usr/lib/sample/{PLACE}" in text
    assert "/usr/share/common-licenses/LGPL-3" in text
