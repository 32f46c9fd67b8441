"""Format 1 of the wire is for ever: what was written in it once is read by every later program."""

from __future__ import annotations

import gzip
from hashlib import sha256
from typing import Any

import msgspec
import pytest

from perpusdesk.common.paths import resources
from perpusdesk.protocol import wire
from perpusdesk.protocol.wire.known import KNOWN
from protocol.make_frozen import FILE, flat


@pytest.fixture(scope="module")
def frozen() -> list[tuple[bytes, bytes, list[Any]]]:
    """Each (device, body, the ops it must come to)."""
    kept: list[tuple[bytes, bytes, list[Any]]] = msgspec.msgpack.decode(
        gzip.decompress(FILE.read_bytes())
    )
    return kept


def test_old_bodies_are_read(frozen: list[tuple[bytes, bytes, list[Any]]]) -> None:
    for device, body, ops in frozen:
        assert [flat(op) for op in wire.decode(body, device)] == ops


def test_the_frozen_bodies_are_of_every_making(
    frozen: list[tuple[bytes, bytes, list[Any]]],
) -> None:
    assert {body[0] for _device, body, _ops in frozen} == {0x01, 0x11}
    assert {len(ops) for _device, _body, ops in frozen} >= {1, 5, 17}


def test_the_dictionary_is_the_one_that_was_released() -> None:
    data = resources("wire", "dictionary-1.zdict").read_bytes()
    assert sha256(data).hexdigest() == DICTIONARY


def test_the_known_shapes_are_those_that_were_released() -> None:
    told = msgspec.json.encode(KNOWN)
    assert (len(KNOWN), sha256(told).hexdigest()) == SHAPES


DICTIONARY = "5c68c5ffd8005e91792d3404e07c1583d99b4ad507766c882e9b5f4e6e46e6da"
SHAPES = (157, "90ad0325815b2f78ea76f1565eec37f77723cf8387b391a1fd60edd041181804")
