"""The language of everything a person reads: gettext with English msgids, Indonesian by default."""

from __future__ import annotations

import gettext
from typing import Final

from perpusdesk.common.paths import resources

DOMAIN: Final = "perpusdesk"
LANGUAGES: Final = ("id", "en")
DEFAULT_LANGUAGE: Final = "id"

_state: dict[str, gettext.NullTranslations | str] = {}


def set_language(language: str) -> None:
    """Choose ``id`` or ``en`` for all texts made from now on (any other code means ``id``)."""
    chosen = language if language in LANGUAGES else DEFAULT_LANGUAGE
    _state["code"] = chosen
    _state["catalogue"] = (
        gettext.NullTranslations()
        if chosen == "en"
        else gettext.translation(DOMAIN, resources("locale"), [chosen], fallback=True)
    )


def language() -> str:
    """Return the code of the language in use."""
    return str(_state.get("code", DEFAULT_LANGUAGE))


def _catalogue() -> gettext.NullTranslations:
    if "catalogue" not in _state:
        set_language(DEFAULT_LANGUAGE)
    catalogue = _state["catalogue"]
    assert isinstance(catalogue, gettext.NullTranslations)
    return catalogue


def _(message: str) -> str:
    """Translate ``message`` (an English text) into the language in use."""
    return _catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a text that depends on ``count`` (English has a plural, Indonesian has none)."""
    return _catalogue().ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool extracts
    """Mark ``message`` for translation later."""
    return message
