"""Files and functions stay small enough to be read at one sitting, and say what they are for."""

from __future__ import annotations

import ast
from statistics import median

from repository import functions, name, python_files, tree

LONGEST_FILE = 500
USUAL_FILE = 150
LONGEST_FUNCTION = 60


def test_every_module_says_what_it_is_for() -> None:
    assert [name(path) for path in python_files() if not ast.get_docstring(tree(path))] == []


def test_no_file_is_too_long() -> None:
    lines = {name(path): len(path.read_text("utf-8").splitlines()) for path in python_files()}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}
    assert median(lines.values()) <= USUAL_FILE


def _own_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines without those of the functions inside it, which count alone."""
    lines = set(range(function.lineno, (function.end_lineno or 0) + 1))
    for node in ast.walk(function):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node is not function:
            lines -= set(range(node.lineno, (node.end_lineno or 0) + 1))
    return len(lines)


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name(path)}:{function.name}": _own_lines(function)
        for path in python_files()
        for function in functions(path)
    }
    assert {where: count for where, count in lengths.items() if count > LONGEST_FUNCTION} == {}
