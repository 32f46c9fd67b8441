"""The formats a library goes out in, by name alone: quick to import."""

from __future__ import annotations

from enum import StrEnum


class ExportFormat(StrEnum):
    """The formats by the words of the command line."""

    MARC = "marc"
    MARCXML = "marcxml"
    OAI_DC = "oai_dc"
    SLIMS = "slims"
    INLISLITE = "inlislite"
    XLSX = "xlsx"
    CSV = "csv"
    MEMBERS = "members"
