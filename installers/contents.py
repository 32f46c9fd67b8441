"""What is inside a frozen tree: every part with its version, its licence and its files.

It is read from the tree itself: the modules of its archive, the files beside it. A file or module
of unknown origin is an error, so nothing is shipped that nobody answers for.
"""

from __future__ import annotations

import platform
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.message import Message
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution, distributions
from pathlib import Path
from typing import Any, Final, cast

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PyInstaller.archive.readers import CArchiveReader

from installers import system_parts
from installers.freezing import BuildError
from installers.version import ROOT

LICENCES: Final = Path(__file__).parent / "licences"
INSIDE: Final = "_internal"
_STARTER: Final = "pyinstaller"
"""Its small program starts every frozen one."""
OWN: Final = ("perpusdesk", "perpusdesk_server")
_TEXT: Final = re.compile(r"(licen[cs]e|copying|notice|authors|patents)", re.IGNORECASE)
_PYTHON: Final = re.compile(
    r"base_library\.zip|lib-dynload/|python3[.\d]*/lib-dynload/|libpython3|python3\d*\.dll"
    r"|(libcrypto|libssl|libffi|sqlite3|zlib1|vcruntime|msvcp140|ucrtbase|api-ms-win)[^/]*\.dll"
    r"|[a-z_0-9]+\.pyd$",
    re.IGNORECASE,
)


class UnknownPartsError(BuildError):
    """Things in a tree that belong to no known part, or parts without the text of their licence."""

    def __init__(self, what: str, names: Iterable[str]) -> None:
        self.names = sorted(names)
        super().__init__(f"{what}: {', '.join(self.names)}")


@dataclass(frozen=True, slots=True)
class Part:
    """One part: ``kind`` is ``python``, ``pypi`` or ``deb``; ``files`` lie in the tree."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[Path, ...]
    files: tuple[Path, ...] = ()
    bill: tuple[Path, ...] = ()
    """What a package says itself of the native libraries that it carries (CycloneDX)."""


def parts_of(tree: Path, site: Sequence[str] | None = None, python: str = "") -> list[Part]:
    """Return all parts of a frozen tree, sorted by name.

    ``site`` and ``python`` are the folders and the version of the Python that was frozen, where it
    is not this one. Raises ``UnknownPartsError``.
    """
    owners = _Owners(list(distributions(path=list(site)))) if site else _environment()
    files: dict[str, list[Path]] = {_STARTER: []}
    strange: list[str] = []
    for module in _modules(tree):
        owner = owners.of_module(module)
        files.setdefault(owner, []) if owner else strange.append(module)
    loose: list[Path] = []
    for file in _files(tree):
        place = _place(file, tree)
        if place.startswith(tuple(f"{own}/" for own in OWN)):
            continue  # ours, though an installation for developing lists some of them too
        owner = owners.of_file(place)
        if owner:
            files.setdefault(owner, []).append(file)
        elif file.parent != tree:
            loose.append(file)
    debian, unknown = system_parts.owners(loose)
    strange += [_place(file, tree) for file in unknown]
    if strange:
        raise UnknownPartsError("Of unknown origin", strange)
    own = [
        _described(owners.known[name], held) for name, held in files.items() if name in owners.known
    ]
    python_files = tuple(sorted(files.get("python", [])))
    rest = [
        Part("deb", one.name, one.version, one.licence, (one.text,), one.files) for one in debian
    ]
    version = python or platform.python_version()
    text = (system_parts.python_licence(),)
    return [
        Part("python", "Python", version, "PSF-2.0", text, python_files),
        *sorted([*own, *rest], key=lambda part: (part.name.lower(), part.kind)),
    ]


def trees(folder: Path) -> list[Path]:
    """Return the frozen trees below a folder of builds."""
    return sorted(one.parent for one in folder.glob(f"*/{INSIDE}") if one.is_dir())


class _Owners:
    """Which package a module or a file came from, by what packages say they installed."""

    def __init__(self, installed: list[Distribution]) -> None:
        self.known = {str(canonicalize_name(one.name)): one for one in installed}
        self.known.setdefault(_STARTER, distribution(_STARTER))
        self._files = {
            str(file).lower(): name
            for name, one in self.known.items()
            for file in one.files or ()
        }  # fmt: skip
        self._folders = {Path(file).parent.as_posix() for file in self._files}

    def of_module(self, module: str) -> str:
        path = module.replace(".", "/").lower()
        for file in (f"{path}.py", f"{path}/__init__.py"):
            if file in self._files:
                return self._files[file]
        top = module.partition(".")[0]
        if top.startswith(("_pyi", "pyi")):
            return _STARTER
        if top in OWN or top in sys.stdlib_module_names or top.startswith("_sysconfigdata"):
            return "python"
        # A folder that several packages share (a namespace) is of none of them.
        shared = any(folder == path or folder.startswith(f"{path}/") for folder in self._folders)
        return "python" if shared else ""

    def of_file(self, place: str) -> str:
        if found := self._files.get(place.lower(), ""):
            return found
        top = place.partition("/")[0]
        if top.endswith(".dist-info"):
            return str(canonicalize_name(top.removesuffix(".dist-info").rpartition("-")[0]))
        return "python" if _PYTHON.match(place) else ""


@cache
def _environment() -> _Owners:
    return _Owners(list(distributions()))


def _modules(tree: Path) -> set[str]:
    found: set[str] = set()
    for program in tree.iterdir():
        if not program.is_file():
            continue
        try:
            archive = CArchiveReader(str(program))
        except Exception:  # PyInstaller tells by a bare Exception class of its own that it is none
            continue
        for name, entry in archive.toc.items():
            if entry[-1] == "z":
                found |= set(archive.open_embedded_archive(name).toc)
    if not found:
        raise UnknownPartsError("No frozen program", [str(tree)])
    return found


def _files(tree: Path) -> list[Path]:
    return sorted(file for file in tree.rglob("*") if file.is_file() and not file.is_symlink())


def _place(file: Path, tree: Path) -> str:
    return file.relative_to(tree).as_posix().removeprefix(f"{INSIDE}/")


@cache
def hand_kept() -> dict[str, dict[str, Any]]:
    """Return what is kept by hand of packages' licences, by their names."""
    table = tomllib.loads((LICENCES / "hand-kept.toml").read_text("utf-8"))
    return {canonicalize_name(name): entry for name, entry in table.items()}


