"""Reports that write themselves: each period once, after it ended, whatever came between."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.library import SmallLibrary, refusal_of, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.decisions import Reason
from perpusdesk.domain.own_reports.report import Report
from perpusdesk.domain.own_reports.schedule import MOST_BEHIND, Every, due, last_ended
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.reports.own_reports import keep_report
from perpusdesk.services.reports.report_schedules import (
    drop_schedule,
    schedule_own,
    schedule_pack,
    schedules,
)
from perpusdesk.services.reports.scheduled_files import due_files, note_written, write_file

LOANS = Report("loans", ("lent", "title"))


def _write_all(desk: Desk) -> list[str]:
    freshen(desk)
    written = []
    for one in due_files(desk):
        written.append(write_file(desk, one).name)
        note_written(desk, one)
    return written


@given(
    every=st.sampled_from(list(Every)),
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    looks=st.lists(st.integers(0, 200), min_size=1, max_size=12),
)
@settings(max_examples=60)
def test_each_period_is_due_once_after_it_ended_whenever_somebody_looks(
    every: Every, start: date, looks: list[int]
) -> None:
    last, day, seen = last_ended(every, start).key, start, []
    for days in looks:
        day += timedelta(days=days)
        for period in due(every, last, day):
            assert period.ends < day
            seen.append(period)
            last = period.key
    assert len(set(seen)) == len(seen)
    assert all(one.ends < next_.begins for one, next_ in pairwise(seen))
    if seen:
        assert seen[-1] == last_ended(every, day)
        gaps = [(b.begins - a.ends).days for a, b in pairwise(seen)]
        assert set(gaps) <= {1}
    assert due(every, last, day) == []


def test_what_was_switched_off_for_years_makes_up_for_a_bounded_number() -> None:
    found = due(Every.MONTH, "2010-01", date(2026, 11, 2))
    assert (len(found), found[-1].key) == (MOST_BEHIND, "2026-10")
    assert [one.key for one in due(Every.QUARTER, "", date(2026, 11, 2))] == ["2026-Q3"]


def test_the_period_that_ended_last_is_written_at_once_and_never_again(
    small: SmallLibrary, tmp_path: Path
) -> None:
    desk = small.desk("head")
    value_of(schedule_pack(desk, "monthly", tmp_path))
    assert _write_all(desk) == ["Laporan bulanan 2026-10.pdf"]
    assert (tmp_path / "Laporan bulanan 2026-10.pdf").read_bytes().startswith(b"%PDF")
    assert _write_all(desk) == []
    small.time.passes(days=20)
    assert _write_all(desk) == []


def test_weeks_switched_off_are_made_up_for(small: SmallLibrary, tmp_path: Path) -> None:
    desk = small.desk("head")
    report = value_of(keep_report(desk, "Pinjaman: per/bulan?", LOANS))
    value_of(schedule_own(desk, report.id, Every.MONTH, tmp_path))
    _write_all(desk)
    value_of(lend(desk, small.members["A0001"], small.copies["B0001"]))
    small.time.passes(days=95)
    assert _write_all(desk) == [
        f"Pinjaman per bulan {month}.xlsx" for month in ("2026-11", "2026-12", "2027-01")
    ]
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix == ".xlsx")[0].endswith(
        "2026-10.xlsx"
    )


def test_a_crash_after_the_file_was_written_does_not_write_it_again(
    small: SmallLibrary, tmp_path: Path
) -> None:
    desk = small.desk("head")
    value_of(schedule_pack(desk, "quarterly", tmp_path, "xlsx"))
    (one,) = due_files(desk)
    file = write_file(desk, one)
    file.write_bytes(b"signed by hand since")
    assert _write_all(desk) == [file.name]
    assert file.read_bytes() == b"signed by hand since"
    assert due_files(desk) == []


def test_a_missing_folder_is_a_known_fault_and_nothing_is_lost(
    small: SmallLibrary, tmp_path: Path
) -> None:
    desk, stick = small.desk("head"), tmp_path / "stick"
    stick.mkdir()
    value_of(schedule_pack(desk, "monthly", stick))
    stick.rmdir()
    with pytest.raises(KnownError) as told:
        _write_all(desk)
    assert told.value.fault is Fault.FOLDER_GONE
    assert not stick.exists()
    stick.mkdir()
    assert len(_write_all(desk)) == 1


def test_a_full_disk_leaves_no_half_file(
    small: SmallLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = small.desk("head")
    value_of(schedule_pack(desk, "monthly", tmp_path))

    def full(*_words: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("os.replace", full)
        disk.setattr("os.fsync", full)
        with pytest.raises(KnownError) as told:
            _write_all(desk)
    assert told.value.fault is Fault.DISK_FULL
    assert list(tmp_path.glob("*.pdf")) == list(tmp_path.glob(".*")) == []
    assert len(_write_all(desk)) == 1


def test_members_data_is_never_written_by_itself(small: SmallLibrary, tmp_path: Path) -> None:
    desk = small.desk("head")
    kept = value_of(keep_report(desk, "Siapa", Report("loans", ("member",))))
    refusal_of(schedule_own(desk, kept.id, Every.MONTH, tmp_path), Reason.REPORT_PERSONAL)
    plain = value_of(keep_report(desk, "Apa", LOANS))
    value_of(schedule_own(desk, plain.id, Every.MONTH, tmp_path))
    value_of(keep_report(desk, "Apa", Report("loans", ("member",)), plain.id))
    assert due_files(desk) == []


def test_another_device_writes_nothing_of_this_ones(small: SmallLibrary, tmp_path: Path) -> None:
    desk = small.desk("head")
    id_ = value_of(schedule_pack(desk, "monthly", tmp_path))
    small.change("report_schedule", id_, device=small.titles[0])
    assert due_files(desk) == []
    assert [one.here for one in schedules(desk)] == [False]


def test_what_cannot_be_scheduled_is_refused(small: SmallLibrary, tmp_path: Path) -> None:
    desk = small.desk("head")
    refusal_of(schedule_pack(desk, "nothing", tmp_path), Reason.REPORT_UNKNOWN)
    refusal_of(schedule_pack(desk, "monthly", tmp_path / "no"), Reason.FOLDER_MISSING)
    refusal_of(schedule_pack(desk, "monthly", Path("beside")), Reason.FOLDER_MISSING)
    refusal_of(schedule_pack(small.desk("volunteer"), "monthly", tmp_path), Reason.RIGHT_MISSING)
    refusal_of(drop_schedule(desk, small.titles[0]), Reason.NOTHING_TO_UNDO)
    kept = value_of(schedule_pack(desk, "monthly", tmp_path))
    value_of(drop_schedule(desk, kept))
    assert schedules(desk) == []
