"""The one registry: keys work, clash, rest with their page, and are offered where they may be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from perpusdesk.ui.shell.actions import Action, shown_keys


def action(id_, done, keys=(), page="", **more):
    return Action(id_, lambda: id_, lambda: done.append(id_), keys, page=page, **more)


def press(window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.windowHandle(), key, modifier)


def test_a_key_runs_its_action(window, qtbot):
    done = []
    window.registry.add(action("undo", done, ("Ctrl+Z",)))
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["undo"]


def test_a_key_of_another_page_rests(window):
    done = []
    window.registry.add(action("a", done, ("F4",), "desk"), action("b", done, ("F4",), "members"))
    window.registry.use_page("members")
    press(window, Qt.Key.Key_F4)
    window.registry.use_page("desk")
    press(window, Qt.Key.Key_F4)
    assert done == ["b", "a"]


def test_what_is_not_allowed_does_nothing_and_is_not_offered(window):
    done = []
    window.registry.add(action("renew", done, ("F6",), allowed=lambda: False))
    press(window, Qt.Key.Key_F6)
    window.registry.run("renew")
    assert done == []
    assert "renew" not in [each.id for each in window.registry.offers()]


@pytest.mark.parametrize("page", ["", "desk"])
def test_a_taken_key_is_refused(window, page):
    with pytest.raises(ValueError, match="Ctrl"):
        window.registry.add(action("mine", [], ("Ctrl+K",), page))


def test_a_taken_id_is_refused(window):
    with pytest.raises(ValueError, match="palette"):
        window.registry.add(action("palette", []))


def test_two_pages_may_share_a_key_but_not_with_everywhere(window):
    window.registry.add(action("a", [], ("1",), "desk"), action("b", [], ("1",), "members"))
    with pytest.raises(ValueError, match="1"):
        window.registry.add(action("c", [], ("1",)))


def test_every_run_is_told(window, qtbot):
    window.registry.add(action("x", []))
    with qtbot.waitSignal(window.registry.ran) as told:
        window.registry.run("x")
    assert told.args == ["x"]


def test_keys_are_shown_as_written_on_keyboards(qapp):
    assert shown_keys("Ctrl+K") == "Ctrl+K"
    assert shown_keys("Esc") == "Esc"
