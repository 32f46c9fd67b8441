"""What the house tests look at: the repository's files and the syntax trees of its Python."""

from __future__ import annotations

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "resources" / "locale" / "id" / "LC_MESSAGES"
PRODUCT = ("src", "sync")


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is, or would be, under version control."""
    listing = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    try:
        listed = subprocess.run(listing, cwd=ROOT, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return tuple(_walked())
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def _walked() -> Iterator[Path]:
    """Yield the files of a downloaded copy, which has no version control."""
    made = {line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split()}
    for top in ROOT.iterdir():
        if top.name not in made | {".git"}:
            for path in (top, *top.rglob("*")):
                if path.is_file() and "__pycache__" not in path.parts:
                    yield path


def python_files(*folders: str) -> tuple[Path, ...]:
    """Return the Python files of the whole repository, or of some of its top folders."""
    python = (path for path in files() if path.suffix == ".py")
    return tuple(path for path in python if not folders or name(path).split("/")[0] in folders)


def name(path: Path) -> str:
    """Return how a message calls a file."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file."""
    return ast.parse(path.read_text("utf-8"), filename=name(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@cache
def pyproject() -> dict[str, Any]:
    """Return the project file."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
