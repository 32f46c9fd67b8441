"""The desk's keys and commands."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.common.i18n import N_, _
from perpusdesk.services.circulation.modes import READING
from perpusdesk.ui.desk.page import DeskPage
from perpusdesk.ui.shell.actions import EVERYWHERE, Action

Run = Callable[[], object]


def desk_actions(page: DeskPage) -> tuple[Action, ...]:
    """Return what can be done at the desk; undo works on every screen."""
    numbers = tuple(_choose(page, number) for number in range(1, 10))
    return (*_always(page), *_for_visits(page), *numbers)


def _always(page: DeskPage) -> tuple[Action, ...]:
    taking_back, lending = N_("Taking back: every scan is a return"), N_("Lend all the same")
    reading, slips = N_("Count books read on site"), N_("Enter paper slips of an earlier time")
    here = page.name
    return (
        _action("undo", N_("Undo the last action"), page.undo, ("undo", "Ctrl+Z"), EVERYWHERE),
        _action("return", taking_back, page.return_key, ("return", "F4"), here),
        _action("exception", lending, lambda: page.way_out("F8"), ("key", "F8"), here),
        _action("reading", reading, lambda: page.set_mode(READING), ("book",), here),
        _action("slips", slips, page.ask_slip_date, ("clock",), here),
    )


def _for_visits(page: DeskPage) -> tuple[Action, ...]:
    kit = N_("Begin a set of books (block loan)")
    named: tuple[tuple[str, str, Run, tuple[str, ...]], ...] = (
        ("finish", N_("Finish the visit"), page.finish, ("check",)),
        ("renew_all", N_("Renew all"), page.renew_all, ("renew", "F6")),
        ("slip", N_("Print slip"), page.slip, ("print", "Ctrl+P")),
        ("message", N_("Copy for WhatsApp"), page.whatsapp, ("message", "Ctrl+Shift+C")),
        ("pay", N_("Pay"), page.ask_payment, ("money", "F7")),
        ("kit", kit, page.ask_kit, ("stock",)),
    )
    return tuple(_action(*one, page.name, allowed=lambda: page.visit_open) for one in named)


def _choose(page: DeskPage, number: int) -> Action:
    return Action(
        f"choose_{number}",
        lambda: _("Choose candidate {n}").format(n=number),
        lambda: page.choose(number),
        (f"Alt+{number}",),
        "check",
        _group,
        page.name,
        offered=False,
    )


def _action(
    id_: str,
    words: str,
    run: Run,
    icon_and_keys: tuple[str, ...],
    where: str,
    *,
    allowed: Callable[[], bool] = lambda: True,
) -> Action:
    icon, *keys = icon_and_keys
    return Action(id_, lambda: _(words), run, tuple(keys), icon, _group, where, allowed)


def _group() -> str:
    return _("Desk")
