"""Every state of the cataloguing screen can be used: names, targets, words, contrast, sizes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.ui.editor.view import Part

ISBN = "9786020332956"


def blank(who):
    who.new()


def filled(who):
    who.small.change("title", who.small.titles[0], isbn=ISBN, publisher="Kora")
    who.new()
    who.enter(
        isbn="9786020332957",
        title="Pelaut Kertas",
        responsibility="Andini Contoh",
        classification="899.221",
        year="20xx",
    )


def saved(who):
    who.new()
    who.enter(title="Angin dari Utara")
    who.presses("Ctrl+Return")


def raw(who):
    filled(who)
    who.presses("Ctrl+M")


def history(who):
    who.edit(0)
    who.enter(publisher="Kora")
    who.presses("Ctrl+Return")
    who.edit(0)
    who.page.show_part(Part.HISTORY)
    who.wait()
    who.view.history.list.choose(0)


def asked(who):
    who.edit(0)
    who.do("editor_remove")
    who.view.ask.send()


STATES = (blank, filled, saved, raw, history, asked)


SEEN = [*((state, "id") for state in STATES), (filled, "en"), (asked, "en")]


@pytest.mark.parametrize(("state", "language"), SEEN, ids=lambda one: getattr(one, "__name__", one))
def test_the_screen_can_be_used(qapp: QApplication, stage, state, language):
    set_language(language)
    who = stage("head")
    state(who)
    who.window.toasts.clear()
    assert audit_everywhere(qapp, who.window) == []
