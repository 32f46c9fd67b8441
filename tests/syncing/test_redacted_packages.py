"""Packages out of which words were taken: who is believed, how they reach all, what stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from helpers.certified import AUTHORITY, Device, device_in, exchange
from perpusdesk.domain.merge import facts
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import keys, wire
from perpusdesk.protocol.certificates import Role
from perpusdesk.protocol.keys import redacted_bytes
from perpusdesk.protocol.messages import Package
from perpusdesk.protocol.redacted import write_note
from perpusdesk.storage.chain_check import verify
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.package_check import verify_packages
from perpusdesk.syncing.engine.opening import Flaw, open_package

PUBLIC = keys.public_of(AUTHORITY)
SECRET = "Zubaedah Rahasia"


@pytest.fixture
def devices(tmp_path: Path) -> tuple[Device, Device, Device]:
    """A server and two desks that hold what the first desk wrote of somebody."""
    server = Device(Library.create(tmp_path / "server"), 1, Role.SERVER)
    server.store.redacts = True
    desks = [device_in(tmp_path / f"desk {n}", n, like=server.library) for n in (2, 3)]
    for one in (server, *desks):
        one.introduce(server, *desks)
    first, second = desks
    for name in (SECRET, "Budi"):
        action = Action("register_member")
        member = first.library.new_id()
        action.set("member", member, {"name": name, "card": name}, fresh=True)
        first.library.write(action)
    image = Action("photo")
    image.set("photo", first.library.new_id(), {"member": member, "image": b"x" * 90}, fresh=True)
    first.library.write(image)
    for one in (first, second, first):
        exchange(one, server)
    return server, first, second


def _erase(device: Device) -> None:
    query = "select id from member where name = ?"
    member = device.library.value(query, SECRET)
    action, record = Action("erase_member"), device.library.new_id()
    action.event(facts.ERASED, "erasure", record, fresh=True, member=member)
    action.event(facts.CARRIED_OUT, "erasure", record, member=member)
    device.library.write(action)


def _tells(device: Device) -> bool:
    rows = device.library.rows("select body, lane, arrival from package")
    ops = [op for one in _packages(device) for op in _opened(device, one)]
    assert len(rows) == len(_packages(device))
    return SECRET in str([op.payload for op in ops]) or SECRET in str(
        list(device.library.all_ops())
    )


def _packages(device: Device) -> list[Package]:
    return [one.package for lane in (0, 1) for one in device.store.after(lane, 0)]


def _opened(device: Device, package: Package) -> list[Op]:
    opened = open_package(package, device.trust, device.library.id)
    assert not isinstance(opened, str), opened
    return list(opened.ops)


def _redact(device: Device) -> None:
    for _ in range(50):
        if not device.store.redact_some():
            return
    raise AssertionError("it comes to no end")


def test_an_erasure_leaves_no_words_in_any_package(
    devices: tuple[Device, Device, Device],
) -> None:
    server, first, second = devices
    assert all(_tells(one) for one in devices)
    _erase(first)
    for one in (first, second):
        exchange(one, server)
    _redact(server)
    assert not _tells(server)
    for one in (first, second, first):
        exchange(one, server)
        _redact(one)
    assert not any(_tells(one) for one in devices)
    assert len({one.library.digest() for one in devices}) == 1
    for one in devices:
        assert check(one.library) == [] and verify(one.library) == []
        assert verify_packages(one.library, PUBLIC) == []
        assert one.library.value("select count(*) from redaction") == 0


def test_words_that_are_gone_elsewhere_go_though_the_erasure_is_not_here(
    devices: tuple[Device, Device, Device],
) -> None:
    """Neither device has heard of it; one has the packages of before, one what is left of them."""
    server, first, second = devices
    _erase(first)
    exchange(first, server)
    _redact(server)
    left = [open_package(one, second.trust, second.library.id) for one in _raw(server)]
    taken = [one for one in left if not isinstance(one, str) and one.package.redacted]
    assert taken and _tells(second)
    before = second.library.versions["member"]
    second.store.accept(taken, server.library.device)
    assert not _tells(second)
    assert second.library.value("select count(*) from op where type = 'erasure'") == 0
    names = {row[0] for row in second.library.rows("select name from member")}
    assert names == {"", "Budi"}
    assert second.library.versions["member"] > before
    assert check(second.library) == [] and verify(second.library) == []
    assert verify_packages(second.library, PUBLIC) == []
    exchange(second, server)
    assert second.library.digest() == server.library.digest()


def test_nothing_but_words_of_persons_can_be_taken_out_so(
    devices: tuple[Device, Device, Device],
) -> None:
    server, first, second = devices
    action = Action("catalogue")
    action.set("title", first.library.new_id(), {"title": SECRET}, fresh=True)
    first.library.write(action)
    for one in (first, second):
        exchange(one, server)
    ours = next(one for one in _raw(second) if _opened(second, one)[0].entity_type == "title")
    ops = [replace(op, payload={"fields": {"title": ""}}) for op in _opened(second, ours)]
    note, body = (
        write_note(ours.digest, first.library.device, server.library.device),
        wire.encode(ops),
    )
    signature = server.store.sign(redacted_bytes(server.library.id, note, body))
    other = open_package(Package(body, signature, note), second.trust, second.library.id)
    assert not isinstance(other, str)
    second.store.accept([other], server.library.device)
    assert second.library.rows("select title from title") == [(SECRET,)]


def test_a_new_device_takes_what_is_left(
    devices: tuple[Device, Device, Device], tmp_path: Path
) -> None:
    server, first, _ = devices
    _erase(first)
    exchange(first, server)
    _redact(server)
    late = device_in(tmp_path / "late", 4, like=server.library)
    for one in (server, late):
        one.introduce(server, first, late)
    exchange(late, server)
    exchange(late, server)
    assert not _tells(late) and late.library.digest() == server.library.digest()
    assert check(late.library) == [] and verify_packages(late.library, PUBLIC) == []


def test_nobody_else_may_change_what_a_device_signed(
    devices: tuple[Device, Device, Device],
) -> None:
    server, first, second = devices
    second.store.redacts = True  # a desk that takes more on itself than its certificate says
    _erase(first)
    exchange(first, server)
    exchange(second, server)
    _redact(second)
    forged = [one for one in _raw(second) if one.redacted and one not in _raw(first)]
    assert forged
    for package in forged:
        assert open_package(package, server.trust, server.library.id) == Flaw.FORGED
    _redact(server)
    good = next(one for one in _raw(server) if one.redacted)
    for note in (b"x" + good.redacted[1:], good.redacted[:-1], good.redacted[:16] + bytes(21)):
        other = Package(good.body, good.signature, note)
        assert open_package(other, server.trust, server.library.id) in set(Flaw)
    assert Package.parted(good.joined) == good


def _raw(device: Device) -> list[Package]:
    rows = device.library.rows("select body, signature, redacted from package")
    return [Package(bytes(b), bytes(s), bytes(r or b"")) for b, s, r in rows]
