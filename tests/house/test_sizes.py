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


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name(path)}:{function.name}": (function.end_lineno or 0) - function.lineno + 1
        for path in python_files()
        for function in functions(path)
    }
    assert {where: count for where, count in lengths.items() if count > LONGEST_FUNCTION} == {}
