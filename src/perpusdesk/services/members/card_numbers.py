"""Card numbers: the next free one by the library's template, out of this device's own blocks."""

from __future__ import annotations

from collections.abc import Container
from typing import Final
from uuid import UUID

from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.members import Member
from perpusdesk.domain.numbers import (
    NumberBlock,
    NumberFacts,
    counter_in,
    device_blocks,
    next_of_blocks,
    series,
    template_faults,
)
from perpusdesk.services.desk import Desk
from perpusdesk.storage.queries import circulation as find
from perpusdesk.storage.queries.devices import own_number

TEMPLATE_SETTING: Final = "member_number_template"
DEFAULT_TEMPLATE: Final = "A{99999}"
BLOCK_SIZE: Final = 10_000


def propose_card(
    desk: Desk, category: UUID | None = None, sex: str = "", *, given: Container[str] = ()
) -> str | Refused:
    """Return the next free card number; nothing is written and nothing set apart.

    ``given`` are numbers that are about to be given out.
    ``NUMBERS_USED_UP`` first, last: the template has no room for more.
    """
    template, facts = card_template(desk), _facts(desk, category, sex)
    blocks = _blocks(desk, series(template, facts))
    found = next_of_blocks(
        template, facts, blocks, lambda one: one in given or _is_taken(desk, one)
    )
    return found if isinstance(found, Refused) else found.text


def note_card(desk: Desk, card: str, category: UUID | None, sex: str) -> None:
    """Go on after a card number that was given, if it came from this device's block."""
    template, facts = card_template(desk), _facts(desk, category, sex)
    counter = counter_in(template, card)
    name = series(template, facts)
    block = next(iter(_blocks(desk, name)), None)
    if block and counter is not None and block.first <= counter <= block.last:
        following = max(counter + 1, block.following or block.first)
        desk.library.put_local(_key(name), following)


def card_template(desk: Desk) -> str:
    """Return the library's template; one that cannot be used gives way to the usual one."""
    wanted = str(desk.settings.get(TEMPLATE_SETTING, DEFAULT_TEMPLATE))
    return DEFAULT_TEMPLATE if template_faults(wanted) else wanted


def card_owner(desk: Desk, card: str, besides: UUID | None = None) -> Member | None:
    """Return somebody (besides one) who has this card number already."""
    owners = find.members_by_card(desk.library, card) if card else []
    return next((owner for owner in owners if owner.id != besides), None)


def _facts(desk: Desk, category: UUID | None, sex: str) -> NumberFacts:
    branch = desk.branches.get(desk.branch)
    of_category = desk.categories.get(category) if category else None
    codes = {
        "loc": branch.code if branch else "",
        "category": of_category.code if of_category else "",
        "dev": str(own_number(desk.library)),
    }
    return NumberFacts(desk.today(), sex, codes)


def _blocks(desk: Desk, name: str) -> tuple[NumberBlock, ...]:
    following = desk.library.local(_key(name))
    index = own_number(desk.library) - 1
    return device_blocks(index, BLOCK_SIZE, int(following) if following else None)


def _is_taken(desk: Desk, card: str) -> bool:
    query = "select 1 from member where card = ? and deleted = 0"
    return desk.library.value(query, card) is not None


def _key(name: str) -> str:
    return f"numbers/member/{name}"
