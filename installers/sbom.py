"""The bill of materials of each frozen tree (CycloneDX): ``python3 dev.py build sbom``.

Everything that ``contents`` finds is a component: its version, its licence, the hashes that the
lock allows for it, and inside it the native libraries with their own hashes. What a package says
itself of the libraries in it (its own bill) is taken over. The same tree gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid5

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.exception import MissingOptionalDependencyException
from cyclonedx.model import (
    ExternalReference,
    ExternalReferenceType,
    HashAlgorithm,
    HashType,
    Property,
    XsUri,
)
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseAcknowledgement
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL
from packaging.utils import canonicalize_name

from installers.contents import INSIDE, Part, parts_of, trees
from installers.version import NAME, ROOT, moment, out, packages, version
from perpusdesk.protocol.update import read_keys

_SPACE: Final = UUID("5b7c0d0e-8f1a-5c3e-9a55-6d1f0a3f4b21")
_SCHEMA: Final = SchemaVersion.V1_6
_NATIVE: Final = re.compile(r"\.(so(\.[\d.]+)?|dll|pyd)$", re.IGNORECASE)
_LOCKED: Final = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?:\s|\\|$)")
_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def make() -> list[Path]:
    """Write the bill of each frozen tree that is there, and return the files."""
    made = []
    for place in sorted((out() / "build").glob("*")):
        for tree in trees(place):
            on_windows = place.name == "server" and os.name == "nt"
            system = "server-windows" if on_windows else place.name
            file = packages() / f"perpusdesk-{version()}-{system}.cdx.json"
            file.write_text(bill_of(tree, system), "utf-8", newline="\n")
            made.append(file)
    return made


def bill_of(tree: Path, system: str, parts: list[Part] | None = None) -> str:
    """Return the bill of a tree, valid by the schema; ``system`` is such as ``linux``.

    Raises ``UnknownPartsError``, and ``ValueError`` for what CycloneDX does not allow.
    """
    found = parts_of(tree) if parts is None else parts
    bom = Bom(version=1)
    bom.metadata.timestamp = datetime.fromtimestamp(moment(), UTC)
    root = Component(
        type=ComponentType.APPLICATION,
        name=f"{NAME}-{system}",
        version=version(),
        bom_ref="perpusdesk",
        licenses=[LicenseFactory().make_with_expression("MIT")],
        properties=_publishers(),
    )
    bom.metadata.component = root
    locked = locked_hashes((ROOT / "requirements.lock").read_text("utf-8"))
    for part in found:
        if part.name != "perpusdesk":
            component = _component(part, tree, locked)
            bom.components.add(component)
            bom.register_dependency(root, [component])
    facts = json.dumps(sorted(_facts(bom.components)))
    bom.serial_number = uuid5(_SPACE, f"{NAME} {version()} {system} {facts}")
    written = make_outputter(bom, OutputFormat.JSON, _SCHEMA).output_as_string(indent=2)
    _prove(written)
    return written + "\n"


def locked_hashes(lock: str) -> dict[tuple[str, str], list[str]]:
    """Return the SHA-256 of all files that the lock allows, by name and version."""
    found: dict[tuple[str, str], list[str]] = {}
    current: list[str] = []
    for line in lock.splitlines():
        if head := _LOCKED.match(line):
            current = found.setdefault((str(canonicalize_name(head[1])), head[2]), [])
        current += _HASH.findall(line)
    return found


def _component(part: Part, tree: Path, locked: dict[tuple[str, str], list[str]]) -> Component:
    name = str(canonicalize_name(part.name)) if part.kind == "pypi" else part.name
    kinds = {
        "pypi": PackageURL("pypi", None, name, part.version),
        "deb": PackageURL("deb", "debian", name, part.version),
        "python": PackageURL("generic", None, "cpython", part.version),
    }
    url = kinds[part.kind]
    made = Component(
        type=ComponentType.LIBRARY,
        name=part.name,
        version=part.version,
        purl=url,
        bom_ref=str(url),
        licenses=[_licence(part.licence)] if part.licence else [],
    )
    if hashes := locked.get((name, part.version)):
        of_files = [HashType(alg=HashAlgorithm.SHA_256, content=one) for one in sorted(hashes)]
        kind = ExternalReferenceType.DISTRIBUTION
        words = "the files that requirements.lock allows"
        reference = ExternalReference(
            type=kind, url=XsUri(str(url)), hashes=of_files, comment=words
        )
        made.external_references.add(reference)
    for inside in (*_natives(part, tree), *_told(part)):
        made.components.add(inside)
    return made


def _licence(words: str) -> Any:
    return LicenseFactory().make_from_string(
        words, license_acknowledgement=LicenseAcknowledgement.DECLARED
    )


def _natives(part: Part, tree: Path) -> Iterator[Component]:
    """Yield the native libraries of a part as files of the tree with their hashes."""
    for file in part.files:
        if _NATIVE.search(file.name):
            place = file.relative_to(tree).as_posix().removeprefix(f"{INSIDE}/")
            total = hashlib.sha256(file.read_bytes()).hexdigest()
            yield Component(
                type=ComponentType.FILE,
                name=place,
                bom_ref=f"file:{place}",
                hashes=[HashType(alg=HashAlgorithm.SHA_256, content=total)],
            )


def _told(part: Part) -> Iterator[Component]:
    """Yield what a package's own bill names: the libraries that were built into it."""
    seen: set[str] = set()
    for bill in part.bill:
        for one in json.loads(bill.read_text("utf-8")).get("components", []):
            url = str(one.get("purl") or "")
            name = str(canonicalize_name(str(one.get("name") or "")))
            if not url or url in seen or name == canonicalize_name(part.name):
                continue
            seen.add(url)
            yield Component(
                type=ComponentType.LIBRARY,
                name=str(one["name"]),
                version=str(one.get("version") or "") or None,
                purl=PackageURL.from_string(url),
                bom_ref=f"{part.name}:{url}",
            )


def _publishers() -> list[Property]:
    """Return whose updates this program takes: tells a place-holder's build from a release."""
    text = (ROOT / "resources" / "publisher.keys").read_text("utf-8")
    return [Property(name="perpusdesk:publisher", value=key.hex()) for key in read_keys(text)]


def _facts(components: Iterable[Component]) -> Iterator[str]:
    for one in components:
        hashes = ",".join(sorted(hash_.content for hash_ in one.hashes))
        yield f"{one.name} {one.version} {hashes}"
        yield from _facts(one.components)


def _prove(written: str) -> None:
    try:
        wrong = JsonStrictValidator(_SCHEMA).validate_str(written)
    except MissingOptionalDependencyException as error:
        raise ValueError("the schema cannot be checked here") from error
    if wrong is not None:
        raise ValueError(f"no valid CycloneDX: {wrong}")
