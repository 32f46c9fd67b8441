"""The templates of barcodes and inventory numbers as the settings show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.items import Source
from perpusdesk.domain.numbers import TemplateFault
from perpusdesk.services.cataloguing.copy_numbers import (
    RIGHT,
    About,
    Number,
    own_template,
    propose,
    template_of,
)
from perpusdesk.services.desk import Desk

__all__ = ["Number", "NumbersView", "Preview", "TemplateFault", "numbers_view", "preview_numbers"]

_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class NumbersView:
    """What the templates of each branch are; ``own`` by (number, branch), ``None``: all branches.

    ``in_use``: the template that counts at that branch.
    """

    branches: tuple[tuple[str, UUID], ...]
    own: Mapping[tuple[Number, UUID | None], str]
    in_use: Mapping[tuple[Number, UUID | None], str]
    may_change: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """The next numbers by a template, or what is wrong with it."""

    numbers: tuple[str, ...] = ()
    faults: tuple[TemplateFault, ...] = ()
    used_up: bool = False


def numbers_view(desk: Desk) -> NumbersView:
    """Return the templates of all branches."""
    branches = tuple((one.name, one.id) for one in desk.branches.values())
    keys = [
        (which, branch) for which in Number for branch in (None, *(id_ for _n, id_ in branches))
    ]
    return NumbersView(
        branches,
        {key: own_template(desk, *key) for key in keys},
        {(which, branch): template_of(desk, which, branch) for which, branch in keys},
        desk.may(RIGHT),
    )


def preview_numbers(
    desk: Desk, which: Number, template: str, branch: UUID | None = None
) -> Preview:
    """Return the next numbers that this device would give, for a bought copy of the first kind.

    An empty template stands for the one that counts without it.
    """
    about = About(branch, next(iter(desk.kinds), None), Source.PURCHASE)
    found = propose(desk, which, _SHOWN, about, template=template.strip())
    if not isinstance(found, Refused):
        return Preview(found.texts)
    faults = found.facts.get("faults")
    return Preview(
        faults=faults if isinstance(faults, tuple) else (),
        used_up=found.reason is Reason.NUMBERS_USED_UP,
    )
