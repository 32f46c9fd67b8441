"""The shapes of ops that every program of format 1 knows: each is told by its number alone.

Frozen: a shape may be added at the end of a later format's list, none may ever be changed here.
"""

from __future__ import annotations

from typing import Final

from perpusdesk.protocol.wire.templates import Template

Known = tuple[str, str, str, Template]
"""Verb, entity type, kind, template of the payload."""

KNOWN: Final[tuple[Known, ...]] = ()

NUMBER_OF: Final[dict[Known, int]] = {shape: number for number, shape in enumerate(KNOWN, start=1)}
"""The number of each known shape, from 1."""
