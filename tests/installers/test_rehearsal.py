"""The rehearsal's own parts: what it writes down, what it looks for, what it is built from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from installers.windows.rehearsal import cross, exports, places, record, shims


def test_a_record_says_what_it_is_and_stops_at_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    played: list[str] = []
    it = record.Record(tmp_path)
    it.play("one", lambda: "fine")
    it.play("two", lambda: record.expect(False, "the sky is green"))
    it.play("three", lambda: played.append("three"))
    assert it.close() == 1
    assert not played
    told = json.loads((tmp_path / "log.json").read_text("utf-8"))
    assert not told["passed"]
    assert [(step["name"], step["ok"]) for step in told["steps"]] == [("one", True), ("two", False)]
    text = (tmp_path / "log.txt").read_text("utf-8")
    assert "Not for distribution" in text.splitlines()[0]
    assert "not kept: the sky is green" in text
    assert all(what in text for what in record.CANNOT_SHOW)
    assert "fine" in capsys.readouterr().out


def test_a_record_without_failure_is_good(tmp_path: Path) -> None:
    it = record.Record(tmp_path)
    it.play("one", lambda: None)
    assert it.close() == 0
    assert json.loads((tmp_path / "log.json").read_text("utf-8"))["passed"]


def test_stand_ins_are_found_by_name_and_by_content(tmp_path: Path) -> None:
    system, payload = tmp_path / "system", tmp_path / "payload"
    system.mkdir()
    (payload / "_internal").mkdir(parents=True)
    shim = system / "icuuc.dll"
    shim.write_bytes(b"stand-in")
    (payload / "_internal" / "Qt6Core.dll").write_bytes(b"real")
    assert shims.strangers(payload, [shim]) == []
    (payload / "_internal" / "ICUUC.dll").write_bytes(b"other")
    (payload / "renamed.dll").write_bytes(b"stand-in")
    assert shims.strangers(payload, [shim]) == ["_internal/ICUUC.dll", "renamed.dll"]


def test_the_shim_of_the_c_runtime_has_every_function_in_three_widths() -> None:
    names = shims.complex_names()
    assert len(names) == 63
    assert names["csqrtf"] == "shim_csqrtf"
    assert {
        f"{name}{kind}" for name in ("cpow", "crealf"[:-1], "cexp") for kind in ("", "f", "l")
    } < (set(names))


def test_calls_are_handed_on_but_for_its_own() -> None:
    text = exports.forwarding("a.dll", "b", ["open", "csqrt"], {"csqrt": "shim_csqrt"})
    assert text.splitlines() == [
        "LIBRARY a.dll",
        "EXPORTS",
        '"csqrt"="shim_csqrt"',
        '"open"="b.open"',
    ]


def test_what_a_library_offers_is_read_from_what_objdump_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = (
        "The Import Tables\n\tDLL Name: icuuc.dll\n\tvma:  Hint/Ord Member-Name Bound-To\n"
        "\t9b0000\t  263  ucnv_open\n\t9b000c\t  225  ucnv_close\n\n"
        "\tDLL Name: KERNEL32.dll\n\tvma:  Hint/Ord Member-Name Bound-To\n"
        "\t9b0010\t    1  Sleep\n\n"
        "[Ordinal/Name Pointer] Table\n\t[   0] one\n\t[   1] +base[   2]  0001 two\n\nThe rest\n"
    )
    monkeypatch.setattr(exports, "_told", lambda _library: told)
    assert exports.exported(Path("it.dll")) == ["one", "two"]
    assert exports.imported(Path("it.dll"), "ICUUC.dll") == {"ucnv_open", "ucnv_close"}
    assert exports.imported(Path("it.dll"), "other.dll") == set()


def test_paths_are_told_as_wine_sees_them(tmp_path: Path) -> None:
    assert places.seen_by_wine(tmp_path / "a b").endswith("\\a b")
    assert places.seen_by_wine(tmp_path).startswith("Z:\\")


def posing(folder: Path, script: str, text: str) -> Any:
    """Run a script by the Python that poses as the one on Windows; return what it tells."""
    file = folder / script
    file.write_text(text)
    command = [sys.executable, str(cross.POSING), "/headers", str(file), "word"]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def test_a_build_is_told_of_the_python_that_it_is_for(tmp_path: Path) -> None:
    asks = """import json, sys
print(json.dumps({"platform": sys.platform, "version": "3", "paths": {"include": "/here"},
    "variables": {"INCLUDEPY": "/here", "prefix": "/usr"}}))"""
    told = posing(tmp_path, "python_info.py", asks)
    assert told["platform"] == "win-amd64"
    assert told["suffix"].endswith("-win_amd64.pyd")
    assert told["version"] == "3"
    assert told["paths"]["include"] == told["variables"]["INCLUDEPY"] == "/headers"
    assert told["variables"]["prefix"] == "/usr"


def test_every_other_script_of_a_build_runs_as_it_is(tmp_path: Path) -> None:
    runs = "import json, sys; print(json.dumps(sys.argv[1:]))"
    assert posing(tmp_path, "generate.py", runs) == ["word"]
