"""Who is shut out, by all that was said of it: the same for any order of the words."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from helpers.op_samples import op
from perpusdesk.domain.merge.judgement import REVOKED, judgement_of
from perpusdesk.domain.merge.ops import SET, Op


def word(value: str | None, *, clock: int, device: int, answers: Op | None = None) -> Op:
    """Return what a device says of another one: shut out (a cut), or let in again (nothing)."""
    base = {"base": {REVOKED: list(answers.stamp)}} if answers else {}
    made: Op = op(SET, "device", 5, clock=clock, device=device, seq=clock)
    return replace(made, payload={**base, "fields": {REVOKED: value}})


AHEAD = word("", clock=90_000, device=0)


@pytest.mark.parametrize("turned", [False, True])
def test_who_answers_a_word_comes_after_it_whatever_the_clocks_say(turned: bool) -> None:
    lifted = word(None, clock=20, device=1, answers=AHEAD)
    known = [lifted, AHEAD] if turned else [AHEAD, lifted]
    assert judgement_of(known).cuts == {}


def test_a_word_of_an_earlier_time_that_answers_nothing_does_not_lift_it() -> None:
    assert list(judgement_of([AHEAD, word(None, clock=20, device=1)]).cuts) == [AHEAD.entity.bytes]


def test_a_later_word_that_had_not_seen_the_answer_counts_beside_it() -> None:
    lifted = word(None, clock=20, device=1, answers=AHEAD)
    again = word("", clock=30, device=2)
    found = {tuple(judgement_of(told).cuts) for told in permutations([AHEAD, lifted, again])}
    assert found == {(AHEAD.entity.bytes,)}
