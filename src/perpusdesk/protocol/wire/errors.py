"""Why a body is refused: a code for logs and lists, never the bytes themselves."""

from __future__ import annotations

from enum import StrEnum


class WireFault(StrEnum):
    """What is wrong with the body of a package."""

    DAMAGED = "damaged"
    TOO_NEW = "too_new"
    TOO_LARGE = "too_large"
    WRONG_DEVICE = "wrong_device"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_CONTEXT = "unknown_context"


class WireError(Exception):
    """A body that is not one of ours, or not one that we take; ``facts`` are short and plain."""

    def __init__(self, fault: WireFault, **facts: int | str) -> None:
        super().__init__(fault.value, facts)
        self.fault = fault
        self.facts = facts
