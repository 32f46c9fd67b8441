"""The lock holds what the project asks for, by hash, and the environment is what is locked."""

from __future__ import annotations

import ast
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from itertools import chain

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from repository import PRODUCT, ROOT, pyproject, python_files, tree

LOCK = (ROOT / "requirements.lock").read_text("utf-8")


@cache
def _locked() -> dict[str, list[tuple[Requirement, int]]]:
    """Return for each name its pinned requirements with the number of their hashes."""
    found: dict[str, list[tuple[Requirement, int]]] = {}
    for block in re.split(r"\n(?=[a-z0-9])", LOCK, flags=re.IGNORECASE):
        requirement = Requirement(block.splitlines()[0].rstrip("\\ "))
        hashes = len(re.findall(r"--hash=sha256:[0-9a-f]{64}", block))
        found.setdefault(canonicalize_name(requirement.name), []).append((requirement, hashes))
    return found


def _asked() -> list[Requirement]:
    project = pyproject()
    return [
        Requirement(text)
        for text in chain(
            project["build-system"]["requires"],
            project["project"]["dependencies"],
            *project["project"]["optional-dependencies"].values(),
            *project["dependency-groups"].values(),
        )
    ]


def test_all_that_is_asked_for_is_locked_in_a_version_that_fits() -> None:
    unlocked = []
    for asked in _asked():
        pins = _locked().get(canonicalize_name(asked.name), [])
        versions = [next(iter(pin.specifier)).version for pin, _ in pins]
        if not versions or not all(asked.specifier.contains(one) for one in versions):
            unlocked.append(str(asked))
    assert unlocked == []


def test_the_program_imports_only_what_it_asks_for() -> None:
    project = pyproject()["project"]
    asked = chain(project["dependencies"], *project["optional-dependencies"].values())
    own = {"perpusdesk", "perpusdesk_server"}
    allowed = {canonicalize_name(Requirement(text).name) for text in asked}
    allowed |= {"shiboken6"} if "pyside6-essentials" in allowed else set()
    providers = packages_distributions()
    strange = {
        name
        for path in python_files(*PRODUCT)
        for name in _imported(tree(path)) - sys.stdlib_module_names - own
        if not allowed & {canonicalize_name(one) for one in providers.get(name, [])}
    }
    assert strange == set()


def _imported(module: ast.Module) -> set[str]:
    """Return the top names of a module's absolute imports."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_everything_is_pinned_by_hash_and_nothing_by_address() -> None:
    assert [name for name, pins in _locked().items() if not all(count for _, count in pins)] == []
    assert "://" not in LOCK
    assert "--index-url" not in LOCK


def test_the_environment_is_the_locked_one() -> None:
    different = {}
    for name, pins in _locked().items():
        for pin, _ in pins:
            if pin.marker is None or pin.marker.evaluate():
                try:
                    installed = version(name)
                except PackageNotFoundError:
                    installed = "absent"
                if not pin.specifier.contains(installed):
                    different[str(pin)] = installed
    assert different == {}
