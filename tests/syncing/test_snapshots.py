"""A new device starts from a snapshot, over the network or from a stick, however often cut off."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from helpers.certified import AUTHORITY, SECRET, Device, exchange, known_by
from helpers.library import SmallLibrary
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.protocol import keys
from perpusdesk.protocol.certificates import short_name
from perpusdesk.protocol.messages import ChunkWanted, Request, Response
from perpusdesk.protocol.snapshot import read_manifest, write_manifest
from perpusdesk.storage.check import check
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library
from perpusdesk.syncing.bootstrap import fetch_snapshot, is_new
from perpusdesk.syncing.engine.serve import Server
from perpusdesk.syncing.engine.talk import BrokenOffError
from perpusdesk.syncing.snapshot_stick import from_stick, on_stick, to_stick
from perpusdesk.syncing.snapshots import Gathering, Shelf, proven

PINNED = keys.public_of(AUTHORITY)
KEY = b"k" * 32
ZSTANDARD = b"\x28\xb5\x2f\xfd"


@pytest.fixture
def server(small: SmallLibrary) -> Device:
    made = Device(small.library, 1)
    made.store.begin_epoch(b"12345678")
    return made


@pytest.fixture
def shelf(server: Device, tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path / "shelf", KEY)
    sign = server.store.sign
    assert sign is not None
    made.make(server.library, sign, server.certificate, "test")
    return made


@pytest.fixture
def van(tmp_path: Path, small: SmallLibrary) -> Iterator[Library]:
    made = Library.create(tmp_path / "van", library=small.library.id)
    yield made
    made.close()


def fetch(van: Library, server: Device, shelf: Shelf | None, folder: Path, cut: int = 0) -> bool:
    """Fetch; with ``cut`` the line breaks after so many requests."""
    serving = Server(server.store, server.trust, secrets.token_bytes, shelf)
    talk = fetch_snapshot(van, folder, PINNED)
    try:
        request: Request = next(talk)
        for number in range(10_000):
            if cut and number == cut:
                talk.close()
                return False
            answer: Response = serving.handle(van.device, request)
            request = talk.send(answer)
    except StopIteration as end:
        return bool(end.value)
    raise AssertionError


def test_a_new_van_starts_from_a_snapshot_and_goes_on_by_exchange(
    server: Device, shelf: Shelf, van: Library, tmp_path: Path
) -> None:
    assert is_new(van)
    device = Device(van, 2)
    assert fetch(van, server, shelf, tmp_path / "gathered")
    assert not is_new(van)
    assert device.trust.certificates([short_name(van.device)]) == [device.certificate]
    assert van.digest() == server.library.digest()
    assert check(van) == []
    assert exchange(device, server).received == 0
    assert len(known_by(device, server)) == 1
    assert not list((tmp_path / "gathered").iterdir())


def test_pieces_that_are_here_are_not_asked_for_again(
    server: Device, shelf: Shelf, van: Library, tmp_path: Path
) -> None:
    action = Action("photo")
    image = secrets.token_bytes(150_000)
    action.set("cover", server.library.new_id(), {"title": b"t" * 16, "image": image}, fresh=True)
    server.library.write(action)
    sign = server.store.sign
    assert sign is not None
    signed = shelf.make(server.library, sign, server.certificate, "test")
    pieces = len(read_manifest(signed.body).chunks)
    asked: list[int] = []
    whole = shelf.chunk

    def counted(name: bytes, number: int) -> bytes | None:
        asked.append(number)
        return whole(name, number)

    shelf.chunk = counted
    assert pieces > 1
    while is_new(van):
        fetch(van, server, shelf, tmp_path / "gathered", cut=3)
    cut_off = pieces // 2  # two answers in a run, of which the line keeps the second
    assert len(asked) <= pieces + cut_off
    assert sorted(set(asked)) == list(range(pieces))


def test_where_there_is_none_the_usual_exchange_does_it(
    server: Device, van: Library, tmp_path: Path
) -> None:
    assert not fetch(van, server, None, tmp_path / "gathered")
    device = Device(van, 2)
    exchange(device, server)
    assert len(known_by(device, server)) == 1


def test_a_changed_piece_is_not_taken(
    server: Device, shelf: Shelf, van: Library, tmp_path: Path
) -> None:
    real = shelf.chunk
    shelf.chunk = lambda name, number: (real(name, number) or b"")[:-1] + b"?"
    with pytest.raises(BrokenOffError, match="damaged"):
        fetch(van, server, shelf, tmp_path / "gathered")
    assert is_new(van)


def test_who_has_no_certificate_cannot_make_one(server: Device, shelf: Shelf) -> None:
    signed = shelf.current()
    assert signed is not None
    manifest = read_manifest(signed.body)
    assert manifest is not None
    other = write_manifest(msgspec.structs.replace(manifest, made_ms=manifest.made_ms + 1))
    for forged in (
        msgspec.structs.replace(signed, body=other),
        msgspec.structs.replace(signed, certificate=b"x" * 100),
        msgspec.structs.replace(signed, body=b""),
    ):
        with pytest.raises(KnownError) as told:
            proven(forged, PINNED)
        assert told.value.fault is Fault.DAMAGED


def test_a_snapshot_of_another_name_is_not_mixed_in(server: Device, shelf: Shelf) -> None:
    serving = Server(server.store, server.trust, secrets.token_bytes, shelf)
    answer = serving.handle(server.library.device, ChunkWanted(b"n" * 16, 0))
    assert answer.data == b""


def test_a_stick_starts_a_van_and_tells_nothing_to_who_finds_it(
    server: Device, shelf: Shelf, van: Library, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    path = to_stick(shelf, stick, van.id, SECRET, secrets.token_bytes)
    assert b"Siti" not in path.read_bytes()
    ((_, found),) = on_stick(stick, van.id, SECRET)
    *_, gathered = from_stick(found, tmp_path / "gathered", van.id, SECRET, PINNED, key=KEY)
    gathered.put_in(van)
    assert van.digest() == server.library.digest()
    assert on_stick(stick, van.id, bytes(32)) == []
    assert on_stick(stick, b"o" * 16, SECRET) == []


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
def test_half_a_stick_starts_nothing(
    shelf: Shelf, van: Library, tmp_path: Path, share: float
) -> None:
    path = to_stick(shelf, tmp_path / "stick", van.id, SECRET, secrets.token_bytes)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    with pytest.raises(KnownError):
        list(from_stick(path, tmp_path / "gathered", van.id, SECRET, PINNED, key=KEY))
    assert is_new(van)


def test_another_schema_is_refused_in_words(
    shelf: Shelf, van: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from perpusdesk.storage import snapshot

    signed = shelf.current()
    assert signed is not None
    path = to_stick(shelf, tmp_path / "stick", van.id, SECRET, secrets.token_bytes)
    *_, gathered = from_stick(path, tmp_path / "gathered", van.id, SECRET, PINNED, key=KEY)
    monkeypatch.setattr(snapshot, "latest_step", lambda: 99)
    with pytest.raises(KnownError) as told:
        gathered.put_in(van)
    assert told.value.fault is Fault.NEWER_LIBRARY


def test_pieces_lie_sealed_at_both_ends_and_travel_as_ever(
    server: Device, shelf: Shelf, van: Library, tmp_path: Path
) -> None:
    signed = shelf.current()
    assert signed is not None
    pieces = [shelf.chunk(signed.name, number) or b"" for number in range(1)]
    assert pieces[0].startswith(ZSTANDARD)
    gathering = Gathering(tmp_path / "gathered", signed, PINNED, KEY)
    assert gathering.put(pieces[0])
    for folder in ("shelf", "gathered"):
        (file,) = (tmp_path / folder).glob("*.pieces")
        assert pieces[0][:64] not in file.read_bytes()
        assert not file.read_bytes().startswith(ZSTANDARD)
    assert Gathering(tmp_path / "gathered", signed, PINNED, KEY).next != 0
    assert Gathering(tmp_path / "gathered", signed, PINNED, b"x" * 32).next == 0


def test_what_a_former_version_left_in_the_open_is_removed(tmp_path: Path) -> None:
    for name in ("snapshot.packed", "snapshot.plain", "aa.part"):
        (tmp_path / name).write_bytes(b"Zubaidah")
    (tmp_path / "snapshot.manifest").write_bytes(b"old")
    assert Shelf(tmp_path, KEY).current() is None
    assert [file.name for file in tmp_path.iterdir()] == ["snapshot.manifest"]
