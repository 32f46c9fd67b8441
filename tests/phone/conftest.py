"""The desk's own web server on a small library, as phones on the branch's Wi-Fi reach it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from helpers.library import SmallLibrary
from helpers.surveys import begun
from perpusdesk.phone.server import PhoneServer
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.surveys import SurveyLine
from perpusdesk.services.visits.kiosk_desk import KioskDesk


@dataclass(slots=True)
class Branch:
    """A desk with a survey that phones may answer; ``on_desk`` is for staff, on its thread."""

    desk: Desk
    survey: SurveyLine
    server: PhoneServer
    on_desk: Callable[[Callable[[Desk], Any]], Any]

    @property
    def url(self) -> str:
        """Where a phone opens the survey."""
        return f"http://127.0.0.1:{self.server.port}/s/{self.survey.id}"

    def answers(self) -> list[tuple[Any, ...]]:
        """What is kept: channel and answers."""
        query = "select channel, answers from answer where voided = 0 order by rid"
        found: list[tuple[Any, ...]] = self.on_desk(lambda desk: desk.library.rows(query))
        return found


@pytest.fixture
def branch(small: SmallLibrary, monkeypatch: pytest.MonkeyPatch) -> Iterator[Branch]:
    monkeypatch.setattr("perpusdesk.phone.site._SENDS_PAUSE", 3600.0)  # longer than any test
    survey = begun(small.desk("head"))
    with ThreadPoolExecutor(1) as database:
        desk = small.desk("head")

        def on_desk(work: Callable[[Desk], Any]) -> Any:
            return database.submit(work, desk).result(60)

        nobody = KioskDesk(desk.library, desk.branch, None)
        server = PhoneServer(lambda work: database.submit(work, nobody).result(60))
        server.start("127.0.0.1", 0)
        yield Branch(desk, survey, server, on_desk)
        server.stop()
