"""Looking things up beside the work: what is committed, one question at a time, called off."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from helpers.library import SmallLibrary
from perpusdesk.services.desk import Desk
from perpusdesk.services.searching.reading_desk import CalledOffError, ReadingDesk

LONG = (
    "with recursive n(x) as (select 1 union all select x + 1 from n where x < 2000000000)"
    " select count(*) from n"
)


def _titles(desk: Desk) -> int:
    return int(desk.library.value("select count(*) from title where deleted = 0"))


def test_it_sees_what_is_committed_and_cannot_write(small: SmallLibrary) -> None:
    reading = ReadingDesk(small.desk())
    assert reading.ask(_titles) == 10
    small.change("title", small.library.new_id(), title="Laut")
    assert reading.ask(_titles) == 11
    assert not reading.ask(lambda desk: desk.library.writable)
    reading.close()


def test_a_question_is_called_off_and_the_next_one_answered(small: SmallLibrary) -> None:
    reading = ReadingDesk(small.desk())
    begun = threading.Event()

    def long(desk: Desk) -> int:
        begun.set()
        return int(desk.library.value(LONG))

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(reading.ask, long)
        assert begun.wait(10)
        while not asked.done():
            reading.call_off()
        with pytest.raises(CalledOffError):
            asked.result()
        assert pool.submit(reading.ask, _titles).result() == 10
    reading.close()


def test_once_closed_it_answers_nothing(small: SmallLibrary) -> None:
    reading = ReadingDesk(small.desk())
    reading.call_off()
    reading.close()
    with pytest.raises(CalledOffError):
        reading.ask(_titles)
