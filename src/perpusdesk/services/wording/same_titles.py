"""Why two titles may be one, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.same_title import Why

_WHY: Final[Mapping[Why, str]] = {
    Why.ISBN: N_("same ISBN"),
    Why.ISSN: N_("same ISSN"),
    Why.TITLE_AUTHOR: N_("same title and author"),
    Why.TITLE: N_("same title"),
}


def say_why_same(why: Why) -> str:
    """Return why titles may be one."""
    return _(_WHY[why])


def say_certainty(*, sure: bool) -> str:
    """Return how certain it is that titles are one."""
    return _("nearly certain") if sure else _("perhaps")
