"""The desk's keys and commands."""

from __future__ import annotations

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.modes import READING
from perpusdesk.ui.desk.page import DeskPage
from perpusdesk.ui.shell.actions import EVERYWHERE, Action


def desk_actions(page: DeskPage) -> tuple[Action, ...]:
    """Return what can be done at the desk; undo works on every screen."""

    def group() -> str:
        return _("Desk")

    def visit() -> bool:
        return page.visit_open

    def add(
        id_: str, text: str, run: object, *keys: str, icon: str, everywhere: bool = False
    ) -> Action:
        assert callable(run)
        where = EVERYWHERE if everywhere else page.name
        return Action(id_, lambda: _(text), run, keys, icon, group, where)

    def way_out(keys: str) -> None:
        if not page.way_out(keys) and keys == "F4":
            page.toggle_returning()

    plain = (
        add("undo", N_("Undo the last action"), page.undo, "Ctrl+Z", icon="undo", everywhere=True),
        add(
            "return",
            N_("Taking back: every scan is a return"),
            lambda: way_out("F4"),
            "F4",
            icon="return",
        ),
        add("exception", N_("Lend all the same"), lambda: way_out("F8"), "F8", icon="key"),
    )
    for_visits = (
        Action(
            "finish",
            lambda: _("Finish the visit"),
            page.finish,
            (),
            "check",
            group,
            page.name,
            visit,
        ),
        Action(
            "renew_all",
            lambda: _("Renew all"),
            page.renew_all,
            ("F6",),
            "renew",
            group,
            page.name,
            visit,
        ),
        Action(
            "slip",
            lambda: _("Print slip"),
            page.slip,
            ("Ctrl+P",),
            "print",
            group,
            page.name,
            visit,
        ),
        Action(
            "message",
            lambda: _("Copy for WhatsApp"),
            page.whatsapp,
            ("Ctrl+Shift+C",),
            "message",
            group,
            page.name,
            visit,
        ),
    )
    more = (
        Action(
            "pay", lambda: _("Pay"), page.ask_payment, ("F7",), "money", group, page.name, visit
        ),
        Action(
            "kit",
            lambda: _("Begin a set of books (block loan)"),
            page.ask_kit,
            (),
            "stock",
            group,
            page.name,
            visit,
        ),
        add("reading", N_("Count books read on site"), lambda: page.set_mode(READING), icon="book"),
        add("slips", N_("Enter paper slips of an earlier time"), page.ask_slip_date, icon="clock"),
    )
    numbers = tuple(_choose(page, number) for number in range(1, 10))
    return (*plain, *for_visits, *more, *numbers)


def _choose(page: DeskPage, number: int) -> Action:
    return Action(
        f"choose_{number}",
        lambda: _("Choose candidate {n}").format(n=number),
        lambda: page.choose(number),
        (f"Alt+{number}",),
        "check",
        lambda: _("Desk"),
        page.name,
        offered=False,
    )
