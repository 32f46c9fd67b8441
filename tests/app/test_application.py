"""Round the screens: what nobody expected, the language, the look."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from perpusdesk.app.application import SafetyNet, look_of, make_application
from perpusdesk.app.program import Program
from perpusdesk.common.i18n import language
from perpusdesk.common.log import stop_logging
from perpusdesk.common.settings import Settings
from perpusdesk.ui.kit.qt_language import QtLanguage
from perpusdesk.ui.kit.theme import Scheme


@pytest.fixture
def net(tmp_path: Path, expect_log: Callable[[str], None]) -> Iterator[SafetyNet]:
    expect_log("CRITICAL perpusdesk: uncaught error")
    made = SafetyNet(tmp_path / "log")
    yield made
    made.close()
    stop_logging()


def test_what_nobody_expected_is_shown_logged_and_survived(
    net: SafetyNet, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net.tell = program.window.messages.bug
    said: list[str] = []
    program.window.messages.said.connect(lambda one: said.append(one.kind))
    try:
        raise ZeroDivisionError("Siti Misalnya")
    except ZeroDivisionError as error:
        sys.excepthook(type(error), error, error.__traceback__)
    assert said == ["fault"]
    (report,) = (tmp_path / "reports").glob("report-*.txt")
    assert "ZeroDivisionError" in report.read_text("utf-8")
    log = (tmp_path / "log" / "desktop.log").read_text("utf-8")
    assert "ZeroDivisionError" in log
    assert "Siti" not in log + report.read_text("utf-8")
    program.window._leave_fault()
    program.window.box.take_burst("A0001")
    program.tasks.wait_idle()
    assert program.desk_page.visit_open


def test_a_message_that_fails_itself_ends_nothing(
    net: SafetyNet, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(_error: BaseException) -> None:
        raise RuntimeError("the window is gone")

    net.tell = fails
    sys.excepthook(KeyError, KeyError("x"), None)
    assert "the window is gone" in capsys.readouterr().err


def test_the_hooks_are_put_back(tmp_path: Path) -> None:
    net = SafetyNet(tmp_path)
    assert sys.excepthook != sys.__excepthook__
    net.close()
    stop_logging()
    assert sys.excepthook is sys.__excepthook__


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    net = SafetyNet(tmp_path / "file" / "log")
    net.close()
    stop_logging()


def test_the_language_of_the_call_wins_for_this_run(qapp: QApplication) -> None:
    make_application(Settings(language="id"), "en")
    assert language() == "en"
    asked = len(qapp.findChildren(QtLanguage))
    make_application(Settings(language="id"))
    assert language() == "id"
    assert len(qapp.findChildren(QtLanguage)) == asked


def test_high_contrast_is_a_scheme_of_its_own() -> None:
    assert look_of(Settings(colour_scheme="dark")).scheme is Scheme.DARK
    assert look_of(Settings()).high_contrast is None
    contrast = look_of(Settings(colour_scheme="high_contrast", text_size=120))
    assert (contrast.high_contrast, contrast.text_percent) == (True, 120)
