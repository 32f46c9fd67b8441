"""The stock's keys and commands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from perpusdesk.common.i18n import N_, _
from perpusdesk.ui.shell.actions import Action
from perpusdesk.ui.shell.section_actions import section_actions
from perpusdesk.ui.stock.count_actions import count_actions
from perpusdesk.ui.stock.moves_part import MovesPart
from perpusdesk.ui.stock.page import Part, StockPage
from perpusdesk.ui.stock.weeding_part import WeedingPart


def stock_actions(page: StockPage) -> tuple[Action, ...]:
    """Return what can be done on the stock's screen; each part can be opened by its name."""

    def group() -> str:
        return page.title

    def opens(part: Part) -> Action:
        run = partial(page.open_part, part.name)
        return Action(f"stock_{part.name}", lambda: part.title, run, group=group, page=page.name)

    lists = (
        Action(
            "stock_print",
            lambda: _("Print"),
            page.print_paper,
            ("Ctrl+P",),
            "print",
            group,
            page.name,
            lambda: page.prints,
        ),
        Action(
            "stock_save",
            lambda: _("Save this list as XLSX"),
            page.save_list,
            icon="file",
            group=group,
            page=page.name,
            allowed=lambda: page.saves,
        ),
    )
    return (
        *map(opens, page.parts),
        *section_actions(page),
        *lists,
        *_of_parts(page),
        *count_actions(page),
    )


def _of_parts(page: StockPage) -> tuple[Action, ...]:
    """Return the main steps of the parts, each by its name, and F8 for the one in front."""
    steps = [step for part in page.parts if (step := _main_step(part)) is not None]

    def named(step: _Step) -> Action:
        return Action(
            step.id,
            lambda: _(step.words),
            step.run,
            icon=step.icon,
            group=lambda: page.title,
            page=page.name,
            allowed=lambda: page.front is step.part,
        )

    def run_front() -> None:
        for step in steps:
            if page.front is step.part:
                step.run()

    by_key = Action(
        "stock_main",
        lambda: _("The main step of this section"),
        run_front,
        ("F8",),
        group=lambda: page.title,
        page=page.name,
        allowed=lambda: any(page.front is step.part for step in steps),
        offered=False,
    )
    return (*map(named, steps), by_key)


@dataclass(frozen=True, slots=True)
class _Step:
    part: Part
    id: str
    words: str
    icon: str
    run: Callable[[], object]


def _main_step(part: Part) -> _Step | None:
    if isinstance(part, MovesPart):
        return _Step(part, "stock_send", N_("Send copies"), "exchange", part.ask_branch)
    if isinstance(part, WeedingPart):
        return _Step(part, "stock_decide", N_("Record the decision"), "check", part.decide)
    return None
