"""What is noticed of a device, and what is let be."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perpusdesk.domain.fleet import DAY_MS, MINUTE_MS, Concern, Noticed, Press, Said, noticed, older

NOW = 1_800_000_000_000
WELL = Said(at_ms=NOW - MINUTE_MS, program="1.2.0", backup_ms=NOW - DAY_MS)


def of(said: Said | None, role: str = "desk", **changed: object) -> tuple[Noticed, ...]:
    facts = {
        "role": role,
        "admitted_ms": NOW - 90 * DAY_MS,
        "revoked": False,
        "withheld": 0,
        "said": said,
        "now_ms": NOW,
        "program": "1.2.0",
    }
    return noticed(**{**facts, **changed})


def concerns(said: Said | None, role: str = "desk", **changed: object) -> list[Concern]:
    return [one.concern for one in of(said, role, **changed)]


def test_of_a_device_that_is_well_nothing_is_noticed() -> None:
    assert of(WELL) == ()


@pytest.mark.parametrize(
    ("role", "days", "press"),
    [
        ("desk", 2, None),
        ("desk", 3, Press.SOON),
        ("van", 7, None),
        ("van", 8, Press.SOON),
        ("hub", 20, Press.SOON),
        ("hub", 21, Press.NOW),
    ],
)
def test_a_van_may_be_away_longer_than_a_desk(role: str, days: int, press: Press | None) -> None:
    found = of(replace(WELL, at_ms=NOW - days * DAY_MS, backup_ms=NOW), role)
    assert found == (() if press is None else (Noticed(Concern.SILENT, press, days),))


def test_one_that_was_admitted_and_never_came_is_told_after_a_day() -> None:
    assert concerns(None, admitted_ms=NOW - DAY_MS) == [Concern.NEVER_CAME]
    assert concerns(None, admitted_ms=NOW - DAY_MS + 1) == []
    assert concerns(None, admitted_ms=0) == []  # a record without a certificate: nobody waits


@pytest.mark.parametrize(
    ("offset", "press"),
    [
        (5 * MINUTE_MS, None),
        (5 * MINUTE_MS + 1, Press.SOON),
        (-6 * MINUTE_MS, Press.SOON),
        (-DAY_MS, Press.NOW),
    ],
)
def test_a_clock_may_differ_by_five_minutes(offset: int, press: Press | None) -> None:
    found = of(replace(WELL, offset_ms=offset))
    assert found == (() if press is None else (Noticed(Concern.CLOCK, press, offset),))


def test_a_device_that_doubts_its_clock_is_told_although_it_is_right_now() -> None:
    assert concerns(replace(WELL, clock_suspect=True)) == [Concern.CLOCK_SUSPECT]
    assert concerns(replace(WELL, clock_suspect=True, offset_ms=DAY_MS)) == [Concern.CLOCK]


def test_held_records_say_more_than_an_old_version() -> None:
    assert concerns(replace(WELL, program="1.1")) == [Concern.OLD_PROGRAM]
    assert concerns(replace(WELL, program="1.1", held=3)) == [Concern.HELD]


def test_a_backup_is_asked_of_whoever_has_something_of_their_own() -> None:
    none, old = replace(WELL, backup_ms=0), replace(WELL, backup_ms=NOW - 8 * DAY_MS)
    assert of(none) == (Noticed(Concern.NO_BACKUP, Press.LATER),)
    assert of(old) == (Noticed(Concern.BACKUP, Press.SOON, 8),)
    assert of(none, "reader") == of(old, "reader") == ()


def test_of_a_device_that_is_shut_out_only_its_quarantine_matters() -> None:
    silent = replace(WELL, at_ms=NOW - 99 * DAY_MS, offset_ms=DAY_MS)
    assert of(silent, revoked=True) == ()
    assert of(silent, revoked=True, withheld=4) == (Noticed(Concern.QUARANTINE, Press.SOON, 4),)


def test_the_server_itself_is_never_silent() -> None:
    assert of(None, "server") == ()


def test_what_presses_most_comes_first() -> None:
    said = Said(at_ms=NOW - 30 * DAY_MS, offset_ms=2 * DAY_MS, program="0.9")
    assert concerns(said) == [
        Concern.CLOCK,
        Concern.SILENT,
        Concern.NO_BACKUP,
        Concern.OLD_PROGRAM,
    ]


@pytest.mark.parametrize(
    ("one", "other", "is_older"),
    [
        ("0.1.0", "0.1.1", True),
        ("0.9", "0.10", True),
        ("1.0", "1.0.0", False),
        ("1.0.1", "1.0", False),
        ("2.0-beta", "2.0", False),
        ("", "1.0", False),
        ("a word", "1.0", False),
    ],
)
def test_versions_are_compared_as_numbers(one: str, other: str, is_older: bool) -> None:
    assert older(one, other) is is_older


@given(st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=4), min_size=2, max_size=2))
def test_of_two_versions_at_most_one_is_older(versions: list[list[int]]) -> None:
    one, other = (".".join(map(str, version)) for version in versions)
    assert not (older(one, other) and older(other, one))
