"""Somebody who is no member, erased: gone from rows, ops and packages of all devices."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.certified import AUTHORITY, Device, device_in, exchange
from perpusdesk.domain.merge import facts
from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import Role
from perpusdesk.storage.chain_check import verify
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.storage.package_check import verify_packages
from perpusdesk.syncing.engine.opening import open_package

SECRETS = ("Zubaedah Rahasia", "0812-7777-8888", "zubaedah@rahasia.example")
PUBLIC = keys.public_of(AUTHORITY)


@pytest.fixture
def devices(tmp_path: Path) -> tuple[Device, Device, Device]:
    """A server and two desks that know who wrote a message."""
    server = Device(Library.create(tmp_path / "server"), 1, Role.SERVER)
    server.store.redacts = True
    first, second = (device_in(tmp_path / f"desk {n}", n, like=server.library) for n in (2, 3))
    for one in (server, first, second):
        one.introduce(server, first, second)
    action, contact = Action("register_complaint"), first.library.new_id()
    names = dict(zip(("name", "phone", "email"), SECRETS, strict=True))
    action.set("outsider", contact, {"member": contact, **names}, fresh=True)
    said = {"kind": "complaint", "text": "Ruang panas", "contact": contact}
    action.set("complaint", first.library.new_id(), said, fresh=True)
    first.library.write(action)
    for one in (first, second, first):
        exchange(one, server)
    return server, first, second


def _told(device: Device) -> str:
    """Return all that rows, ops and opened packages say."""
    rows = device.library.rows("select name, phone, email from outsider")
    ops = [op.payload for op in device.library.all_ops()]
    for lane in (0, 1):
        for one in device.store.after(lane, 0):
            opened = open_package(one.package, device.trust, device.library.id)
            assert not isinstance(opened, str), opened
            ops += [op.payload for op in opened.ops]
    return f"{rows} {ops}"


def _redact(device: Device) -> None:
    for _ in range(50):
        if not device.store.redact_some():
            return
    raise AssertionError("it comes to no end")


def test_no_word_of_them_is_left_and_the_message_stays(
    devices: tuple[Device, Device, Device],
) -> None:
    server, first, second = devices
    assert all(secret in _told(one) for one in devices for secret in SECRETS)
    contact = first.library.value("select contact from complaint")
    action, record = Action("erase_outsider"), first.library.new_id()
    action.event(facts.ERASED, "erasure", record, fresh=True, member=contact)
    action.event(facts.CARRIED_OUT, "erasure", record, member=contact)
    first.library.write(action)
    for one in (first, second):
        exchange(one, server)
    _redact(server)
    for one in (first, second, first):
        exchange(one, server)
        _redact(one)
    for one in devices:
        told = _told(one)
        assert not any(secret in told for secret in SECRETS)
        assert "Ruang panas" in told
        assert check(one.library) == [] and verify(one.library) == []
        assert verify_packages(one.library, PUBLIC) == []
    assert len({one.library.digest() for one in devices}) == 1
