"""One process speaks two languages at once: each thread the one that its reader chose."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from perpusdesk.common.i18n import _, language, speaking


def test_within_it_another_language_is_spoken_and_afterwards_the_one_before() -> None:
    with speaking("en"):
        assert (language(), _("Cancel")) == ("en", "Cancel")
        with speaking("id"):
            assert _("Cancel") == "Batal"
        assert language() == "en"
    assert (language(), _("Cancel")) == ("id", "Batal")


def test_each_thread_speaks_its_own() -> None:
    together = Barrier(2)

    def said(code: str) -> str:
        with speaking(code):
            together.wait()
            text = _("Cancel")
            together.wait()
        return text

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(said, ["id", "en"])) == ["Batal", "Cancel"]


def test_what_is_no_language_of_ours_is_indonesian() -> None:
    with speaking("xx"):
        assert language() == "id"
