"""What was written in parts: the column shows what it comes to, and nothing of it is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.merge.sets import set_changes
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library

_STEPS = st.lists(
    st.sampled_from(
        (
            {"subjects": "Sejarah; Java"},
            {"subjects": None},
            {"title": "Bumi", "year": "1980"},
            {"subjects/Batik": 1},
            {"subjects/Sejarah": 0},
            {"subjects/Sejarah": None},
            {"tags/lomba": 1, "subjects/Tenun": 1},
        )
    ),
    min_size=1,
    max_size=5,
)


@given(_STEPS)
@settings(max_examples=20, deadline=None)
def test_row_after_row_says_what_all_ops_say(steps: list[dict[str, object]]) -> None:
    with tempfile.TemporaryDirectory() as folder, Library.create(Path(folder) / "a") as library:
        title = library.new_id()
        for number, fields in enumerate(steps):
            action = Action("test")
            action.set("title", title, fields, fresh=number == 0)
            library.write(action)
        assert check(library) == []


def test_search_finds_a_subject_that_was_added_later(tmp_path: Path) -> None:
    with Library.create(tmp_path / "a") as library:
        title = library.new_id()
        action = Action("test")
        action.set("title", title, {"title": "Bumi", "subjects": "Sejarah"}, fresh=True)
        library.write(action)
        later = Action("test")
        later.set("title", title, set_changes("subjects", "Sejarah", "Sejarah; Membatik"))
        library.write(later)
        assert library.value("select subjects from title") == "Sejarah; Membatik"
        found = "select count(*) from title_words where title_words match 'membatik'"
        assert library.value(found) == 1
