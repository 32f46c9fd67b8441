"""Bodies of packages: what goes in comes out, whatever it is, and the same way each time."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.desk_day import work
from helpers.library import build_anew
from helpers.wire_samples import DEVICE, INCARNATION, streams
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import payload as plain
from perpusdesk.protocol import wire
from perpusdesk.protocol.keys import package_bytes
from perpusdesk.protocol.wire.contexts import context_of, is_shortened, lengthened, shortened


def told(ops: list[Op]) -> list[tuple[Op, bytes]]:
    """Ops with the very bytes of their payloads: 1 is not True, and names keep their order."""
    return [(op, plain.encode(op.payload)) for op in ops]


@given(streams())
def test_any_stream_comes_back_as_it_was(ops: list[Op]) -> None:
    body = wire.encode(ops)
    assert told(wire.decode(body, DEVICE)) == told(ops)
    assert wire.encode(ops) == body


@given(streams(most=6), st.integers(20, 60))
def test_long_columns_too(ops: list[Op], times: int) -> None:
    long = [op for _ in range(times) for op in ops]
    first = min(ops[0].stamp.seq, 2**62)
    renumbered = [
        replace(op, stamp=op.stamp._replace(seq=seq)) for seq, op in enumerate(long, start=first)
    ]
    assert told(wire.decode(wire.encode(renumbered), DEVICE)) == told(renumbered)


@given(streams())
def test_the_header_tells_whose_ops_and_which(ops: list[Op]) -> None:
    header = wire.read_header(wire.encode(ops))
    assert (header.version, header.device_name) == (1, wire.short_name(DEVICE))
    assert (header.incarnation, header.first) == (INCARNATION, ops[0].stamp.seq)
    assert (header.count, header.last) == (len(ops), ops[-1].stamp.seq)


def test_what_services_write_comes_back(tmp_path: Path) -> None:
    small = build_anew(tmp_path / "library")
    for _step in work(small):
        pass
    ops = list(small.library.all_ops())
    small.library.close()
    by_stream: dict[int, list[Op]] = {}
    for op in ops:
        by_stream.setdefault(op.stamp.incarnation, []).append(op)
    assert len(by_stream) == 2, "both lanes are played"
    for stream in by_stream.values():
        body = wire.encode(stream)
        assert told(wire.decode(body, small.library.device)) == told(stream)
        for op in stream:
            assert told(wire.decode(wire.encode([op]), small.library.device)) == told([op])


@given(streams(), st.integers(200, 2000))
def test_a_run_is_cut_into_bodies_of_a_size(ops: list[Op], limit: int) -> None:
    bodies = list(wire.fit(ops, limit))
    headers = [wire.read_header(body) for body in bodies]
    assert all(
        len(body) <= limit or header.count == 1
        for body, header in zip(bodies, headers, strict=True)
    )
    assert all(one.last + 1 == next_.first for one, next_ in pairwise(headers))
    assert told([op for body in bodies for op in wire.decode(body, DEVICE)]) == told(ops)


@given(streams(most=4))
def test_ops_that_are_no_run_are_not_taken(ops: list[Op]) -> None:
    gap = [*ops, replace(ops[-1], stamp=ops[-1].stamp._replace(seq=ops[-1].stamp.seq + 2))]
    with pytest.raises(ValueError, match="gap"):
        wire.encode(gap)
    next_seq = ops[-1].stamp._replace(seq=ops[-1].stamp.seq + 1, incarnation=4)
    with pytest.raises(ValueError, match="stream"):
        wire.encode([*ops, replace(ops[-1], stamp=next_seq)])


@given(streams())
def test_what_the_other_side_has_is_left_out_and_put_back(ops: list[Op]) -> None:
    body = wire.encode(ops)
    short = shortened(body)
    assert len(short) < len(body)
    assert is_shortened(short)
    assert not is_shortened(body)
    assert lengthened(short, lambda _name: context_of(body)) == body
    assert lengthened(body, lambda _name: None) == body
    with pytest.raises(wire.WireError) as refused:
        lengthened(short, lambda _name: None)
    assert refused.value.fault is wire.WireFault.UNKNOWN_CONTEXT
    with pytest.raises(wire.WireError):
        wire.read_header(short[:1])


def test_a_signature_covers_library_and_body() -> None:
    one = package_bytes(bytes(16), b"body")
    assert one != package_bytes(bytes(15) + b"\1", b"body")
    assert one != package_bytes(bytes(16), b"other")
