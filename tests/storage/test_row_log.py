"""The scratch list of rows: order, reasons, and where a record came from."""

from __future__ import annotations

from uuid import uuid4

from perpusdesk.storage.row_log import RowLog


def test_rows_stand_by_why_they_are_here_then_as_they_came() -> None:
    log = RowLog(("refused", "noted"))
    log.put("noted", "isbn", "a.csv", 2)
    log.put("refused", "title", "a.csv", 3, facts={"title": "Sumur"}, text="Sumur | 3")
    log.put("refused", "name", "b.csv", 1)
    log.put("refused", "title", "b.csv", 2)
    assert [(one.file, one.row) for one in log.every()] == [
        ("a.csv", 3),
        ("b.csv", 1),
        ("b.csv", 2),
        ("a.csv", 2),
    ]
    assert log.reasons() == [("refused", "title", 2), ("refused", "name", 1), ("noted", "isbn", 1)]
    assert [one.row for one in log.every("refused", "title")] == [3, 2]
    first = log.lines(log.ids())[0]
    assert (first.facts, first.text, first.record) == ({"title": "Sumur"}, "Sumur | 3", None)
    log.close()


def test_a_row_that_equals_an_earlier_one_tells_which() -> None:
    log, record, other = RowLog(), uuid4(), uuid4()
    log.born(record, "a.csv", 7)
    log.born(record, "a.csv", 9)
    log.put("double", "titles", "b.csv", 1, record=record)
    log.put("double", "titles", "b.csv", 2, record=other)
    told = [(one.record, one.from_file, one.from_row) for one in log.every()]
    assert told == [(record, "a.csv", 7), (other, "", 0)]
