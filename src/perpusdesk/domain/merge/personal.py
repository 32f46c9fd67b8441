"""Which fields are a person's: by record the few that stay when the person is erased.

All others go blank, also those that a newer program added: what is not named here is personal.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

ENTITY: Final = "member"
STAYS: Final[Mapping[str, frozenset[str]]] = {
    "member": frozenset(
        {"category", "branch", "registered", "expires", "merged_into", "restricted"}
    ),
    "photo": frozenset({"member"}),
    "block": frozenset({"member", "kind", "since", "until", "lifted"}),
    "kit": frozenset({"member", "due"}),
    "identity": frozenset({"member", "kind"}),
    "consent": frozenset({"member", "purpose", "basis", "given", "withdrawn"}),
    "data_request": frozenset({"member", "kind", "received", "done", "outcome"}),
    "outsider": frozenset({"member"}),
}
"""What is left of an erased member's records: numbers for the reports, nothing that names.

An outsider is no member (a school's teacher, somebody with a complaint): ``member`` is then an
id of its own, by which the person can be erased in the same way.
"""
ABOUT: Final = frozenset(STAYS)
HIDDEN: Final = ABOUT - {"member", "data_request"}
"""Records that count as removed with their member; that somebody asked stays on the list."""
CUT_TYPES: Final = ("loan", "hold", "reading", "visit", "money", "block")
"""What a cut takes the link between a person and a title out of, in the order it is done."""
_ITSELF: Final = frozenset({"base", "settles", "overridden", "about"})
"""Beside the fields, what an op says that is no word of a person."""


def blank_fields(entity_type: str, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload of a field set with blanks: the names stay, and what it was based on."""
    stays = STAYS[entity_type]
    fields = {
        name: value if name in stays else blank(value) for name, value in payload["fields"].items()
    }
    said = {name: value if name in _ITSELF else blank(value) for name, value in payload.items()}
    return {**said, "fields": fields}


def blank(value: Any) -> str | None:
    """Return what stands in the place of a value."""
    return "" if isinstance(value, str) else None
