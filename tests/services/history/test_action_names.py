"""Every verb that a service writes has a name that people read, in both languages."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from perpusdesk import services
from perpusdesk.common.i18n import set_language
from perpusdesk.services.circulation.money import MoneyKind
from perpusdesk.services.wording.actions import action_name

FOLDER = Path(services.__file__).parent
KIND = "kind.value"
"""Money is booked under the name of its kind."""
DOORS = ("desk.py", "kiosk_desk.py")
"""Who hands every verb on."""


def verbs_in(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Yield what is given to ``desk.action(...)`` and ``Action(...)``, with the line."""
    names = _imported(module) | _assigned(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and _begins_action(node.func) and node.args:
            for verb in _values(node.args[0], names):
                yield verb, node.lineno


def _begins_action(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr == "action"
    return isinstance(function, ast.Name) and function.id == "Action"


def _imported(module: ast.Module) -> dict[str, ast.expr]:
    """Return the values of texts that a module takes from others of the program."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("perpusdesk."):
            for one in node.names:
                value = getattr(importlib.import_module(node.module or ""), one.name, None)
                if isinstance(value, str):
                    found[one.asname or one.name] = ast.Constant(value)
    return found


def _assigned(module: ast.Module) -> dict[str, ast.expr]:
    """Return the last value given to each plain name anywhere in a module."""
    found = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
    return found


def _values(node: ast.expr, names: dict[str, ast.expr]) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return _values(node.body, names) + _values(node.orelse, names)
    if isinstance(node, ast.Name) and node.id in names:
        return _values(names[node.id], names)
    if ast.unparse(node) == KIND:
        return [kind.value for kind in MoneyKind]
    return [f"?{ast.unparse(node)}"]


def written() -> dict[str, str]:
    """Return every verb in services, with a place where it is written."""
    found = {}
    for file in sorted(FOLDER.rglob("*.py")):
        for verb, line in verbs_in(ast.parse(file.read_text("utf-8"))):
            if not (file.name in DOORS and verb == "?verb"):
                found[verb] = f"{file.name}:{line}"
    return found


def test_the_search_finds_verbs_of_all_shapes() -> None:
    """By name, by choice, by a local name, by the kind of money."""
    found = written()
    assert {"lend", "lend_backdated", "claim_returned", "payment", "expire_holds"} <= set(found)
    assert len(found) > 30


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_verb_has_a_name(language: str) -> None:
    set_language(language)
    nameless = {
        verb: place for verb, place in written().items() if action_name(verb) == _bare(verb)
    }
    assert not nameless


def test_the_names_are_translated() -> None:
    found = written()
    set_language("en")
    english = {verb: action_name(verb) for verb in found}
    set_language("id")
    assert not [verb for verb in found if action_name(verb) == english[verb]]


def _bare(verb: str) -> str:
    return verb.replace("_", " ")
