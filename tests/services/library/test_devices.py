"""Shutting a device out and letting it in, and what it still sends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from helpers.devices import another_device, exchange
from helpers.library import SmallLibrary, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.services.library.devices import (
    accept_quarantine,
    allow_device,
    find_device,
    list_devices,
    quarantine,
    revoke_device,
)
from perpusdesk.services.undo import undo


@pytest.fixture
def van(small: SmallLibrary, head: Desk, tmp_path: Path) -> Iterator[Desk]:
    small.change("device", id_of(head), name="Meja depan", number=1)
    made = another_device(small, tmp_path / "van", "Mobil Melati")
    exchange(head, made)
    yield made
    made.library.close()


@pytest.fixture
def third(small: SmallLibrary, van: Desk, tmp_path: Path) -> Iterator[Desk]:
    made = another_device(small, tmp_path / "third", "Meja anak")
    yield made
    made.library.close()


def id_of(desk: Desk) -> UUID:
    return UUID(bytes=desk.library.device)


def lends(small: SmallLibrary, desk: Desk, card: str, barcode: str) -> None:
    value_of(lend(desk, small.members[card], small.copies[barcode]))


def tells(one: Desk, other: Desk) -> None:
    """Carry ops one way: whoever was shut out may send, and is told nothing."""
    other.library.ingest(one.library.all_ops())


def loans(desk: Desk) -> int:
    return int(desk.library.value("select count(*) from loan"))


def refused(answer: object) -> Reason:
    assert isinstance(answer, Refused), answer
    return answer.reason


def test_what_came_before_counts_and_what_comes_later_waits(
    small: SmallLibrary, head: Desk, van: Desk, third: Desk
) -> None:
    lends(small, van, "A0001", "B0001")
    exchange(head, van)
    value_of(revoke_device(head, id_of(van), "Laptop dicuri"))
    lends(small, van, "A0002", "B0002")
    lends(small, van, "A0003", "B0004")
    exchange(head, van, third)
    exchange(head, van, third)
    assert [loans(desk) for desk in (head, van, third)] == [1, 1, 1]
    assert head.library.digest() == third.library.digest() == van.library.digest()
    waiting = quarantine(head)
    assert [line.verb for line in waiting] == ["lend", "lend"]
    assert {line.person for line in waiting} == {"Budi Misalnya", "Rina Umpama Dewi"}
    assert {line.thing for line in waiting} == {"Pelaut Kertas", "Kebun di Atap"}
    assert {line.device_name for line in waiting} == {"Mobil Melati"}
    assert all(line.staff_name for line in waiting)
    assert quarantine(third) == waiting
    line = next(one for one in list_devices(head) if one.id == id_of(van))
    assert (line.revoked, line.withheld) == (True, 2)


def test_letting_it_in_again_brings_everything(small: SmallLibrary, head: Desk, van: Desk) -> None:
    value_of(revoke_device(head, id_of(van)))
    lends(small, van, "A0002", "B0002")
    exchange(head, van)
    assert loans(head) == 0
    done = value_of(allow_device(head, id_of(van), "Ketemu lagi"))
    assert not done.revoked
    assert loans(head) == 1
    assert quarantine(head) == []


def test_accepting_lets_count_what_came_until_now_and_no_more(
    small: SmallLibrary, head: Desk, van: Desk
) -> None:
    value_of(revoke_device(head, id_of(van)))
    lends(small, van, "A0002", "B0002")
    tells(van, head)
    line = value_of(accept_quarantine(head, id_of(van)))
    assert (line.revoked, line.withheld, loans(head)) == (True, 0, 1)
    lends(small, van, "A0003", "B0004")
    tells(van, head)
    assert loans(head) == 1
    assert len(quarantine(head, id_of(van))) == 1
    value_of(accept_quarantine(head, id_of(van)))
    assert refused(accept_quarantine(head, id_of(van))) is Reason.NOTHING_CHOSEN


def test_each_of_it_can_be_undone(small: SmallLibrary, head: Desk, van: Desk) -> None:
    value_of(revoke_device(head, id_of(van)))
    lends(small, van, "A0002", "B0002")
    exchange(head, van)
    value_of(accept_quarantine(head, id_of(van)))
    assert loans(head) == 1
    value_of(undo(head))
    assert loans(head) == 0
    value_of(allow_device(head, id_of(van)))
    assert loans(head) == 1
    value_of(undo(head))
    assert loans(head) == 0
    value_of(undo(head))  # the shutting out
    assert loans(head) == 1


def test_a_shut_out_device_cannot_let_itself_in(small: SmallLibrary, head: Desk, van: Desk) -> None:
    value_of(revoke_device(head, id_of(van)))
    action = van.action("allow_device")  # a program that does not care what it was told
    action.set("device", id_of(van), {"revoked": None})
    small.time.passes(minutes=5)
    van.commit(action)
    small.time.passes(minutes=1)
    lends(small, van, "A0002", "B0002")
    exchange(head, van)
    exchange(head, van)
    assert loans(head) == loans(van) == 0
    assert [line.verb for line in quarantine(head)] == ["lend", "allow_device"]


def test_a_desk_that_knows_it_is_shut_out_confirms_nothing(
    small: SmallLibrary, head: Desk, van: Desk
) -> None:
    value_of(revoke_device(head, id_of(van)))
    exchange(head, van)
    ops = van.library.value("select count(*) from op")
    with pytest.raises(KnownError) as caught:
        lends(small, van, "A0002", "B0002")
    assert caught.value.fault is Fault.SHUT_OUT
    assert van.library.value("select count(*) from op") == ops
    value_of(allow_device(head, id_of(van)))
    exchange(head, van)
    lends(small, van, "A0002", "B0002")
    assert loans(van) == 1


def test_who_may_not_and_what_makes_no_sense_is_refused(
    small: SmallLibrary, head: Desk, van: Desk
) -> None:
    assert refused(revoke_device(small.desk(), id_of(van))) is Reason.RIGHT_MISSING
    assert refused(revoke_device(head, id_of(head))) is Reason.DEVICE_OWN
    assert refused(revoke_device(head, head.branch)) is Reason.DEVICE_UNKNOWN
    assert refused(allow_device(head, id_of(van))) is Reason.DEVICE_NOT_REVOKED
    value_of(revoke_device(head, id_of(van)))
    assert refused(revoke_device(head, id_of(van))) is Reason.DEVICE_REVOKED


def test_only_an_administrator_s_desk_may_once_devices_are_enrolled(
    small: SmallLibrary, head: Desk, van: Desk
) -> None:
    small.change("device", id_of(head), certificate=b"signed", role="desk")
    small.change("device", id_of(van), certificate=b"signed", role="server")
    assert refused(revoke_device(head, id_of(van))) is Reason.DEVICE_MAY_NOT
    small.change("device", id_of(head), role="admin")
    assert refused(revoke_device(head, id_of(van))) is Reason.DEVICE_IS_SERVER
    small.change("device", id_of(van), role="van")
    value_of(revoke_device(head, id_of(van)))


def test_a_device_is_found_by_number_name_or_id(head: Desk, van: Desk) -> None:
    for text in ("2", "mobil melati", str(id_of(van)), id_of(van).hex):
        assert [line.id for line in find_device(head, text)] == [id_of(van)]
    assert find_device(head, "") == []
