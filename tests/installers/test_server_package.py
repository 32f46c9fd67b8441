"""The server's packages: what lies where, what the scripts keep, and paths that fit each other."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from helpers.frozen_sample import freeze_sample
from installers.notices import put_into
from installers.server import archive, deb
from installers.server.freeze import PROGRAM, SPEC
from installers.version import ROOT, version

FOLDER = ROOT / "installers" / "server"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a package for Debian")


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("deb")
    frozen = freeze_sample(folder).rename(folder / PROGRAM)
    (frozen / "sample").rename(frozen / PROGRAM)
    put_into(frozen)
    root = folder / "root"
    deb.lay_out(root, frozen)
    return root


def test_units_start_what_the_package_lays_down(laid: Path) -> None:
    started = []
    for unit in deb.UNITS:
        parser = configparser.ConfigParser(strict=False, interpolation=None)
        parser.read(laid / "lib/systemd/system" / unit, "utf-8")
        if not parser.has_section("Service"):
            continue
        service = parser["Service"]
        started.append(service["ExecStart"].split()[0])
        assert service["EnvironmentFile"] == f"/{deb.SETTINGS}"
        assert service["User"] == "perpusdesk" and service["NoNewPrivileges"] == "yes"
    assert started and set(started) == {f"/usr/lib/{PROGRAM}/{PROGRAM}"}
    assert (laid / started[0].lstrip("/")).stat().st_mode & 0o777 == 0o755


def test_the_command_and_the_settings_name_the_same_places(laid: Path) -> None:
    script = (laid / "usr/bin" / PROGRAM).read_text("utf-8")
    assert f"program=/usr/lib/{PROGRAM}/{PROGRAM}" in script
    assert f"settings=/{deb.SETTINGS}" in script
    settings = (laid / deb.SETTINGS).read_text("utf-8")
    assert "PERPUSDESK_DATA=/var/lib/perpusdesk/server\n" in settings
    assert (laid / "DEBIAN/conffiles").read_text("utf-8") == f"/{deb.SETTINGS}\n"


@pytest.mark.parametrize("script", [*deb.SCRIPTS, "perpusdesk-server.sh"])
def test_scripts_can_be_read_by_the_shell(script: str) -> None:
    subprocess.run(["sh", "-n", str(deb.PARTS / script)], check=True)


def test_nothing_erases_a_library() -> None:
    for script in deb.SCRIPTS:
        text = (deb.PARTS / script).read_text("utf-8")
        commands = [line for line in text.splitlines() if not re.search(r"^\s*(#|echo)", line)]
        assert not any("rm " in line or "deluser" in line for line in commands), script
    assert "kept $folder" in (deb.PARTS / "postrm").read_text("utf-8")


def test_the_manual_page_and_the_version_are_there(laid: Path) -> None:
    control = (laid / "DEBIAN/control").read_text("utf-8")
    assert f"\nVersion: {version()}\n" in control
    page = laid / "usr/share/man/man8/perpusdesk-server.8.gz"
    told = subprocess.run(["gzip", "-dc", str(page)], capture_output=True, text=True, check=True)
    assert f"PerpusDesk {version()}" in told.stdout and "@" not in told.stdout.split("\n")[0]


def test_the_package_can_be_built_the_same_twice(laid: Path, tmp_path: Path) -> None:
    if not shutil.which("dpkg-deb"):
        pytest.skip("no dpkg-deb here")
    made = [deb.build(laid, tmp_path / f"{number}.deb").read_bytes() for number in (1, 2)]
    assert made[0] == made[1]
    listed = subprocess.run(
        ["dpkg-deb", "--contents", str(tmp_path / "1.deb")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert "root/root" in listed and f"./usr/share/doc/{PROGRAM}/copyright" in listed


def test_no_screen_and_no_camera_are_frozen_in() -> None:
    spec = SPEC.read_text("utf-8")
    for name in ("PySide6", "shiboken6", "cv2"):
        assert f'"{name}"' in spec.partition("LEFT_OUT = [")[2].partition("]")[0]


def test_the_windows_archive_holds_the_service_beside_the_program(tmp_path: Path) -> None:
    frozen = freeze_sample(tmp_path)
    files = [tmp_path / "1.zip", tmp_path / "2.zip"]
    for file in files:
        archive.pack(frozen, file)
    assert files[0].read_bytes() == files[1].read_bytes()
    with zipfile.ZipFile(files[0]) as opened:
        names = opened.namelist()
    assert f"{PROGRAM}/windows-service.ps1" in names
    assert all(name.startswith(f"{PROGRAM}/") for name in names)
    service = archive.SERVICE.read_text("utf-8")
    assert rf'$Program = "$PSScriptRoot\{PROGRAM}.exe"' in service


def test_the_container_starts_what_the_package_holds() -> None:
    text = (FOLDER / "Containerfile").read_text("utf-8")
    assert f"COPY {PROGRAM}_*_amd64.deb" in text
    assert f'ENTRYPOINT ["/usr/bin/{PROGRAM}"]' in text
    assert re.search(r"^USER perpusdesk$", text, re.MULTILINE)
