"""Two devices and a server exchange what they did, over the real messages and real files."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

import pytest

from helpers.certified import Device, device_in, device_on, exchange, known_by
from helpers.library import SmallLibrary, value_of
from perpusdesk.protocol.messages import Package
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.syncing.engine.opening import open_package
from perpusdesk.syncing.engine.talk import BrokenOffError


@pytest.fixture
def desk(small: SmallLibrary) -> Device:
    return Device(small.library, 1)


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path, small: SmallLibrary):
    """The server, its library in a file or in a schema."""
    if request.param == "sqlite":
        made = device_in(tmp_path / "server", 9, small.library, small.library.sources)
    else:
        made = device_on(request.getfixturevalue("postgres_dsn"), 9, small.library)
    made.store.caps_clocks = True
    yield made
    made.library.close()


@pytest.fixture
def van(tmp_path: Path, small: SmallLibrary):
    made = device_in(tmp_path / "van", 2, small.library, small.library.sources)
    yield made
    made.library.close()


def desk_of(device: Device, small: SmallLibrary) -> Desk:
    return Desk(device.library, small.branches["pusat"], small.staff["desk"])


def test_what_a_desk_did_is_known_at_the_van_and_the_other_way_round(
    small: SmallLibrary, desk: Device, server: Device, van: Device
) -> None:
    assert exchange(desk, server).sent > 0
    assert exchange(van, server).received > 0
    assert len(known_by(desk, server, van)) == 1
    value_of(lend(desk_of(van, small), small.members["A0001"], small.copies["B0001"]))
    value_of(lend(small.desk("desk"), small.members["A0002"], small.copies["B0003"]))
    exchange(van, server)
    exchange(desk, server)
    exchange(van, server)
    assert len(known_by(desk, server, van)) == 1
    value_of(take_back(small.desk("desk"), small.copies["B0001"]))
    exchange(desk, server)
    assert exchange(van, server).received >= 1
    assert len(known_by(desk, server, van)) == 1
    assert exchange(van, server).sent == exchange(van, server).received == 0


def test_a_small_frame_carries_a_large_photo_in_pieces(
    small: SmallLibrary, desk: Device, server: Device, van: Device
) -> None:
    action = Action("photo")
    image = bytes(range(256)) * 80
    action.set("photo", small.library.new_id(), {"member": b"m" * 16, "image": image}, fresh=True)
    small.library.write(action)
    exchange(desk, server, frame=2048)
    exchange(van, server, frame=2048)
    assert len(known_by(desk, server, van)) == 1
    assert van.library.value("select image from photo") == image
    assert van.library.value("select count(*) from piece") == 0


def copy_of(library: Library, folder: Path) -> None:
    with library.local_work():
        pass
    library.database.execute_sql("pragma wal_checkpoint(truncate)").fetchall()
    shutil.copytree(library.folder, folder)


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
def test_a_server_that_was_restored_gets_back_what_it_lost(
    small: SmallLibrary, desk: Device, server: Device, van: Device, tmp_path: Path
) -> None:
    exchange(desk, server)
    exchange(van, server)
    backup = tmp_path / "backup"
    copy_of(server.library, backup)
    value_of(lend(desk_of(van, small), small.members["A0001"], small.copies["B0001"]))
    exchange(van, server)
    exchange(desk, server)
    restored = Device(Library.open(backup, sources=small.library.sources), 9)
    for one in (desk, van, server):
        one.introduce(restored)
    assert exchange(desk, restored).server_restored
    assert len(known_by(desk, restored, van)) == 1
    exchange(van, restored)
    assert len(known_by(desk, restored, van)) == 1
    restored.library.close()


def test_the_ops_of_a_fast_clock_count_as_made_when_the_server_heard_of_them(
    small: SmallLibrary, desk: Device, server: Device, van: Device
) -> None:
    exchange(desk, server)
    exchange(van, server)
    member = small.members["A0001"]
    van.library._door.time.observe((small.library.now_ms() + 3_600_000) << 16)
    for library, name in ((van.library, "Dari Masa Depan"), (desk.library, "Kini")):
        action = Action("edit_member")
        action.set("member", member, {"name": name})
        library.write(action)
        exchange(van if library is van.library else desk, server)
        small.time.passes(minutes=10)
    for one in (van, desk):
        exchange(one, server)
    assert len(known_by(desk, server, van)) == 1
    name = "select name from member where card = 'A0001'"
    assert server.library.value("select count(*) from clock_cap") == 1
    assert server.library.value(name) == "Kini"


def test_what_a_revoked_device_still_sends_is_kept_but_does_not_count(
    small: SmallLibrary, desk: Device, server: Device, van: Device
) -> None:
    exchange(desk, server)
    exchange(van, server)
    value_of(lend(desk_of(van, small), small.members["A0001"], small.copies["B0001"]))
    action = Action("revoke_device")
    action.set("device", UUID(bytes=van.library.device), {"revoked": ""})
    desk.library.write(action)
    exchange(desk, server)
    before = server.library.value("select count(*) from loan")
    outcome = exchange(van, server)
    assert outcome.standing == "revoked"
    assert outcome.sent > 0
    assert server.library.value("select count(*) from loan") == before
    exchange(desk, server)
    assert len(known_by(desk, server)) == 1
    lift = Action("allow_device")
    lift.set("device", UUID(bytes=van.library.device), {"revoked": None})
    desk.library.write(lift)
    exchange(desk, server)
    exchange(van, server)
    assert server.library.value("select count(*) from loan") == before + 1
    exchange(desk, server)
    assert len(known_by(desk, server, van)) == 1


def test_a_package_that_was_changed_or_signed_by_another_is_not_taken(
    desk: Device, server: Device
) -> None:
    desk.introduce(server)
    desk.store.seal()
    package = desk.store.after(0, 0)[0].package
    assert not isinstance(open_package(package, server.trust, server.library.id), str)
    flipped = Package(package.body[:-1] + bytes([package.body[-1] ^ 1]), package.signature)
    assert open_package(flipped, server.trust, server.library.id) == "forged"
    assert open_package(package, server.trust, b"x" * 16) == "forged"
    cut = Package(package.body[:4], package.signature)
    assert open_package(cut, server.trust, server.library.id) == "damaged"


def test_another_library_is_refused(desk: Device, tmp_path: Path) -> None:
    other = device_in(tmp_path / "other", 3)
    with pytest.raises(BrokenOffError, match="wrong_library"):
        exchange(desk, other)
    assert other.library.value("select count(*) from op") == 0
    other.library.close()


def noted(small: SmallLibrary) -> None:
    action = Action("edit_member")
    action.set("member", small.members["A0001"], {"note": str(small.time.moment)})
    small.library.write(action)
