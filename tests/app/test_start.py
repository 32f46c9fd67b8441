"""From nothing to the desk: first run, faults in words, one program per library, the demo."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from helpers.library import build
from helpers.ui_audit import audit_everywhere
from helpers.windows import take_apart
from perpusdesk.app import start as starting
from perpusdesk.app.single import First, call_first
from perpusdesk.app.start import Place, Start
from perpusdesk.common.i18n import set_language
from perpusdesk.common.settings import SettingsFile
from perpusdesk.services.safety import recovery
from perpusdesk.services.safety.backup_places import BackupPlace, BackupPlan, keep_plan
from perpusdesk.services.safety.backups import prepare, run
from perpusdesk.services.set_up import library_name, open_desk
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.ui.start.pages import ProblemPage, WaitPage
from perpusdesk.ui.wizard.page import WizardPage
from perpusdesk.ui.wizard.sheet_page import SheetPage
from perpusdesk.ui.wizard.steps import Step

_RELEASED = Path(__file__).parents[1] / "migrations" / "schema_0001.db.gz"


class Begun:
    """A start and what became of it."""

    def __init__(self, settings: SettingsFile, place: Place) -> None:
        self.start = Start(settings, place)
        self.library: Library | None = None
        self.place: Place | None = None
        self.given_up = 0
        self.start.ready.connect(self._ready)
        self.start.given_up.connect(self._gave_up)

    @property
    def page(self) -> object:
        return self.start.window.page

    def close(self) -> None:
        self.start.close()
        take_apart(self.start.window)
        if self.library is not None:
            self.library.close()

    def _ready(self, library: Library, place: Place) -> None:
        self.library, self.place = library, place

    def _gave_up(self) -> None:
        self.given_up += 1


_SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from perpusdesk.app.single import call_first
app = QCoreApplication([])
sys.exit(0 if call_first(Path(sys.argv[1])) else 3)
"""


@pytest.fixture
def begun(settings: SettingsFile, tmp_path: Path) -> Iterator[Begun]:
    made = Begun(settings, Place(tmp_path / "here"))
    yield made
    made.close()


def problem(begun: Begun, qtbot: QtBot) -> ProblemPage:
    qtbot.waitUntil(lambda: isinstance(begun.page, ProblemPage))
    assert isinstance(begun.page, ProblemPage)
    return begun.page


def verbs(page: ProblemPage) -> list[str]:
    return [button.text() for button in page.buttons]


def test_the_first_run_ends_at_a_library_of_its_own(
    begun: Begun, qtbot: QtBot, settings: SettingsFile, tmp_path: Path
) -> None:
    begun.start.begin()
    wizard = begun.page
    assert isinstance(wizard, WizardPage)
    wizard.wizard.answer(library=" Perpustakaan Contoh ", branch="Pusat", zone=480, language="en")
    while wizard.wizard.step is not Step.PERSON:
        wizard.go_on()
    wizard.skip()
    wizard.skip()
    wizard.skip()
    wizard.go_on()
    qtbot.waitUntil(lambda: begun.library is not None)
    library = begun.library
    assert library is not None and library.folder == tmp_path / "here"
    desk = open_desk(library)
    assert library_name(desk) == "Perpustakaan Contoh"
    assert desk.zone == 480
    assert [person.name for person in desk.people.values()] == ["Petugas"]
    assert desk.may("rules")
    assert recovery.recovery_since(desk) is None, "the notice reminds of what was left for later"
    kept = SettingsFile(settings.path).values
    assert (kept.language, kept.data_folder) == ("en", "")


def test_another_folder_is_remembered(
    begun: Begun, qtbot: QtBot, settings: SettingsFile, tmp_path: Path
) -> None:
    begun.start.begin()
    wizard = begun.page
    assert isinstance(wizard, WizardPage)
    elsewhere = tmp_path / "elsewhere"
    wizard.wizard.answer(library="Contoh", person="Sri Contoh", folder=elsewhere)
    while wizard.wizard.step is not Step.SHEET:
        wizard.go_on()
    answers = wizard.wizard.answers
    wizard.wizard.answer(typed=answers.drawn.split("-")[answers.group - 1])
    wizard.go_on()
    wizard.go_on()
    qtbot.waitUntil(lambda: begun.library is not None)
    assert recovery.recovery_since(open_desk(begun.library)) is not None
    assert recovery.unlock(elsewhere, answers.drawn) is True, "the printed code opens it"
    assert SettingsFile(settings.path).values.data_folder == str(elsewhere)
    assert begun.library is not None and begun.library.folder == elsewhere


