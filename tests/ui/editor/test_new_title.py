"""A new title: from the scanned ISBN to the shelf."""

from __future__ import annotations


def test_it_opens(who):
    who.new()
    assert who.window.page == "editor"
    assert who.focused == "isbn"
    who.window.grab()
