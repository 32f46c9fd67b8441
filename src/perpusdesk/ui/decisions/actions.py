"""The keys and commands of the conflict desk."""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.decisions.page import DecisionsPage
from perpusdesk.ui.shell.actions import Action


def decision_actions(page: DecisionsPage) -> tuple[Action, ...]:
    """Return what can be done on the screen."""

    def on_page(
        id_: str, words: str, run: Callable[[], object], *keys: str, taken: bool = False
    ) -> Action:
        return Action(
            f"decisions_{id_}",
            lambda: _(words),
            run,
            keys,
            page.icon,
            lambda: page.title,
            page.name,
            lambda: page.asking,
            bound=not taken,
        )

    return (
        on_page("accept", N_("Accept the proposal"), page.accept, "Enter", taken=True),
        *(_answer(page, number) for number in range(1, 10)),
        on_page("later", N_("Decide later"), page.later, "Esc", taken=True),
        on_page("next", N_("Next question"), lambda: page.turn(1), "PgDown"),
        on_page("previous", N_("Previous question"), lambda: page.turn(-1), "PgUp"),
        on_page(
            "all",
            N_("Accept all proposals of this kind"),
            page.accept_all,
            "Ctrl+Return",
            "Ctrl+Enter",
        ),
        on_page("note", N_("Write a note"), page.write_note, "Ctrl+N"),
        on_page("record", N_("Open the record"), page.open_record, "Ctrl+E"),
    )


def _answer(page: DecisionsPage, number: int) -> Action:
    """A single printable key: it stands for itself only while the box is empty."""

    def can() -> bool:
        return page.asking and page.card is not None and number <= len(page.card.said.answers)

    return Action(
        f"decisions_answer_{number}",
        lambda: _("Answer {n}").format(n=number),
        lambda: page.answer_number(number),
        (str(number),),
        page.icon,
        lambda: page.title,
        page.name,
        can,
        offered=False,
    )