def test_a_library_that_is_there_opens_without_a_word(
    begun: Begun, qtbot: QtBot, tmp_path: Path
) -> None:
    build(tmp_path / "here").library.close()
    begun.start.begin()
    qtbot.waitUntil(lambda: begun.library is not None)
    assert not begun.start.window.isVisible()


def test_a_library_open_elsewhere_is_said_and_tried_again(
    begun: Begun, qtbot: QtBot, tmp_path: Path
) -> None:
    other = build(tmp_path / "here").library
    begun.start.begin()
    page = problem(begun, qtbot)
    assert "sudah terbuka" in page.accessibleName()
    assert page.buttons[0].hasFocus() or page.focusProxy() is page.buttons[0]
    other.close()
    page.buttons[0].click()
    qtbot.waitUntil(lambda: begun.library is not None)


def _damage(folder: Path) -> None:
    (folder / FILE_NAME).write_bytes(b"SQLite format 3\x00" + b"\x77" * 50_000)


def _foreign(folder: Path) -> None:
    (folder / FILE_NAME).write_text("a list of something else " * 100)


def _newer(folder: Path) -> None:
    database = sqlite3.connect(folder / FILE_NAME)
    database.execute("pragma user_version = 2000000000")
    database.commit()
    database.close()


@pytest.mark.parametrize("harm", [_damage, _foreign, _newer])
def test_a_file_that_cannot_be_used_is_said_and_left_alone(
    begun: Begun, qtbot: QtBot, tmp_path: Path, harm: object
) -> None:
    build(tmp_path / "here").library.close()
    assert callable(harm)
    harm(tmp_path / "here")
    before = (tmp_path / "here" / FILE_NAME).read_bytes()
    begun.start.begin()
    page = problem(begun, qtbot)
    repair = [] if harm is _newer else ["Perbaiki"]
    assert verbs(page) == [*repair, "Coba lagi", "Pilih folder lain", "Keluar"]
    assert (tmp_path / "here" / FILE_NAME).read_bytes() == before
    page.buttons[-1].click()
    assert begun.given_up == 1


def test_a_library_that_was_there_and_is_gone_is_not_made_anew_unasked(
    settings: SettingsFile, qtbot: QtBot, tmp_path: Path
) -> None:
    begun = Begun(settings, Place(tmp_path / "unplugged", known=True))
    begun.start.begin()
    page = problem(begun, qtbot)
    assert "Siapkan perpustakaan baru" in verbs(page)
    assert not (tmp_path / "unplugged").exists()
    page.buttons[2].click()
    assert isinstance(begun.page, WizardPage)
    begun.close()


def test_a_synced_folder_is_refused_in_words(
    settings: SettingsFile, qtbot: QtBot, tmp_path: Path
) -> None:
    build(tmp_path / "plain").library.close()
    shutil.move(tmp_path / "plain", tmp_path / "Dropbox")
    begun = Begun(settings, Place(tmp_path / "Dropbox"))
    begun.start.begin()
    assert "disinkronkan" in problem(begun, qtbot).accessibleName()
    begun.close()


def test_a_failure_nobody_expected_is_said_calmly(
    begun: Begun, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path / "here").library.close()

    def fails(_folder: Path, *, encrypted: bool) -> Library:
        raise ZeroDivisionError(encrypted)

    with monkeypatch.context() as broken:
        broken.setattr(starting.Library, "open", fails)
        begun.start.begin()
        page = problem(begun, qtbot)
    page.buttons[0].click()
    qtbot.waitUntil(lambda: begun.library is not None)


def test_a_second_start_calls_the_first(qtbot: QtBot, tmp_path: Path) -> None:
    assert not call_first(tmp_path)
    first = First(tmp_path)
    asked: list[int] = []
    first.asked.connect(lambda: asked.append(1))
    second = subprocess.Popen([sys.executable, "-c", _SECOND, str(tmp_path)])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=60_000)
    assert (second.returncode, asked) == (0, [1])
    assert not call_first(tmp_path / "another")
    first.close()
    assert not call_first(tmp_path)


def test_the_demo_can_be_left_while_it_is_made(
    settings: SettingsFile, qtbot: QtBot, tmp_path: Path
) -> None:
    begun = Begun(settings, Place(tmp_path / "demo", demo=True))
    begun.start.begin()
    assert isinstance(begun.page, WaitPage)
    begun.start.window.close()
    assert begun.given_up == 1
    begun.close()
    assert not (tmp_path / "demo").exists()
    assert not (tmp_path / "demo.building").exists()


