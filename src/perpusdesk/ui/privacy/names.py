"""The parts of the tab of personal data, by name: known before the tab is made."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """The parts, from left to right."""

    REQUESTS = "requests"
    ACCESS = "access"
    BREACHES = "breaches"
    RULES = "rules"
