"""The Windows program, frozen under Wine with the specification of releases."""

from __future__ import annotations

import platform
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Final

from installers import freezing, notices, trimming
from installers.version import moment
from installers.windows import freeze as released
from installers.windows.rehearsal import cross, interpreter
from installers.windows.rehearsal.places import seen_by_wine, stage
from installers.windows.rehearsal.wine import Wine

PATIENCE_S: Final = 1500


def frozen(wine: Wine) -> Path:
    """Freeze the program in the prefix ``wine`` and return its folder; the log lies beside it."""
    folder = stage() / "build"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    before = _sources()
    builder = replace(wine, more={**wine.more, **_environment(cross.numpy(interpreter.make()))})
    done = builder.run(
        "wine", str(interpreter.make()), "-m", "PyInstaller", "--noconfirm", "--clean",
        "--log-level=INFO", f"--distpath={seen_by_wine(folder)}",
        f"--workpath={seen_by_wine(folder / 'work')}", seen_by_wine(released.SPEC),
        timeout=PATIENCE_S, good=None,
    )  # fmt: skip
    (folder / "freeze.log").write_text(done.stdout, "utf-8")
    if done.returncode != 0:
        raise freezing.BuildError(f"PyInstaller failed; its last words:\n{done.stdout[-2500:]}")
    if _sources() != before:
        raise freezing.BuildError("the sources changed while they were frozen: freeze again")
    tree = released.finished(folder / released.TREE)
    notices.put_into(tree, [str(interpreter.packages())], platform.python_version())
    return tree


def _sources() -> list[tuple[str, int]]:
    """Return each module of the program with its time: what is listed first and read later."""
    return sorted((str(path), path.stat().st_mtime_ns) for path in trimming.PACKAGE.rglob("*.py"))


def _environment(numpy: Path) -> dict[str, str]:
    return {
        "PYTHONPATH": interpreter.search_path(numpy),
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYINSTALLER_CONFIG_DIR": seen_by_wine(stage() / "pyinstaller"),
        "SOURCE_DATE_EPOCH": str(moment()),
    }