@pytest.mark.parametrize("code", ["id", "en"])
def test_the_pages_of_the_start_can_be_used_by_everybody(
    qapp: QApplication, begun: Begun, qtbot: QtBot, tmp_path: Path, code: str
) -> None:
    set_language(code)
    other = build(tmp_path / "here").library
    begun.start.begin()
    problem(begun, qtbot)
    found = audit_everywhere(qapp, begun.start.window)
    begun.start._make_demo()
    assert isinstance(begun.page, WaitPage)
    begun.page.show_progress(1200, 25_000)
    found += audit_everywhere(qapp, begun.start.window)
    other.close()
    assert found == []


def test_a_damaged_library_is_repaired_and_opened(
    begun: Begun, qtbot: QtBot, tmp_path: Path
) -> None:
    small = build(tmp_path / "here")
    digest = small.library.digest()
    small.library.close()
    with (tmp_path / "here" / FILE_NAME).open("r+b") as file:
        file.write(bytes(3 * 4096))
    begun.start.begin()
    page = problem(begun, qtbot)
    page.buttons[verbs(page).index("Perbaiki")].click()
    qtbot.waitUntil(lambda: isinstance(begun.start.window.page, ProblemPage))
    assert verbs(begun.start.window.page)[0] == "Buka perpustakaan"
    with qtbot.waitSignal(begun.start.ready) as ready:
        begun.start.window.page.buttons[0].click()
    assert ready.args[0].digest() == digest
    assert list((tmp_path / "here").glob("library.damaged-*.db"))
    ready.args[0].close()


def test_a_library_with_nothing_readable_comes_back_from_its_backup(
    begun: Begun, qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    small, chosen = build(tmp_path / "here", encrypted=True), tmp_path / "diska lain"
    plan = BackupPlan((BackupPlace("x", "disk", str(chosen)),))
    keep_plan(small.library, plan)
    assert run(prepare(small.desk()), system_key_store(tmp_path / "here")).whole
    digest = small.library.digest()
    small.library.close()
    chosen.rename(tmp_path / "unplugged")
    (tmp_path / "here" / FILE_NAME).write_bytes(b"x" * 40_960)
    begun.start.begin()
    page = problem(begun, qtbot)
    assert _says(page, str(chosen))
    page.buttons[verbs(page).index("Perbaiki")].click()
    qtbot.waitUntil(lambda: _says(begun.page, "Tidak ada yang terbaca"))
    found = audit_everywhere(qapp, begun.start.window)
    assert found == []
    (tmp_path / "unplugged").rename(chosen)
    again = begun.page
    assert isinstance(again, ProblemPage)
    assert verbs(again)[0] == "Perbaiki lagi"
    again.buttons[0].click()
    qtbot.waitUntil(lambda: isinstance(begun.page, ProblemPage) and begun.page is not again)
    assert verbs(begun.start.window.page)[0] == "Buka perpustakaan"
    with qtbot.waitSignal(begun.start.ready) as ready:
        begun.start.window.page.buttons[0].click()
    assert ready.args[0].digest() == digest
    ready.args[0].close()


def _says(page: object, text: str) -> bool:
    if not isinstance(page, ProblemPage):
        return False
    said = [label.text().replace("\u200b", "") for label in page.findChildren(QLabel)]
    return any(text in one for one in said)


def test_an_upgrade_says_what_it_is_doing(
    begun: Begun, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "here" / FILE_NAME
    file.parent.mkdir()
    file.write_bytes(gzip.decompress(_RELEASED.read_bytes()))
    said = list[str]()
    show = begun.start.window.show_page

    def noted(page: QWidget) -> None:
        said.extend(label.text() for label in page.findChildren(QLabel))
        show(page)

    monkeypatch.setattr(begun.start.window, "show_page", noted)
    begun.start.begin()
    qtbot.waitUntil(lambda: begun.library is not None)
    steps = [text for text in said if "Langkah" in text]
    assert [text[:9] for text in steps] == [f"Langkah {step}" for step in (1, 2, 3, 4)]
    assert any("dienkripsi" in text for text in said)


def test_the_recovery_sheet_is_drawn_beside_the_window(
    begun: Begun, qtbot: QtBot, tmp_path: Path
) -> None:
    begun.start.begin()
    page = begun.page
    assert isinstance(page, WizardPage)
    page.wizard.answer(library="Perpustakaan Contoh", branch="Pusat", person="Sri Contoh")
    while page.wizard.step is not Step.SHEET:
        page.go_on()
    sheet, file = page.content, tmp_path / "lembar.pdf"
    assert isinstance(sheet, SheetPage)
    sheet.save_to(file)
    assert not sheet.save.isEnabled()
    qtbot.waitUntil(sheet.save.isEnabled)
    assert file.read_bytes().startswith(b"%PDF")
