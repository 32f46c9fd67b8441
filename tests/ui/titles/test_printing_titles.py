"""Papers from the catalogue's screen: the list as it stands, one title's cards, what came in."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper_eyes import words

from perpusdesk.ui.titles import papers
from perpusdesk.ui.titles.papers import TitlePapers

from .conftest import Titles


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    files: list[Path] = []
    monkeypatch.setattr(
        "perpusdesk.ui.shell.paper_files.QDesktopServices.openUrl",
        lambda url: files.append(Path(url.toLocalFile())),
    )
    return files


@pytest.fixture
def printing(screen: Titles, tmp_path: Path, opened: list[Path]) -> TitlePapers:
    made = TitlePapers(
        screen.page, screen.desk, screen.tasks, screen.window.messages, tmp_path / "papers"
    )
    screen.window.registry.add(*made.actions())
    return made


def test_the_list_on_the_screen_becomes_a_bibliography(
    screen: Titles, printing: TitlePapers, opened: list[Path]
) -> None:
    screen.type("kebun")
    wanted = screen.shown_titles()
    assert wanted
    screen.do("titles_bibliography_class")
    (file,) = opened
    said = words(file.read_bytes())
    assert "Bibliografi: kebun" in said
    assert all(title in said for title in wanted)


def test_a_titles_cards_are_printed_only_when_one_is_open(
    screen: Titles, printing: TitlePapers, opened: list[Path]
) -> None:
    cards = next(action for action in printing.actions() if action.id == "title_cards")
    assert not cards.allowed()
    screen.open(0)
    assert cards.allowed()
    screen.do("title_cards")
    (file,) = opened
    title = screen.desk.library.value(
        "select title from title where id = ?", screen.small.titles[0].bytes
    )
    assert title in words(file.read_bytes())


def test_what_came_in_this_month_becomes_a_bulletin(
    screen: Titles, printing: TitlePapers, opened: list[Path]
) -> None:
    screen.do("titles_bulletin_now")
    screen.do("titles_bulletin_last")
    now, last = (words(file.read_bytes()) for file in opened)
    assert f"{len(screen.small.titles)} judul" in now
    assert "Tidak ada koleksi baru" in last


def test_a_list_too_long_for_paper_is_said_so(
    screen: Titles,
    printing: TitlePapers,
    opened: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(papers, "LONGEST", 1)
    screen.do("titles_bibliography_author")
    assert opened == []
    assert any("Persempit" in said for said in screen.said)
