"""The screens of cataloguing are made when they are first asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest
from pytestqt.qtbot import QtBot

from helpers.library import build
from helpers.screens import Stage
from perpusdesk.app.cataloguing import Cataloguing
from perpusdesk.ui.titles.page import TitlesPage


@pytest.fixture
def joined(qtbot: QtBot, tmp_path):
    small = build(tmp_path / "library")
    stage = Stage(qtbot, small, "head", tmp_path)
    titles = TitlesPage(stage.desk, stage.tasks, stage.window.messages)
    stage.put(titles)
    made = Cataloguing(stage.window, titles, stage.desk, stage.tasks)
    yield stage, made
    stage.close()
    small.library.close()


def test_a_desk_that_never_catalogues_never_makes_them(joined):
    stage, made = joined
    made.prepare()
    stage.wait()
    assert made._editor is None and made._upkeep is None
    assert "perpusdesk.services.cataloguing.title_checks" in sys.modules
    assert stage.window.page == "titles", "nothing comes to the front by itself"


def test_they_are_there_when_they_are_asked_for_before(joined):
    stage, made = joined
    made._titles.new_asked.emit()
    stage.wait()
    assert stage.window.page == "editor"
    stage.do("editor_leave")
    stage.do("care_removed")
    assert stage.window.page == "upkeep"
    made.prepare()
    stage.wait()
    assert stage.window.page == "upkeep"


def test_their_modules_are_not_read_on_the_way_in():
    code = (
        "import sys, perpusdesk.app.screens;"
        "print('perpusdesk.ui.editor.page' in sys.modules,"
        " 'perpusdesk.services.cataloguing.copy_cataloguing' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
