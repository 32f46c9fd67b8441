"""How large the desktop may be, and that too large a one is not built."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers import weighing
from installers.freezing import BuildError
from installers.version import ROOT, version


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PERPUSDESK_OUT", str(tmp_path))
    return tmp_path


def put(file: Path, size: int) -> Path:
    """Make a file of ``size`` bytes that takes no room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as made:
        made.truncate(size)
    return file


def test_a_tree_and_its_installer_at_the_limit_are_told(
    out: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree = out / "build" / "windows" / "PerpusDesk"
    put(tree / "PerpusDesk.exe", 1_000_000)
    put(tree / "_internal" / "cv2" / "cv2.pyd", 229_000_000)
    setup = put(out / "packages" / f"PerpusDesk-{version()}-windows-x86_64-setup.exe", 75_000_000)
    assert weighing.make() == [tree, setup]
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "   230.0 MB of 230  PerpusDesk"
    assert told[1].endswith(" 75.0 MB of 75  " + setup.name)
    assert told[3] == "   229.0 MB  _internal/cv2"


@pytest.mark.parametrize(
    ("place", "size"),
    [
        ("build/windows/PerpusDesk/it.dll", 230_000_001),
        ("build/linux/perpusdesk/it.so", 230_000_001),
        (f"packages/PerpusDesk-{version()}-windows-x86_64-setup.exe", 75_000_001),
        (f"packages/perpusdesk_{version()}_amd64.deb", 75_000_001),
    ],
)
def test_a_byte_more_ends_the_build(out: Path, place: str, size: int) -> None:
    put(out / place, size)
    with pytest.raises(BuildError, match="too large"):
        weighing.make()


@pytest.mark.parametrize(
    "name",
    [
        f"PerpusDesk-{version()}-windows-x86_64-portable.zip",
        f"perpusdesk-server_{version()}_amd64.deb",
        "PerpusDesk-0.0.0-windows-x86_64-setup.exe",
    ],
)
def test_what_does_not_install_this_desktop_has_no_limit(name: str) -> None:
    assert not weighing.installs(Path(name))


def test_both_systems_of_a_release_are_weighed() -> None:
    workflow = (ROOT / ".github/workflows/release.yml").read_text("utf-8")
    built = [line for line in workflow.splitlines() if "dev.py build" in line]
    assert sum(line.endswith(" weigh") for line in built) == 2
    assert all("numpy" in line for line in built if " linux " in line or " windows " in line)
