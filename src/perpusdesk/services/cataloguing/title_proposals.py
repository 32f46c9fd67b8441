"""What a form proposes and never forces: headings of names, call numbers, captions of classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from perpusdesk.common.i18n import language
from perpusdesk.domain.call_numbers import propose_call_number
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.name_headings import HeadingProposal, propose_headings
from perpusdesk.domain.rights import RULES
from perpusdesk.domain.words.normal import joined
from perpusdesk.exchange.class_table import class_captions
from perpusdesk.services.cataloguing.title_form import TitleForm
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.services.set_up import put_setting

__all__ = [
    "HeadingProposal",
    "Prefix",
    "author_headings",
    "call_number_of",
    "call_prefixes",
    "class_caption",
    "classes",
    "set_call_prefixes",
]

SETTING: Final = "call_prefixes"
VERB: Final = "set_call_prefixes"
_MOST: Final = 12


@dataclass(frozen=True, slots=True)
class Prefix:
    """Letters before the class of a local collection, and what it is called."""

    code: str
    name: str


_USUAL: Final = (
    Prefix("R", "Referensi"),
    Prefix("FIK", "Fiksi"),
    Prefix("ANAK", "Anak"),
    Prefix("LOK", "Muatan lokal"),
    Prefix("BRL", "Braille"),
)


def author_headings(text: str) -> tuple[HeadingProposal, ...]:
    """Return the headings that a name may have, the likeliest first."""
    return propose_headings(text)


def call_number_of(form: TitleForm, prefix: str = "") -> str:
    """Return the call number that the form's class, main entry and title come to."""
    text = " ".join(part for part in (form.text("title"), form.text("part_name")) if part)
    proposal = propose_call_number(
        text,
        form.text("author"),
        form.text("classification"),
        corporate=form.text("author_kind") != "person",
    )
    return " ".join(part for part in (prefix.strip(), proposal) if part)


def call_prefixes(desk: Desk) -> tuple[Prefix, ...]:
    """Return the prefixes that this library uses."""
    kept: Any = desk.settings.get(SETTING)
    if not isinstance(kept, list):
        return _USUAL
    pairs = [one for one in kept if isinstance(one, list) and len(one) == 2]
    return tuple(Prefix(str(code), str(name)) for code, name in pairs)


@needs(RULES)
def set_call_prefixes(desk: Desk, prefixes: tuple[Prefix, ...]) -> Done[int] | Refused:
    """Keep the prefixes of this library; empty ones are left out."""
    kept = [[one.code.strip(), one.name.strip()] for one in prefixes if one.code.strip()]
    action = desk.action(VERB)
    put_setting(action, SETTING, kept)
    written = desk.commit(action)
    return Done(len(kept), written.action, VERB, frozenset({"setting"}))


def class_caption(number: str) -> str:
    """Return the caption of the narrowest class known that holds a number; may be empty."""
    captions, plain = class_captions(), number.strip().upper().replace(" ", "")
    own = max((one for one in captions if len(one) > 3 and plain.startswith(one)), default="")
    wider = own or (plain[:3] if plain[:2] == "2X" else f"{plain[:2]}0")
    said = captions.get(wider) or captions.get(f"{plain[:1]}00")
    return _said(said) if said and len(plain) > 2 else ""


def classes(typed: str) -> list[tuple[str, str]]:
    """Return classes whose number begins as typed, or whose caption has the words."""
    plain, asked = typed.strip().upper(), joined(typed).split()
    found = []
    for number, said in class_captions().items():
        own = joined(_said(said)).split()
        by_words = asked and all(any(word.startswith(one) for word in own) for one in asked)
        if plain and (number.startswith(plain) or by_words):
            found.append((number, _said(said)))
    return found[:_MOST]


def _said(caption: tuple[str, str]) -> str:
    return caption[language() == "en"]
