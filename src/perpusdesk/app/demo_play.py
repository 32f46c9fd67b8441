"""A desk day played through the real window without a screen: frames in, pictures and paper out."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from perpusdesk.app.demo_visitors import count_one, show_dashboard, visitors_papers
from perpusdesk.app.held_frames import HeldFrames
from perpusdesk.app.program import Program
from perpusdesk.common.settings import Settings
from perpusdesk.scan.pictures import load_picture
from perpusdesk.scan.types import Picture
from perpusdesk.services.circulation.turn import Outcome, Turn
from perpusdesk.services.demo.demo_day import Prop, Props
from perpusdesk.ui.kit import theme

_PATIENCE_MS: Final = 30_000


class DemoPlay:
    """Holds frames before the camera, waits for the answer, takes pictures of the window."""

    def __init__(self, program: Program, hand: HeldFrames, out: Path) -> None:
        self._program, self._hand, self._out = program, hand, out
        self._frames = out / "frames"
        self._frames.mkdir(parents=True, exist_ok=True)
        self.scans: list[dict[str, Any]] = []
        self.screenshots: list[str] = []
        self.files: list[str] = []
        self._made = 0

    def table(self) -> Picture:
        """Take the book away: an empty table before the camera."""
        return self._frame("table", None)

    def hold(self, prop: Prop) -> Turn:
        """Hold a label before the camera until the window has answered."""
        frame = self._name_of_frame(prop.code)
        picture = self._frame(prop.code, prop)
        turn = self._answer(lambda: self._hand.hold(picture))
        self._hand.hold(self.table())
        self.scans.append(
            {
                "frame": f"frames/{frame}",
                "text": prop.code,
                "outcome": turn.outcome.value,
                "title": turn.title.title if turn.title else "",
            }
        )
        self.rest(2_200)
        return turn

    def do(self, action: Callable[[], object]) -> Turn:
        """Do something at the desk and wait for its answer."""
        return self._answer(action)

    def picture(self, name: str) -> None:
        """Take a picture of the window as it is."""
        self.rest(120)
        file = self._out / f"{len(self.screenshots) + 1:02d}-{name}.png"
        self._program.window.grab().save(str(file))
        self.screenshots.append(file.name)

    def paper(self, name: str, data: bytes) -> None:
        """Keep a sheet of paper."""
        (self._out / name).write_bytes(data)
        self.files.append(name)

    def look(self, look: theme.ThemeSettings) -> None:
        """Change light, dark or text size."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, look)
        self.rest(200)

    def rest(self, ms: int) -> None:
        """Let the window live for a while."""
        loop = QEventLoop()
        QTimer.singleShot(ms, loop.quit)
        loop.exec()

    def _answer(self, action: Callable[[], object]) -> Turn:
        loop, found = QEventLoop(), list[Any]()

        def answered(turn: object) -> None:
            found.append(turn)
            loop.quit()

        self._program.desk_page.shown.connect(answered)
        late = QTimer()
        late.setSingleShot(True)
        late.timeout.connect(loop.quit)
        late.start(_PATIENCE_MS)
        action()
        loop.exec()
        self._program.desk_page.shown.disconnect(answered)
        if not found:
            raise TimeoutError("the desk did not answer")
        turn: Turn = found[-1]
        return turn

    def _frame(self, name: str, prop: Prop | None) -> Picture:
        from perpusdesk.printing.label_images import LabelPhoto, label_photo, table_photo

        file = self._frames / self._name_of_frame(name)
        photo = LabelPhoto(prop.code, heading=prop.heading, title=prop.title) if prop else None
        file.write_bytes(label_photo(photo, self._made) if photo else table_photo(self._made))
        self._made += 1
        return load_picture(file)

    def _name_of_frame(self, name: str) -> str:
        return f"{self._made:02d}-{_safe(name)}.png"

    @property
    def frames(self) -> int:
        """How many frames the camera was shown."""
        return self._hand.shown


def _safe(name: str) -> str:
    return "".join(character for character in name if character.isalnum()) or "frame"


def play(program: Program, hand: HeldFrames, props: Props, out: Path) -> dict[str, Any]:
    """Play the day; return the summary that is also written to ``summary.json``."""
    play_ = DemoPlay(program, hand, out)
    hand.hold(play_.table())
    program.window.camera_wanted.emit(True)
    play_.do(program.desk_page.opened)
    play_.rest(800)
    play_.picture("day")
    turns = _lend_and_undo(play_, program, props)
    turns += _return_and_refuse(play_, program, props)
    counted = _visitors(play_, program)
    _other_looks(play_, program)
    summary = {
        "frames": play_.frames,
        "scans": play_.scans,
        "lent": sum(turn.outcome is Outcome.LENT for turn in turns),
        "returned": sum(turn.outcome is Outcome.RETURNED for turn in turns),
        "undone": sum(turn.outcome is Outcome.UNDONE for turn in turns),
        "refused": sum(turn.outcome is Outcome.REFUSED for turn in turns),
        "counted": counted,
        "files": play_.files,
        "screenshots": play_.screenshots,
    }
    text = json.dumps(summary, ensure_ascii=False, indent=2)
    (out / "summary.json").write_text(text + "\n", encoding="utf-8")
    return summary


