"""Every state of the cataloguing screen can be used: names, targets, words, contrast, sizes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from helpers.library import value_of
from helpers.ui_audit import audit_everywhere, settle
from perpusdesk.common.i18n import set_language
from perpusdesk.services.cataloguing.attachments import About, attach_link
from perpusdesk.services.cataloguing.save_title import save_title
from perpusdesk.services.cataloguing.title_form import blank_form, set_short
from perpusdesk.ui.editor.view import Part
from perpusdesk.ui.kit import theme

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


def issues(who):
    form = set_short(blank_form(who.desk, "serial"), "title", "Majalah Contoh")
    who.page.begin.edit(value_of(save_title(who.desk, form)).title)
    who.wait()
    who.page.show_part(Part.ISSUES)
    who.page.issues.enter()
    who.view.ask.form.fields[0].edit.setText("12")
    who.view.ask.send()
    who.wait()
    who.page.issues.part.issues.choose(0)
    who.page.issues.subscribe()


def files(who):
    who.edit(0)
    value_of(attach_link(who.desk, who.small.titles[0], "https://contoh.example/x", About("N")))
    who.page.show_part(Part.FILES)
    who.wait()
    who.page.files.part.list.choose(0)


STATES = (blank, filled, saved, raw, history, asked, issues, files)


LARGE = theme.ThemeSettings(theme.Scheme.LIGHT, 150, high_contrast=False)
SEEN = [*((state, "id") for state in STATES), (filled, "en"), (asked, "en")]


@pytest.mark.parametrize(("state", "language"), SEEN, ids=lambda one: getattr(one, "__name__", one))
def test_the_screen_can_be_used(qapp: QApplication, stage, state, language):
    set_language(language)
    who = stage("head")
    state(who)
    who.window.toasts.clear()
    assert audit_everywhere(qapp, who.window) == []
    theme.apply(qapp, LARGE)
    settle(who.window)
    who.window.resize(1024, 768)
    settle(who.window)
    assert who.window.width() == 1024, "it has room on a small screen"