def _described(one: Distribution, held: list[Path]) -> Part:
    name = canonicalize_name(one.name)
    kept = hand_kept().get(name, {})
    listed = [file for file in one.files or () if file.parts[0].endswith(".dist-info")]
    own = [
        file
        for file in listed
        if _TEXT.search(file.name) or (len(file.parts) > 2 and file.parts[1] == "licenses")
    ]
    texts = [Path(str(one.locate_file(file))) for file in own]
    texts += [LICENCES / text for text in kept.get("texts", ())]
    bills = [Path(str(one.locate_file(file))) for file in listed if "sboms" in file.parts]
    licence = str(kept.get("licence") or _licence(one))
    return Part(
        "pypi",
        one.name,
        one.version,
        licence,
        tuple(text for text in texts if text.is_file()),
        tuple(sorted(held)),
        tuple(sorted(bills)),
    )


def _licence(one: Distribution) -> str:
    """Return what a package says its licence is, in short; nothing where it does not say it."""
    told = cast("Message", one.metadata)
    for field in ("License-Expression", "License"):
        text = str(told.get(field) or "")
        if text and text != "UNKNOWN" and "\n" not in text:
            return text
    named = [one for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    return named[0].rpartition(" :: ")[2] if named else ""


def asked_for(*extras: str) -> set[str]:
    """Return the names of all packages that the project asks for with ``extras``, and theirs."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = list(project["dependencies"])
    asked += [text for extra in extras for text in project["optional-dependencies"][extra]]
    waiting = [(need, one) for need in map(Requirement, asked) for one in ("", *need.extras)]
    found: dict[tuple[str, str], None] = {}
    while waiting:
        need, extra = waiting.pop()
        name = str(canonicalize_name(need.name))
        if (name, extra) not in found:
            found[name, extra] = None
            waiting += _needs(name, extra)
    return {name for name, _ in found} | {"perpusdesk", _STARTER}


def _needs(name: str, extra: str) -> Iterator[tuple[Requirement, str]]:
    try:
        told = distribution(name).requires or []
    except PackageNotFoundError:  # it is for another system
        return
    for need in map(Requirement, told):
        if need.marker is None or need.marker.evaluate({"extra": extra}):
            yield from ((need, one) for one in ("", *need.extras))


def strangers(parts: Iterable[Part], *extras: str) -> list[str]:
    """Return the packages in a tree that nothing asks for: they came from the workshop."""
    names = {str(canonicalize_name(part.name)) for part in parts if part.kind == "pypi"}
    return sorted(names - asked_for(*extras))