def _lend_and_undo(play_: DemoPlay, program: Program, props: Props) -> list[Turn]:
    turns = [play_.hold(props.card)]
    play_.picture("visit")
    for book in props.books[:2]:
        turns.append(play_.hold(book))
        play_.picture("lent")
    turns.append(play_.do(program.desk_page.undo))
    play_.picture("undone")
    turns.append(play_.hold(props.books[1]))
    if props.reading_room:
        turns.append(play_.hold(props.reading_room))
        play_.picture("refused")
    _papers(play_, program, props)
    turns.append(play_.do(program.desk_page.finish))
    return turns


def _return_and_refuse(play_: DemoPlay, program: Program, props: Props) -> list[Turn]:
    turns = [play_.hold(props.books[0])]
    play_.picture("returned")
    if props.on_loan:
        turns.append(play_.hold(props.on_loan))
        play_.picture("returned-late")
    turns.append(play_.hold(props.books[2]))
    play_.picture("not-on-loan")
    turns.append(play_.hold(Prop("ZZ9999999", "?", "")))
    play_.picture("unknown")
    return turns


def _visitors(play_: DemoPlay, program: Program) -> int:
    counted = count_one(program)
    play_.picture("guest-book")
    for name, data in _on_database(program, lambda: visitors_papers(program.desk)).items():
        play_.paper(name, data)
    show_dashboard(program)
    play_.picture("dashboard")
    program.window.go("desk")
    return counted


def _papers(play_: DemoPlay, program: Program, props: Props) -> None:
    papers = _on_database(program, lambda: _made_papers(program, props))
    for name, data in papers.items():
        play_.paper(name, data)


def _on_database(program: Program, work: Callable[[], Any]) -> Any:
    found: list[Any] = []
    program.tasks.run(work, found.append)
    program.tasks.wait_idle(60)
    return found[0]


def _made_papers(program: Program, props: Props) -> dict[str, bytes]:
    from perpusdesk.printing.cards import CardData, card_sheets
    from perpusdesk.printing.desk_report import desk_report
    from perpusdesk.printing.escpos import escpos_slip
    from perpusdesk.printing.label_sheets import label_sheets
    from perpusdesk.printing.labels import Design, LabelOptions, label_pages
    from perpusdesk.printing.slip_pdf import pdf_slip
    from perpusdesk.printing.slip_text import dot_matrix_slip, message_slip
    from perpusdesk.printing.slips import SlipData
    from perpusdesk.services.circulation.papers import card_paper, day_report, visit_slip
    from perpusdesk.services.circulation.visit import current_visit
    from perpusdesk.services.labels.label_papers import label_papers

    desk, visit = program.desk, current_visit(program.desk)
    assert visit is not None
    slip, card = visit_slip(desk, visit.member, visit.since), card_paper(desk, props.member)
    labels = label_papers(desk, [book.code for book in props.books])
    assert isinstance(slip, SlipData)
    assert isinstance(card, CardData)
    assert isinstance(labels, tuple)
    sheet = label_sheets(desk.today())["a4-3x8"]
    return {
        "slip-58.pdf": pdf_slip(slip, 58),
        "slip-80.pdf": pdf_slip(slip, 80),
        "slip-escpos.bin": escpos_slip(slip, 58),
        "slip-dot-matrix.txt": dot_matrix_slip(slip),
        "slip-whatsapp.txt": message_slip(slip).encode(),
        "card.pdf": card_sheets([card]),
        "labels.pdf": label_pages(labels, sheet, LabelOptions(Design.ALL)),
        "report.pdf": desk_report(day_report(desk)),
    }


def _other_looks(play_: DemoPlay, program: Program) -> None:
    play_.do(program.desk_page.opened)
    play_.look(theme.ThemeSettings(theme.Scheme.DARK, 100, None))
    play_.picture("dark")
    play_.look(theme.ThemeSettings(theme.Scheme.LIGHT, 150, None))
    play_.picture("text-150")
    play_.look(theme.ThemeSettings(theme.Scheme.LIGHT, 100, None))


def offscreen() -> None:
    """Ask Qt for a window without a screen, unless somebody chose another."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def quiet_settings() -> Settings:
    """Return the settings of a played day: light, usual size, no sounds, no saved camera."""
    return Settings(colour_scheme="light", sounds=False)
