"""What goes into a frozen program and what stays out: the rules, without freezing anything."""

from __future__ import annotations

import importlib.metadata
import shlex
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from installers import freezing, numpy_alone, sources, trimming
from installers.linux import deb, icu, integration, libraries
from installers.version import ROOT


def test_all_modules_of_the_program_are_named_and_steps_stay_files() -> None:
    names = trimming.modules()
    assert {"perpusdesk", "perpusdesk.cli.main", "perpusdesk.app.entry"} <= set(names)
    assert not any("migrations." in name or name.endswith("__main__") for name in names)


def test_modules_below_one_that_is_left_out_stay_out_too() -> None:
    names = trimming.modules(without=["perpusdesk.storage.postgres"])
    assert "perpusdesk.storage.library" in names
    assert not any(name.startswith("perpusdesk.storage.postgres") for name in names)


def test_every_step_resource_and_page_of_the_manual_is_taken_along() -> None:
    targets = {f"{folder}/{Path(file).name}" for file, folder in trimming.data()}
    assert set(freezing.WANTED) <= targets
    assert all(Path(file).is_file() for file, _folder in trimming.data())
    assert not any(target.endswith((".po", ".keep")) for target in targets)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt6Quick.dll",
        r"PySide6\opengl32sw.dll",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        r"PySide6\plugins\platforms\qdirect2d.dll",
        "icuuc.dll",
    ],
)
def test_what_stays_out_has_a_reason(place: str) -> None:
    assert trimming.reason_out(place)


@pytest.mark.parametrize(
    "place",
    [
        "PySide6/Qt/lib/libQt6Gui.so.6",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        r"PySide6\plugins\platforms\qwindows.dll",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "cv2/cv2.abi3.so",
    ],
)
def test_what_the_program_needs_stays_in(place: str) -> None:
    assert trimming.reason_out(place) is None


def test_a_tree_with_a_stand_in_or_without_a_library_is_refused() -> None:
    good = ["_internal/cv2/cv2.abi3.so", "_internal/libzbar.so.0"]
    assert freezing.examine(good, ["cv2.abi3", "libzbar"]) == []
    assert freezing.examine(good[:1], ["cv2.abi3", "libzbar"]) == ["missing: libzbar"]
    assert freezing.examine([*good, "_internal/ICUUC.dll"], []) == ["foreign: _internal/icuuc.dll"]


def test_libraries_that_nothing_leads_to_are_not_wanted() -> None:
    entries = [
        ("cv2/cv2.abi3.so", "/s/cv2", "EXTENSION"),
        ("x.libs/libfar.so.1", "/s/far", "BINARY"),
        ("x.libs/libnear.so.1", "/s/near", "BINARY"),
        ("libalone.so.2", "/s/alone", "BINARY"),
        ("libalso.so.2", "/s/also", "BINARY"),
    ]
    linked = {
        "/s/cv2": ["libnear.so.1"],
        "/s/near": ["libfar.so.1"],
        "/s/alone": ["libalso.so.2"],
        "/s/also": ["libalone.so.2"],
    }
    assert libraries.closure(entries, linked) == {"libnear.so.1", "libfar.so.1"}


def test_libraries_loaded_by_name_are_not_on_a_shelf() -> None:
    assert libraries.on_shelf("libX11.so.6")
    assert libraries.on_shelf("PySide6/Qt/lib/libQt6Gui.so.6")
    assert libraries.on_shelf("pillow.libs/libtiff.so.6")
    assert not libraries.on_shelf("libzbar.so.0")
    assert not libraries.on_shelf("pypdfium2_raw/libpdfium.so")
    assert not libraries.on_shelf("PySide6/Qt/plugins/platforms/libqxcb.so")


def test_rules_of_all_scripts_stay_and_names_in_other_languages_go() -> None:
    stay = ["coll/root.res", "coll/ucadata.icu", "id.res", "curr/en_GB.res", "zoneinfo64.res"]
    go = ["fr.res", "coll/de__PHONEBOOK.res", "unit/zh_Hant_HK.res", "gb18030.cnv"]
    assert [item for item in stay + go if icu.goes(item)] == go


def test_sources_are_those_whose_sums_are_locked() -> None:
    wanted = sources.locked("numpy")
    assert wanted.startswith(f"numpy=={importlib.metadata.version('numpy')} ")
    assert wanted.count("--hash=sha256:") > 1
    assert "==" not in wanted.partition("==")[2]


def test_settings_of_a_build_stand_beside_what_is_built() -> None:
    locked = sources.locked("numpy")
    wanted = sources.asking(locked, numpy_alone.SETTINGS)
    first, _, hashes = wanted.partition(" \\\n")
    words = shlex.split(first)
    assert words[0] == locked.split()[0]
    assert words[1::2] == ["--config-settings"] * len(numpy_alone.SETTINGS)
    assert words[2::2] == list(numpy_alone.SETTINGS)
    assert hashes == locked.partition(" \\\n")[2]


def test_a_package_that_was_renamed_is_found_under_either_name() -> None:
    assert deb.either_name("libcups2 (>= 1.6)") == "libcups2t64 (>= 1.6) | libcups2 (>= 1.6)"
    assert deb.either_name("libx11-6") == "libx11-6"


def test_the_manual_page_names_every_command_and_nothing_is_left_to_fill_in() -> None:
    page = integration.manual_page()
    assert "@" not in page
    assert {"lend", "sync", "backup"} <= {name for name, _meaning in integration.commands()}
    assert ".B lend\n" in page


def test_files_for_the_desktop_name_the_same_types_and_the_same_entry() -> None:
    share = ROOT / "installers/linux/share"
    types = ET.parse(share / "perpusdesk-mime.xml").getroot()
    offered = {one.get("type") for one in types}
    entry = (share / "perpusdesk.desktop").read_text("utf-8")
    assert f"MimeType={';'.join(sorted(map(str, offered)))};" in entry
    metainfo = (share / "org.perpusdesk.PerpusDesk.metainfo.xml").read_text("utf-8")
    assert all(f"<mediatype>{one}</mediatype>" in metainfo for one in offered)
    assert "perpusdesk.desktop</launchable>" in metainfo
