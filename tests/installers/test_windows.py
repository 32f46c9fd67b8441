"""The Windows packages' pure parts: names, versions, texts in both languages, what goes in."""

from __future__ import annotations

import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from installers import freezing, icon
from installers.version import ROOT
from installers.windows import freeze, portable, resource, setup, wheels

FOLDER = ROOT / "installers" / "windows"
WORD = re.compile(r'^\$\{WORD\} (\w+) "(.+)"$', re.MULTILINE)
USED = re.compile(r"\$\((\w+)\)")


def script_of_all() -> str:
    return "".join(file.read_text("utf-8") for file in sorted(FOLDER.glob("*.ns[ih]")))


def words(language: str) -> dict[str, str]:
    return dict(WORD.findall((FOLDER / "texts" / f"{language}.nsh").read_text("utf-8")))


def test_the_installer_says_everything_in_both_languages() -> None:
    script = script_of_all()
    assert set(words("id")) == set(words("en")) == set(USED.findall(script))


def test_both_languages_name_the_same_things() -> None:
    english = words("en")
    for name, text in words("id").items():
        assert set(re.findall(r"\$\{\w+\}", text)) == set(re.findall(r"\$\{\w+\}", english[name]))


def test_the_installer_never_names_the_data_folder_but_to_delete_it_when_told() -> None:
    script = script_of_all()
    lines = [line.strip() for line in script.splitlines() if "${DATA}" in line]
    assert lines == ['RMDir /r "${DATA}"']
    before = script.partition(lines[0])[0].rstrip().splitlines()[-1]
    assert before.strip() == '${If} $DeleteData == "1"'


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.2.3", (1, 2, 3, 0)),
        ("0.10", (0, 10, 0, 0)),
        ("2.0.0rc1", (2, 0, 0, 0)),
        ("1.2.3.4.5", (1, 2, 3, 4)),
        ("main", (0, 0, 0, 0)),
    ],
)
def test_windows_knows_versions_as_four_numbers(
    text: str, numbers: tuple[int, int, int, int]
) -> None:
    assert resource.four_numbers(text) == numbers


@settings(max_examples=40)
@given(
    st.tuples(*[st.integers(0, 99)] * 3),
    st.tuples(*[st.integers(0, 99)] * 3),
)
def test_four_numbers_keep_the_order_of_versions(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    numbers = [resource.four_numbers(".".join(map(str, it))) for it in (one, other)]
    assert (numbers[0] < numbers[1]) == (one < other)


def test_the_installer_is_told_the_room_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(setup.SIGN, raising=False)
    (tmp_path / "PerpusDesk.exe").write_bytes(b"x" * 3_000_000)
    told = setup.definitions(setup.Setup(tmp_path, tmp_path / "it.exe", "1.2"), tmp_path / "side")
    assert told["PAYLOAD_MB"] == str(3 + setup.ROOM_MB)
    assert told["NUMBERS"] == "1.2.0.0"
    assert "SIGN" not in told
    assert "QUICK" not in told


def test_a_signing_command_signs_the_file_that_is_named_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "program"
    file.write_text("x")
    monkeypatch.delenv(setup.SIGN, raising=False)
    assert not setup.sign(file)
    monkeypatch.setenv(setup.SIGN, f"cp {file}")
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "signed"
    assert setup.sign(target)
    assert target.read_text() == "x"


def test_the_zip_is_one_folder_with_the_mark_and_the_same_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    tree = tmp_path / "tree"
    (tree / "_internal").mkdir(parents=True)
    (tree / "PerpusDesk.exe").write_bytes(b"program")
    (tree / "_internal" / "part.dll").write_bytes(b"part")
    first = portable.zipped(tree, tmp_path / "1.zip").read_bytes()
    assert portable.zipped(tree, tmp_path / "2.zip").read_bytes() == first
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        names = archive.namelist()
        assert all(name.startswith("PerpusDesk/") for name in names)
        assert {"PerpusDesk/portable.txt", "PerpusDesk/BACA-DULU.txt"} < set(names)
        assert archive.read("PerpusDesk/_internal/part.dll") == b"part"
        guide = archive.read("PerpusDesk/BACA-DULU.txt")
    assert guide.startswith(b"\xef\xbb\xbf")
    assert guide.count(b"\r\n") == guide.count(b"\n")


def test_what_stays_out_is_not_what_must_be_in() -> None:
    places = [f"_internal/{part}" for part in freeze.WANTED]
    assert all(freeze.stays(place) for place in places)
    assert not freeze.stays("_internal\\PIL\\_avif.cp311-win_amd64.pyd")
    assert freeze.needed("pygments.lexer")
    assert not freeze.needed("pygments.lexers.python")
    assert not freeze.needed("pygments.styles.monokai")
    assert freeze.needed("pygments.styles.default")


def test_a_tree_gets_its_console_twin_and_is_looked_at(
    tmp_path: Path,
) -> None:
    for name in ("PerpusDesk.exe", "PerpusDesk-console.exe", "PerpusDesk-console.pkg"):
        (tmp_path / name).write_text(name)
    with pytest.raises(freezing.BuildError, match=r"libzbar-64\.dll"):
        freeze.finished(tmp_path)
    assert (tmp_path / "PerpusDesk.com").read_text() == "PerpusDesk-console.exe"
    assert not (tmp_path / "PerpusDesk-console.pkg").exists()


def test_wheels_of_another_system_are_seen(tmp_path: Path) -> None:
    for name in ("pefile.py", "win32ctypes", "colorama", "part.pyd"):
        (tmp_path / name).write_text("")
    assert wheels.examine(tmp_path) == 1
    (tmp_path / "part.cpython-311-x86_64-linux-gnu.so").write_text("")
    with pytest.raises(wheels.WrongWheelsError, match="another system"):
        wheels.examine(tmp_path)


def test_wheels_weighed_for_another_system_are_seen(tmp_path: Path) -> None:
    (tmp_path / "colorama").mkdir()
    with pytest.raises(wheels.WrongWheelsError, match="pefile, win32ctypes"):
        wheels.examine(tmp_path)


def test_the_icon_that_is_kept_has_the_sizes_that_windows_asks_for() -> None:
    content = icon.ICO.read_bytes()
    _, kind, count = icon.HEAD.unpack_from(content)
    found = [
        icon.ENTRY.unpack_from(content, icon.HEAD.size + i * icon.ENTRY.size) for i in range(count)
    ]
    assert kind == 1
    assert [entry[0] or 256 for entry in found] == list(icon.ICO_SIZES)
    packed = content[found[-1][7] : found[-1][7] + 8]
    assert packed == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack_from("<I", content, found[0][7]) == (40,)
