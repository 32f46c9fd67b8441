"""``perpusdesk demo --headless``: builds or opens the demo library and plays a day in it."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from perpusdesk.app.application import make_application
from perpusdesk.app.demo_play import offscreen, play, quiet_settings
from perpusdesk.app.held_frames import HeldFrames
from perpusdesk.app.program import Program
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.common.i18n import _
from perpusdesk.common.paths import demo_data_folder
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.circulation.visit import close_visit
from perpusdesk.services.demo.demo import ensure_demo
from perpusdesk.services.demo.demo_day import find_props
from perpusdesk.services.set_up import library_name, open_desk
from perpusdesk.services.wording.faults import say_fault
from perpusdesk.storage.library import Library


def play_demo(data: Path | None, language: str | None, out: Path) -> int:
    """Play the day; write pictures, paper and ``summary.json`` to ``out``. Return the exit code."""
    offscreen()
    qInstallMessageHandler(_quiet)
    out.mkdir(parents=True, exist_ok=True)
    try:
        folder = ensure_demo(data or demo_data_folder(), _tell)
        summary = _play(folder, language, out)
    except KnownError as error:
        sys.stderr.write(f"{say_fault(error)}\n")
        return 3
    told = _("{lent} lent, {returned} taken back, {undone} undone. The pictures are in {folder}")
    sys.stderr.write("\n" + told.format(folder=out, **summary) + "\n")
    return 0


def _play(folder: Path, language: str | None, out: Path) -> dict[str, object]:
    app = make_application(quiet_settings(), language)
    desk = open_desk(Library.open(folder, encrypted=True))
    close_visit(desk)
    props = find_props(desk, library_name(desk))
    if props is None:
        raise KnownError(Fault.UNUSABLE_INPUT, cause=_("this demo library is played out"))
    from perpusdesk.printing.label_images import table_photo
    from perpusdesk.scan.pictures import load_picture

    first = out / "frames" / "00-table.png"
    first.parent.mkdir(exist_ok=True)
    first.write_bytes(table_photo(0))
    hand = HeldFrames(load_picture(first), _("Demo frames"))
    settings = SettingsFile(out / "settings.toml")
    program = Program(desk, demo=True, reports=out, settings=settings, make_source=lambda _: hand)
    program.window.show()
    try:
        return play(program, hand, props, out)
    finally:
        program.window.close()
        app.processEvents()
        settings.path.unlink(missing_ok=True)


def _quiet(kind: QtMsgType, _context: object, message: str) -> None:
    """Let Qt's remarks on a window without a screen go by; failures are still told."""
    if kind in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
        sys.stderr.write(message + "\n")


def _tell(done: int, of: int) -> None:
    if sys.stderr.isatty() and of:
        sys.stderr.write(f"\r{done * 100 // of:3d} %")
        sys.stderr.flush()
