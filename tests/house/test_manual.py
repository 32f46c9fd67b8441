"""The user manual: its pictures are there, its buttons and keys are those of the program."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest
from repository import ROOT

from installers.manual.pictures import PAGES, amiss

BOLD = re.compile(r"\*\*([^*]+?)\*\*")
KEY = re.compile(r"`((?:Ctrl|Alt|Shift)\+[^`\s]+|F\d{1,2})`")
SPELT = {
    "Return": "Enter",
    "PgDn": "PageDown",
    "PgDown": "PageDown",
    "PgUp": "PageUp",
    "Ins": "Insert",
}
OTHERS = {"Ctrl+Alt+Del", "Ctrl+A", "Ctrl+Alt+Shift+Q"}
"""Keys of Windows and of every text field, and the kiosk's, which asks which are held."""


def pages() -> list[Path]:
    return sorted(PAGES.glob("*.md"))


def test_every_picture_of_a_page_is_there_and_none_is_left_over() -> None:
    assert amiss() == []


def test_the_pictures_stay_small() -> None:
    assert sum(file.stat().st_size for file in PAGES.glob("gambar/*")) < 2_500_000


def test_every_picture_says_what_is_seen() -> None:
    bare = [page.name for page in pages() if "![](" in page.read_text("utf-8")]
    assert bare == []


@pytest.fixture(scope="module")
def said() -> tuple[set[str], list[re.Pattern[str]]]:
    """What program and installer say in Indonesian, and those of it that have places to fill."""
    folder = ROOT / "resources" / "locale"
    program = gettext.translation("perpusdesk", folder, ["id"])
    texts = set(vars(program)["_catalog"].values())
    installer = (ROOT / "installers" / "windows" / "texts" / "id.nsh").read_text("utf-8")
    texts |= set(re.findall(r'\$\{WORD\} \w+ "(.*)"', installer))
    plain = {_plain(text) for text in texts if text}
    places = re.compile(r"\{\w+\}")
    filled = [
        re.escape(text) for text in plain if len(places.sub("", text)) > 5 and places.search(text)
    ]
    patterns = [re.compile(re.sub(r"\\\{\w+\\\}", ".+", text) + "$") for text in filled]
    return plain, patterns


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("&", "")).strip(" …:.")


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_bold_words_are_on_the_screen(
    page: Path, said: tuple[set[str], list[re.Pattern[str]]]
) -> None:
    """Bold are words on the screen (``A › B`` leads there); else a remark with its stop."""
    plain, patterns = said
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    unknown = []
    for bold in (re.sub(r"\s+", " ", found) for found in BOLD.findall(text)):
        if bold[0].islower() or bold[-1] in ".:?":
            continue
        for part in (_plain(part) for part in re.split(r" [›>→] ", bold)):
            on_screen = part in plain or any(one.match(part) for one in patterns)
            begun = any(one.startswith(f"{part} ") for one in plain) and " " in part
            if not on_screen and not begun:
                unknown.append(bold)
    assert unknown == []


@pytest.fixture(scope="module")
def keys() -> set[str]:
    """All keys that the program's source gives a meaning; ``*`` stands for a number."""
    found: set[str] = set()
    for file in (ROOT / "src" / "perpusdesk").rglob("*.py"):
        source = file.read_text("utf-8")
        found |= set(re.findall(r'"((?:(?:Ctrl|Alt|Shift)\+)*\w+|[^"\s]*\+[^"\s]*)"', source))
        found |= {f"{start}*" for start in re.findall(r'f"((?:Ctrl|Alt|Shift)\+)\{', source)}
    return {_spelt(key) for key in found}


def _spelt(key: str) -> str:
    return "+".join(SPELT.get(part, part) for part in key.split("+"))


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_keys_are_keys_of_the_program(page: Path, keys: set[str]) -> None:
    named = {_spelt(key) for key in KEY.findall(page.read_text("utf-8"))} - OTHERS
    unknown = [key for key in named if not {key, re.sub(r"\d$", "*", key)} & keys]
    assert unknown == []
