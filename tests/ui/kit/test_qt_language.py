"""Qt's own words in our language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit

from perpusdesk.common.i18n import set_language
from perpusdesk.ui.kit import qt_language


@pytest.fixture
def translator(qapp):
    made = qt_language.install(qapp)
    yield made
    qapp.removeTranslator(made)


def words_of_menu(qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    return [action.text().split("\t")[0] for action in field.createStandardContextMenu().actions()]


def buttons(qtbot):
    which = QDialogButtonBox.StandardButton
    box = QDialogButtonBox(which.Ok | which.Cancel)
    qtbot.addWidget(box)
    return {button.text() for button in box.buttons()}


def test_dialogs_and_menus_speak_indonesian(translator, qtbot):
    assert {text.replace("&", "") for text in buttons(qtbot)} == {"Oke", "Batal"}
    assert "&Salin" in words_of_menu(qtbot)


def test_in_english_qt_speaks_for_itself(translator, qtbot):
    set_language("en")
    assert {text.replace("&", "") for text in buttons(qtbot)} == {"OK", "Cancel"}
    assert "&Copy" in words_of_menu(qtbot)


def test_other_words_are_left_alone(translator):
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"
    assert QCoreApplication.translate("Anything", "Staff") == "Staff"


def test_every_word_has_an_indonesian_one():
    from perpusdesk.common.i18n import _

    same = {word for word in qt_language._WORDS if _(word) == word}
    assert same == set()
