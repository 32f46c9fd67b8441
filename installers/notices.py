"""The licence notices of all that is shipped, as one text: ``notices.txt`` among the resources.

``put_into(tree)`` is called when a tree was frozen; ``python3 dev.py build notices`` writes them
anew into all trees that are there. A part without the text of its licence ends the build: then keep
the text in ``installers/licences`` and name it in ``hand-kept.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from installers import system_parts
from installers.contents import INSIDE, LICENCES, Part, UnknownPartsError, parts_of, trees
from installers.version import NAME, ROOT, out, version

PLACE: Final = f"{INSIDE}/perpusdesk/_resources/notices.txt"
INSIDE_OWN: Final = (
    ("DejaVu fonts", "perpusdesk/_resources/fonts", "LICENSE-DejaVu.txt"),
    ("Titles of the demo library", "perpusdesk/_resources/demo", "SOURCE.md"),
    ("htmx", "perpusdesk_server/admin/static", "htmx.LICENSE.txt"),
)
"""Works of others among our own files: name, folder in the tree, file with the licence."""
_COMMON: Final = re.compile(r"/usr/share/common-licenses/([A-Za-z]+-[\d.]*\d)")
_LINE: Final = "=" * 78


def text_of(tree: Path, site: Sequence[str] | None = None, python: str = "") -> str:
    """Return the notices of a frozen tree; ``site`` and ``python`` as ``contents.parts_of``.

    Raises ``UnknownPartsError``.
    """
    parts = [part for part in parts_of(tree, site, python) if part.name != "perpusdesk"]
    silent = [part.name for part in parts if not any(text.is_file() for text in part.texts)]
    if silent:
        raise UnknownPartsError("Without the text of their licence", silent)
    works = [
        (name, folder, tree / INSIDE / folder / file)
        for name, folder, file in INSIDE_OWN
        if (tree / INSIDE / folder).is_dir()
    ]
    head = (LICENCES / "head.txt").read_text("utf-8")
    head = head.format(name=NAME, version=version(), inside=INSIDE)
    listed = [_row(part) for part in parts] + [f"  {name}" for name, _, _ in works]
    texts = [(NAME, (ROOT / "LICENSE").read_text("utf-8"))]
    texts += [(f"{part.name} {part.version}", _words(part.texts)) for part in parts]
    texts += [(name, _words([file])) for name, _, file in works]
    texts += list(_common(text for _, text in texts))
    return "\n".join([head + "\n".join(listed) + "\n", *_sections(texts)])


def debian_copyright(tree: Path) -> str:
    """Return the ``copyright`` of a Debian package: our licence, and where all others stand."""
    list_of_parts = (tree / PLACE).read_text("utf-8").partition(_LINE)[0]
    place = f"/usr/lib/{tree.name}/{PLACE}"
    own = (ROOT / "LICENSE").read_text("utf-8")
    common = " ".join(str(system_parts.COMMON / name) for name in ("LGPL-3", "LGPL-2.1", "GPL-3"))
    return f"{list_of_parts}\n{own}\nAll texts: {place}\nAlso: {common}\n"


def put_into(tree: Path, site: Sequence[str] | None = None, python: str = "") -> Path:
    """Write the notices of a frozen tree into it and return the file."""
    file = tree / PLACE
    file.write_text(text_of(tree, site, python), "utf-8", newline="\n")
    return file


def make() -> list[Path]:
    """Write the notices of all frozen trees that are there."""
    return [
        put_into(tree) for place in sorted((out() / "build").glob("*")) for tree in trees(place)
    ]


def _row(part: Part) -> str:
    origin = " (from Debian)" if part.kind == "deb" else ""
    licence = f": {part.licence}" if part.licence else ""
    return f"  {part.name} {part.version}{origin}{licence}"


def _words(files: Iterable[Path]) -> str:
    return "\n\n".join(file.read_text("utf-8", "replace").strip() for file in files)


def _common(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the licences that Debian's notices point to, which other systems do not have."""
    named = {name for text in texts for name in _COMMON.findall(text)}
    for name in sorted(named):
        kept = LICENCES / f"{name}.txt"
        file = kept if kept.is_file() else system_parts.COMMON / name
        if file.is_file():
            yield f"Text of {name}", _words([file])


def _sections(texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield each text under its name; one that was told before only by a pointer to it."""
    told: dict[str, str] = {}
    for name, text in texts:
        plain = " ".join(text.split())
        if plain in told:
            yield f"{_LINE}\n{name}\n{_LINE}\nThe same text as of {told[plain]}.\n"
        else:
            told[plain] = name
            yield f"{_LINE}\n{name}\n{_LINE}\n{text}\n"
