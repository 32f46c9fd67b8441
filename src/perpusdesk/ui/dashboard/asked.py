"""What somebody wants to see the rows of."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Asked:
    """A measure of months; ``branch`` and ``stop`` in the place of those chosen for all.

    ``key``: one part of the figure (``None``: all). ``title``: a title instead of a figure.
    """

    measure: str
    first: str
    last: str
    branch: UUID | None = None
    stop: UUID | None = None
    key: str | None = None
    title: UUID | None = None
