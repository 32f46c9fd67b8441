"""What a Linux desktop is told of the program: menu entry, icons, file types, manual page."""

from __future__ import annotations

import gzip
import io
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from installers import icon
from installers.version import moment, version

PARTS: Final = Path(__file__).parent / "share"
DESKTOP: Final = "applications/perpusdesk.desktop"
METAINFO: Final = "metainfo/org.perpusdesk.PerpusDesk.metainfo.xml"
MIME: Final = "mime/packages/perpusdesk.xml"
MANUAL_PAGE: Final = "man/man1/perpusdesk.1.gz"
ICON_SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256)


def lay_out(share: Path) -> None:
    """Write all of it below ``share`` (``/usr/share`` or ``~/.local/share``)."""
    _write(share / DESKTOP, _part("perpusdesk.desktop"))
    _write(share / METAINFO, _part("org.perpusdesk.PerpusDesk.metainfo.xml"))
    _write(share / MIME, _part("perpusdesk-mime.xml"))
    _write(share / MANUAL_PAGE, gzip.compress(manual_page().encode(), 9, mtime=0))
    icons = share / "icons/hicolor"
    for size in ICON_SIZES:
        drawn = io.BytesIO()
        icon.picture(size).save(drawn, format="PNG", optimize=True)
        _write(icons / f"{size}x{size}/apps/perpusdesk.png", drawn.getvalue())
    _write(icons / "scalable/apps/perpusdesk.svg", icon.drawing(max(ICON_SIZES)).read_bytes())


def manual_page() -> str:
    """Return the manual page in English; the command line itself says which commands there are."""
    page = _part("perpusdesk.1").decode()
    return page.replace("@COMMANDS@", "\n".join(_entry(*one) for one in commands()))


def commands() -> list[tuple[str, str]]:
    """Return the names of all commands, each with one English sentence."""
    from typer.main import get_command

    from perpusdesk.cli.context import Context
    from perpusdesk.cli.main import Desktop, build
    from perpusdesk.common.i18n import DEFAULT_LANGUAGE, set_language

    windows = Desktop(lambda *_: 0, lambda *_: 0, lambda *_: {}, lambda *_: 0)  # only asked for
    set_language("en")
    try:
        group: Any = get_command(build(Context(), windows, None))
        found = group.commands
        return [(name, one.get_short_help_str(200)) for name, one in found.items()]
    finally:
        set_language(DEFAULT_LANGUAGE)


def _entry(name: str, meaning: str) -> str:
    words = meaning.replace("\\", "\\e").replace("-", "\\-")
    return f".TP\n.B {name}\n{words}"


def _part(name: str) -> bytes:
    """Return a part with the version and the day of this build."""
    text = (PARTS / name).read_text("utf-8")
    day = datetime.fromtimestamp(moment(), UTC).date().isoformat()
    return text.replace("@VERSION@", version()).replace("@DATE@", day).encode()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def same_time(root: Path) -> None:
    """Give everything below ``root`` the time of the commit."""
    for path in (root, *root.rglob("*")):
        os.utime(path, (moment(), moment()), follow_symlinks=False)


def same_modes(root: Path, *programs: Path) -> None:
    """Give all files the modes of system files, whatever the umask was; ``programs`` can be run."""
    root.chmod(0o755)
    for path in root.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path in programs else 0o644)
