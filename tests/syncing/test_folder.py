"""Exchange through a stick: nothing on it does harm, whatever became of its files."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.certified import SECRET, Device, device_in, known_by
from helpers.library import SmallLibrary, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.desk import Desk
from perpusdesk.syncing import folder as sticks
from perpusdesk.syncing.folder import PLACE, FolderExchange, FolderOutcome


@pytest.fixture
def desk(small: SmallLibrary) -> Device:
    return Device(small.library, 1)


@pytest.fixture
def van(tmp_path: Path, small: SmallLibrary) -> Iterator[Device]:
    made = device_in(tmp_path / "van", 2, small.library, small.library.sources)
    yield made
    made.library.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def carry(device: Device, stick: Path, secret: bytes = SECRET) -> FolderOutcome:
    exchange = FolderExchange(device.store, device.trust, stick, secret, secrets.token_bytes)
    for _ in exchange.steps():
        pass
    return exchange.outcome


def files(stick: Path) -> list[Path]:
    return sorted((stick / PLACE).iterdir())


def lent(device: Device, small: SmallLibrary, card: str, barcode: str) -> None:
    desk = Desk(device.library, small.branches["pusat"], small.staff["desk"])
    value_of(lend(desk, small.members[card], small.copies[barcode]))


def test_a_stick_carries_what_each_did_both_ways(
    small: SmallLibrary, desk: Device, van: Device, stick: Path
) -> None:
    told = carry(desk, stick)
    assert told.sent > 0
    assert told.left == 0
    assert carry(van, stick).received == told.sent
    assert len(known_by(desk, van)) == 1
    lent(van, small, "A0001", "B0001")
    assert carry(van, stick).sent > 0
    assert carry(desk, stick).received > 0
    assert len(known_by(desk, van)) == 1
    for device in (desk, van):
        again = carry(device, stick)
        assert (again.received, again.sent) == (0, 0)


def test_a_third_device_gets_what_the_second_brought(
    small: SmallLibrary, desk: Device, van: Device, stick: Path, tmp_path: Path
) -> None:
    carry(desk, stick)
    carry(van, stick)
    lent(van, small, "A0001", "B0001")
    carry(van, stick)
    third = device_in(tmp_path / "third", 3, small.library, small.library.sources)
    carry(third, stick)
    assert len(known_by(van, third)) == 1
    third.library.close()


def test_names_and_order_of_the_files_do_not_matter(
    small: SmallLibrary, desk: Device, van: Device, stick: Path
) -> None:
    carry(desk, stick)
    lent(desk, small, "A0001", "B0001")
    carry(desk, stick)
    for number, file in enumerate(reversed(files(stick))):
        file.rename(stick / f"Salinan {number}.tmp")
    carry(van, stick)
    assert len(known_by(desk, van)) == 1


@pytest.mark.parametrize("keep", [0, 3, 20, 60, 0.3, 0.9, 0.999])
def test_half_a_file_is_named_and_brings_nothing_else_to_harm(
    small: SmallLibrary, desk: Device, van: Device, stick: Path, keep: float
) -> None:
    carry(desk, stick)
    lent(desk, small, "A0001", "B0001")
    carry(desk, stick)
    whole = max(files(stick), key=lambda file: file.stat().st_size)
    data = whole.read_bytes()
    whole.write_bytes(data[: int(keep * len(data)) if keep < 1 else int(keep)])
    told = carry(van, stick)
    assert told.half == ([whole.name] if keep else [])
    assert not told.refused
    carry(desk, stick)
    carry(van, stick)
    assert len(known_by(desk, van)) == 1


def test_a_damaged_file_is_set_aside_and_its_packages_are_written_anew(
    desk: Device, van: Device, stick: Path
) -> None:
    carry(desk, stick)
    (file,) = files(stick)
    data = file.read_bytes()
    file.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    assert carry(van, stick).half == [file.name]
    assert carry(desk, stick).sent > 0
    carry(van, stick)
    assert len(known_by(desk, van)) == 1


def test_a_changed_byte_anywhere_brings_nothing_in(desk: Device, van: Device, stick: Path) -> None:
    carry(desk, stick)
    (file,) = files(stick)
    data = file.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 60)):
        changed = stick / f"{place}.pdx"
        changed.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        file.unlink(missing_ok=True)
        exchange = FolderExchange(van.store, van.trust, stick, SECRET, secrets.token_bytes)
        for found in exchange._look():
            list(exchange._read(found))
        for left in stick.glob("*.pdx*"):
            left.unlink()
        assert exchange.outcome.received == 0
        assert van.library.value("select count(*) from op") == 0


def test_a_stick_of_another_library_is_left_as_it_is(
    desk: Device, van: Device, stick: Path, tmp_path: Path
) -> None:
    other = device_in(tmp_path / "other", 4)
    carry(desk, stick)
    before = {file.name: file.read_bytes() for file in files(stick)}
    told = carry(other, stick)
    assert (told.other_library, told.received) == (1, 0)
    assert {name: (stick / PLACE / name).read_bytes() for name in before} == before
    other.library.close()


def test_with_another_key_nothing_is_read(desk: Device, van: Device, stick: Path) -> None:
    carry(desk, stick)
    (file,) = files(stick)
    told = carry(van, stick, secret=bytes(32))
    assert told.sealed_otherwise == [file.name]
    assert told.received == 0
    assert b"Siti" not in file.read_bytes()


def test_a_full_stick_says_how_much_was_left_and_holds_only_whole_files(
    small: SmallLibrary, desk: Device, van: Device, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = 1_000
    real = sticks.write_atomically

    def write(path: Path, content: bytes) -> None:
        if sum(file.stat().st_size for file in stick.rglob("*.pdx")) + len(content) > room:
            raise KnownError(Fault.DISK_FULL, path=str(path))
        real(path, content)

    monkeypatch.setattr(sticks, "write_atomically", write)
    lent(desk, small, "A0001", "B0001")
    told = carry(desk, stick)
    assert told.full
    assert told.left > 0
    room = 10_000_000
    again = carry(desk, stick)
    assert (again.full, again.left) == (False, 0)
    carry(van, stick)
    assert len(known_by(desk, van)) == 1


def test_a_folder_that_is_not_there_is_told(desk: Device, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as told:
        carry(desk, tmp_path / "absent")
    assert told.value.fault is Fault.UNREADABLE_FILE


def test_a_stick_pulled_out_while_writing_is_a_known_failure(
    desk: Device, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_path: Path, _content: bytes) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(sticks, "write_atomically", gone)
    with pytest.raises(KnownError):
        carry(desk, stick)
    monkeypatch.undo()
    assert carry(desk, stick).sent > 0
