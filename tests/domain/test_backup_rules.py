"""Which backups stay, and when one is too old."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from perpusdesk.domain.backup_age import DAY_MS, BackupAge, age_of, worst
from perpusdesk.domain.backup_rotation import kept

NOW = datetime(2026, 11, 22, 16, 5, tzinfo=UTC)


def test_a_year_of_daily_backups_leaves_days_weeks_and_months() -> None:
    times = [NOW - timedelta(days=days) for days in range(400)]
    stay = kept(times)
    assert {NOW - timedelta(days=days) for days in range(7)} <= stay
    assert 7 + 12 - 1 <= len(stay) <= 7 + 4 + 12
    assert min(stay) < NOW - timedelta(days=320)


def test_of_one_day_only_the_last_stays() -> None:
    times = [NOW - timedelta(hours=hours) for hours in range(0, 16, 2)]
    assert kept(times) == {NOW}


@settings(max_examples=60)
@given(st.lists(st.integers(0, 900 * 24), max_size=80))
def test_the_newest_stays_and_no_rule_keeps_too_many(hours: list[int]) -> None:
    times = [NOW - timedelta(hours=one) for one in hours]
    stay = kept(times)
    assert stay <= set(times)
    assert len(stay) <= 7 + 4 + 12
    assert not times or max(times) in stay
    assert kept(stay) == stay, "what stays is not thrown away the next time"


def test_age_turns_yellow_and_red() -> None:
    since, now = 0, 100 * DAY_MS
    assert age_of(now - 3 * DAY_MS + 1, since, now) is BackupAge.FRESH
    assert age_of(now - 3 * DAY_MS, since, now) is BackupAge.YELLOW
    assert age_of(now - 7 * DAY_MS, since, now) is BackupAge.RED
    assert age_of(None, now - DAY_MS, now) is BackupAge.FRESH
    assert age_of(None, since, now) is BackupAge.RED
    assert worst([BackupAge.FRESH, BackupAge.RED, BackupAge.YELLOW]) is BackupAge.RED
    assert worst([]) is BackupAge.FRESH
