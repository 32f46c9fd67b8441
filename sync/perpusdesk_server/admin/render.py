"""Pages from templates; every text comes from the program's catalogue, in the reader's language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, language, ngettext
from perpusdesk.common.paths import resources

FOLDER: Final = Path(__file__).resolve().parent
STATIC: Final = FOLDER / "static"


def page(template: str, facts: dict[str, Any]) -> str:
    """Return a page; raises ``jinja2.UndefinedError`` when it is not told all it shows."""
    return _templates().get_template(template).render(language=language(), **facts)


@cache
def icon(name: str) -> str:
    """Return one of the program's icons as a picture in the text, for the eye alone."""
    text = resources("icons", f"{name}.svg").read_text(encoding="utf-8")
    text = re.sub(r'\s(?:width|height)="\d+"', "", text.strip(), count=2)
    return text.replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ')


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(_=_, ngettext=ngettext, icon=icon)
    made.filters["number"] = number
    return made
