"""Own entries are signed in short pieces of work, each of them once."""

from __future__ import annotations

import os
from functools import partial

import pytest

from helpers.library import SmallLibrary, build, value_of
from perpusdesk.protocol import keys
from perpusdesk.services.circulation.lend import lend
from perpusdesk.storage import exchange_store


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.setattr(exchange_store, "_SEAL_OPS", 10)
    made = build(tmp_path / "library")
    made.library.exchange.sign = partial(keys.sign, keys.make_key(os.urandom(32)))
    yield made
    made.library.close()


def waiting(small: SmallLibrary) -> int:
    return small.library.exchange.unsealed()


def test_some_at_a_time_until_none_is_left(small):
    exchange, every = small.library.exchange, waiting(small)
    pieces = []
    while some := exchange.seal_some():
        pieces.append(some)
    assert len(pieces) > 3 and max(pieces) <= 10 and sum(pieces) == every
    assert waiting(small) == 0 and exchange.seal() == 0
    value_of(lend(small.desk(), small.members["A0001"], small.copies["B0001"]))
    assert waiting(small) == 1 and exchange.seal() == 1


def test_nothing_is_sealed_without_a_key(small):
    small.library.exchange.sign = None
    assert small.library.exchange.seal_some() == 0 and waiting(small) > 0
