"""Every state of the members' screen can be used: names, targets, words, contrast, sizes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from helpers.library import value_of
from helpers.ui_audit import audit_everywhere
from perpusdesk.common.i18n import set_language
from perpusdesk.services.circulation.holds import place_hold
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.ui.members.panel import Tab


def much(screen):
    """Open a member with everything in the record."""
    small, desk = screen.small, screen.desk
    siti = small.members["A0001"]
    value_of(lend(desk, siti, small.copies["B0001"]))
    value_of(lend(desk, small.members["A0002"], small.copies["B0007"]))
    value_of(lend(desk, small.members["A0002"], small.copies["B0008"]))
    value_of(place_hold(desk, siti, small.titles[3]))
    value_of(charge(desk, siti, 5_000, "Kartu baru"))
    value_of(write_note(desk, siti, "Pakai kursi roda"))
    small.time.passes(days=9)
    value_of(block_member(desk, siti, "Kartu dipinjamkan"))
    screen.open("A0001")
    screen.panel.now.loans.choose(0)


def nobody(_screen):
    """Only the list."""


def found_nobody(screen):
    screen.type("zzz")


def tab(name):
    def show(screen):
        much(screen)
        screen.panel.open_tab(name)
        screen.wait()

    show.__name__ = name.value
    return show


def asked(screen):
    much(screen)
    screen.do("member_block")
    screen.panel.ask.send()


def photo(screen):
    much(screen)
    screen.do("member_photo")


def form(screen):
    screen.do("member_new")
    screen.enter(name="siti misalnya", birth_date="1-1-2015", email="x")


STATES = (nobody, found_nobody, much, asked, photo, form, *(tab(name) for name in list(Tab)[1:]))


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_screen_can_be_used(qapp: QApplication, stage, state, language):
    set_language(language)
    screen = stage("head")
    screen.window.toasts.clear()
    state(screen)
    screen.window.toasts.clear()
    assert audit_everywhere(qapp, screen.window) == []
