"""From a title as it was read, to the fields that are kept."""

from __future__ import annotations

from perpusdesk.exchange.title_fields import display_name, isbn13, title_fields

__all__ = ["display_name", "isbn13", "title_fields"]
