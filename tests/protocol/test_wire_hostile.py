"""Bodies that nobody of ours made: whatever the bytes are, the answer is known, quick and small."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import msgspec
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from helpers.desk_day import work
from helpers.library import build
from helpers.wire_samples import DEVICE, INCARNATION, streams
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import wire
from perpusdesk.protocol.wire import WireFault
from perpusdesk.protocol.wire import header as head
from perpusdesk.protocol.wire.numbers import Reader, put
from perpusdesk.protocol.wire.packing import DICTIONARY_1, MOST_BYTES, PLAIN, pack, unpack

_NO_VALUES = 6
"""A known shape without values."""

Change = Callable[[random.Random, bytearray], None]


@pytest.fixture(scope="module")
def bodies(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, list[bytes]]:
    """A device and bodies of 1, 3 and 12 ops that real services wrote at it."""
    small = build(tmp_path_factory.mktemp("hostile") / "library")
    for _step in work(small):
        pass
    ops = list(small.library.all_ops())
    small.library.close()
    lanes: dict[int, list[Op]] = {}
    for op in ops:
        lanes.setdefault(op.stamp.incarnation, []).append(op)
    cuts = [
        lane[begin : begin + size]
        for lane in lanes.values()
        for size in (1, 3, 12)
        for begin in range(0, len(lane) - size, 7)
    ]
    return small.library.device, [wire.encode(cut) for cut in cuts]


def taken(body: bytes, device: bytes) -> WireFault | None:
    """Decode; ``None`` when it was taken. Anything but a ``WireError`` fails the test."""
    try:
        ops = wire.decode(body, device)
    except wire.WireError as error:
        assert all(isinstance(fact, int | str) for fact in error.facts.values())
        return error.fault
    assert wire.decode(wire.encode(ops), device) == ops
    return None


def some_bytes(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.choice((1, 1, 2, 8))):
        data[chance.randrange(len(data))] = chance.choice(
            (0, 0x7F, 0x80, 0xFF, chance.randrange(256))
        )


def a_hole(chance: random.Random, data: bytearray) -> None:
    begin = chance.randrange(len(data))
    del data[begin : begin + chance.randint(1, 9)]


def more(chance: random.Random, data: bytearray) -> None:
    begin = chance.randrange(len(data))
    data[begin:begin] = chance.choice((chance.randbytes(5), b"\xff" * 11, b"\x00" * 9))


def the_end(chance: random.Random, data: bytearray) -> None:
    del data[chance.randrange(len(data)) :]


@pytest.mark.parametrize("change", [some_bytes, a_hole, more, the_end])
@pytest.mark.parametrize("inside", [False, True])
def test_changed_bodies_are_refused_or_mean_something(
    change: Change, inside: bool, bodies: tuple[bytes, list[bytes]]
) -> None:
    device, good = bodies
    chance = random.Random(f"{change.__name__} {inside}")
    refused = 0
    for _ in range(300):
        body = bytearray(chance.choice(good))
        if inside:
            opened = head.open_header(bytes(body))
            rest = bytearray(unpack(opened.packing, bytes(body[opened.rest :])))
            change(chance, rest)
            body[opened.rest :] = rest
            body[0] = PLAIN << 4 | head.FORMAT
        else:
            change(chance, body)
        refused += taken(bytes(body), device) is not None
    assert refused > 100


@given(st.binary(max_size=300), st.booleans())
def test_noise_is_refused(noise: bytes, behind_a_header: bool) -> None:
    if behind_a_header:
        noise = _body(noise, count=1 + len(noise) % 3)
    assert taken(noise, DEVICE) is not None


@given(streams())
def test_a_body_cut_short_anywhere_is_refused(ops: list[Op]) -> None:
    body = wire.encode(ops)
    for end in range(0, len(body), max(1, len(body) // 25)):
        assert taken(body[:end], DEVICE) is not None
    assert taken(body + b"\0", DEVICE) is WireFault.DAMAGED


def test_another_device_is_told_apart() -> None:
    body = _body(b"")
    assert taken(body, bytes(16)) is WireFault.WRONG_DEVICE
    assert taken(body, DEVICE + b"\0") is WireFault.WRONG_DEVICE


def test_a_newer_format_is_told_apart() -> None:
    body = _body(b"\0\0\0")
    assert taken(bytes([2]) + body[1:], DEVICE) is WireFault.TOO_NEW
    assert taken(bytes([0x71]) + body[1:], DEVICE) is WireFault.TOO_NEW
    assert taken(bytes([0x81]) + body[1:], DEVICE) is WireFault.UNKNOWN_CONTEXT


def test_numbers_out_of_range_are_refused() -> None:
    assert taken(_body(b"", first=0), DEVICE) is WireFault.OUT_OF_RANGE
    assert taken(_body(b"", first=2**63), DEVICE) is WireFault.OUT_OF_RANGE
    assert taken(_body(b"", first=2**63 - 1, count=2), DEVICE) is WireFault.OUT_OF_RANGE
    assert taken(_body(b"", count=0), DEVICE) is WireFault.OUT_OF_RANGE
    assert taken(_body(b"", count=20_001), DEVICE) is WireFault.TOO_LARGE
    far_zone = b"\x10\x01\x02" + _number(2 * 841)
    assert taken(_body(_shapes((_NO_VALUES, far_zone))), DEVICE) is WireFault.OUT_OF_RANGE


def test_what_grows_beyond_eight_megabytes_is_refused_before_it_grows() -> None:
    packing, bomb = pack(bytes(MOST_BYTES + 1))
    assert packing == DICTIONARY_1
    assert len(bomb) < 2000
    assert taken(_body(bomb, packing=packing), DEVICE) is WireFault.TOO_LARGE
    honest = _number(MOST_BYTES) + bomb[len(_number(MOST_BYTES + 1)) :]
    assert taken(_body(honest, packing=packing), DEVICE) is WireFault.DAMAGED
    promise = zstandard.ZstdCompressor(
        compression_params=zstandard.ZstdCompressionParameters(
            format=zstandard.FORMAT_ZSTD1_MAGICLESS, write_content_size=True
        )
    ).compress(bytes(2**25))
    assert taken(_body(_number(9) + promise, packing=packing), DEVICE) is WireFault.TOO_LARGE


def test_few_bytes_that_ask_for_many_values_are_refused() -> None:
    names = [f"n{number}" for number in range(1_000)]
    wide = msgspec.msgpack.encode(("v", "t", "k", (names, ["n"] * len(names))))
    shape = b"\x00" + _number(len(wide)) + wide
    assert taken(_body(_shapes((0, shape)), count=20_000), DEVICE) is WireFault.TOO_LARGE
    stamps = msgspec.msgpack.encode(("v", "t", "k", (["of", "on"], [20_000, 20_000])))
    shape = b"\x00" + _number(len(stamps)) + stamps
    assert taken(_body(_shapes((0, shape))), DEVICE) is WireFault.TOO_LARGE
    stamps = msgspec.msgpack.encode(("v", "t", "k", (["of"], [20_000])))
    many = _shapes(*[(0, b"\x00" + _number(len(stamps)) + stamps)] * 60)
    assert taken(_body(many, count=60), DEVICE) is WireFault.TOO_LARGE
    assert taken(_body(_number(0) * 2 + _number(2**40)), DEVICE) is WireFault.DAMAGED


def test_what_is_nested_too_deep_is_refused() -> None:
    def nested(depth: int) -> bytes:
        told = msgspec.msgpack.encode(("v", "t", "k", 0))
        shape = b"\x00" + _number(len(told)) + told
        values = b"\x91" * depth + b"\xc0"
        return _body(_shapes((0, shape)) + values)

    assert taken(nested(20), DEVICE) is None
    assert taken(nested(40), DEVICE) is WireFault.TOO_LARGE
    assert taken(nested(100_000), DEVICE) is WireFault.DAMAGED


def test_a_varint_has_at_most_64_bits() -> None:
    assert Reader(b"\xff" * 9 + b"\x01").number() == 2**64 - 1
    for long in (b"\xff" * 9 + b"\x02", b"\x80" * 10 + b"\x01", b"\xff"):
        with pytest.raises(wire.WireError):
            Reader(long).number()


def test_ops_that_nobody_would_take_are_not_written() -> None:
    good = wire.decode(_body(_shapes((_NO_VALUES, b"\x00"))), DEVICE)[0]
    deep: list[object] = []
    for _ in range(40):
        deep = [deep]
    for bad in (
        {"zone": 841},
        {"at": 2**62},
        {"verb": "x" * 101},
        {"payload": {"deep": deep}},
        {"payload": {"long": b"x" * MOST_BYTES}},
        {"stamp": good.stamp._replace(clock=2**63)},
        {"stamp": good.stamp._replace(seq=0)},
    ):
        with pytest.raises(ValueError, match="range"):
            wire.encode([replace(good, **bad)])


def _number(value: int) -> bytes:
    out = bytearray()
    put(out, value)
    return bytes(out)


def _shapes(*shapes: tuple[int, bytes]) -> bytes:
    """A mask of no columns, a clock, and shapes: the number of a known one, and what follows it."""
    told = b"".join(_number(known) + rest for known, rest in shapes)
    return _number(0) + _number(0) + _number(len(shapes)) + told


def _body(rest: bytes, *, first: int = 1, count: int = 1, packing: int = PLAIN) -> bytes:
    out = bytearray()
    header = head.Header(head.FORMAT, head.short_name(DEVICE), INCARNATION, first, count)
    head.put_header(out, packing, header, head.palette_bytes([bytes(16)] * 2, 0))
    return bytes(out) + rest
