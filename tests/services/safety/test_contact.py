"""A van that has to contact its server every few days, whatever its clock says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from helpers.library import SmallLibrary, build, value_of
from perpusdesk.domain.decisions import Refused
from perpusdesk.protocol.recovery_code import BadCode, CodeFault
from perpusdesk.services.library.devices import list_devices, set_contact_days
from perpusdesk.services.safety import recovery
from perpusdesk.services.safety.contact import contact_due, pardon
from perpusdesk.storage.exchange_log import ExchangeEntry, note_exchange
from perpusdesk.storage.library import Library, Sources


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallLibrary]:
    made = build(tmp_path / "library")
    device = UUID(bytes=made.library.device)
    made.change("device", device, name="Mobil 1", number=1)
    yield made
    made.library.close()


def exchanged(small: SmallLibrary, way: str = "http", reason: str = "") -> None:
    entry = ExchangeEntry(small.library.now_ms(), way, "server", reason=reason)
    note_exchange(small.library, entry)


def rule(small: SmallLibrary, days: int) -> None:
    value_of(set_contact_days(small.desk("head"), UUID(bytes=small.library.device), days))


def test_without_the_rule_it_always_opens(small: SmallLibrary) -> None:
    exchanged(small)
    small.time.passes(days=300)
    assert contact_due(small.library) is None


def test_after_the_days_the_server_has_to_be_asked(small: SmallLibrary) -> None:
    rule(small, 7)
    exchanged(small)
    small.time.passes(days=6, hours=23)
    assert contact_due(small.library) is None
    small.time.passes(hours=1)
    due = contact_due(small.library)
    assert due is not None
    assert (due.days, due.limit) == (7, 7)
    exchanged(small, reason="unreachable")
    exchanged(small, way="folder")
    assert contact_due(small.library) is not None
    exchanged(small)
    assert contact_due(small.library) is None


def test_where_there_was_no_contact_yet_it_counts_from_the_first_look(small: SmallLibrary) -> None:
    rule(small, 3)
    assert contact_due(small.library) is None
    small.time.passes(days=3)
    assert contact_due(small.library) is not None


def test_setting_the_clock_back_gains_nothing(small: SmallLibrary) -> None:
    rule(small, 7)
    exchanged(small)
    small.time.passes(days=8)
    small.setting("note", "the library sees this day")
    small.library.close()
    small.time.moment = small.time.moment.replace(day=3)
    small.time.passed_ms = 0
    sources = Sources(small.time.wall_ms, small.time.uptime_ms)
    with Library.open(small.library.folder, sources=sources) as again:
        assert contact_due(again) is not None


def test_the_recovery_code_opens_for_another_term(small: SmallLibrary) -> None:
    rule(small, 7)
    code = recovery.draw_code()
    value_of(recovery.use_code(small.desk("head"), code))
    exchanged(small)
    small.time.passes(days=8)
    assert pardon(small.library, recovery.draw_code()) is False
    assert pardon(small.library, code[:5]) == BadCode(CodeFault.INCOMPLETE, (2,))
    assert contact_due(small.library) is not None
    assert pardon(small.library, code) is True
    assert contact_due(small.library) is None
    small.time.passes(days=7)
    assert contact_due(small.library) is not None


def test_only_who_manages_devices_sets_it(small: SmallLibrary) -> None:
    device = UUID(bytes=small.library.device)
    assert isinstance(set_contact_days(small.desk("volunteer"), device, 3), Refused)
    rule(small, 999)
    assert [line.contact_days for line in list_devices(small.desk())] == [365]
