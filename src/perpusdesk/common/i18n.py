"""The language of everything a person reads: gettext with English msgids, Indonesian by default."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Final

from perpusdesk.common.paths import resources

DOMAIN: Final = "perpusdesk"
LANGUAGES: Final = ("id", "en")
DEFAULT_LANGUAGE: Final = "id"

_state: dict[str, str] = {}
_spoken: ContextVar[str] = ContextVar("perpusdesk_language", default="")


def set_language(language: str) -> None:
    """Choose ``id`` or ``en`` for all texts made from now on (any other code means ``id``)."""
    _state["code"] = language if language in LANGUAGES else DEFAULT_LANGUAGE
    _catalogue_of.cache_clear()


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Make texts in another language within: for a server that many people read at once."""
    before = _spoken.set(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    try:
        yield
    finally:
        _spoken.reset(before)


def language() -> str:
    """Return the code of the language in use."""
    return _spoken.get() or _state.get("code", DEFAULT_LANGUAGE)


@cache
def _catalogue_of(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, resources("locale"), [language], fallback=True)


def _catalogue() -> gettext.NullTranslations:
    return _catalogue_of(language())


def _(message: str) -> str:
    """Translate ``message`` (an English text) into the language in use."""
    return _catalogue().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """Translate a text that depends on ``count`` (English has a plural, Indonesian has none)."""
    return _catalogue().ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name every gettext tool extracts
    """Mark ``message`` for translation later."""
    return message
