"""``dev.py build``: its words lead to modules, and packages carry the project's version."""

from __future__ import annotations

import importlib

import pytest

from installers import __main__ as door
from installers import version
from perpusdesk import __version__


@pytest.mark.parametrize("word", door.MADE_BY)
def test_every_word_leads_to_something_that_makes_it(word: str) -> None:
    assert callable(importlib.import_module(door.MADE_BY[word]).make)


@pytest.mark.parametrize("words", [[], ["unheard"], ["sbom", "unheard"]])
def test_words_that_name_nothing_make_nothing(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert door.main(words) == 2
    told = capsys.readouterr().err
    assert all(word in told for word in door.MADE_BY)


def test_packages_carry_the_version_that_the_program_tells(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERPUSDESK_OUT", str(tmp_path))
    assert version.version() == __version__
    assert version.package("linux-x86_64.run").name == f"PerpusDesk-{__version__}-linux-x86_64.run"


def test_the_time_inside_packages_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1234567890")
    assert version.moment() == 1234567890
