"""Who the visitors of the demo library are, as far as they say it of themselves."""

from __future__ import annotations

from typing import Final

from perpusdesk.domain.visiting import Profile
from perpusdesk.exchange.demo_dice import Dice

_AGES: Final = {"0-12": 24, "13-18": 31, "19-59": 38, "60+": 4, "": 3}
_JOBS: Final = {
    "0-12": {"pupil": 9, "": 1},
    "13-18": {"pupil": 10},
    "19-59": {
        "student": 9, "teacher": 4, "civil_servant": 4, "private": 6, "self_employed": 5,
        "other": 4,
    },
    "60+": {"retired": 3, "other": 1},
    "": {"": 1},
}  # fmt: skip
_SCHOOLING: Final = {
    "0-12": {"sd": 8, "": 2},
    "13-18": {"smp": 5, "sma": 4},
    "19-59": {"sma": 6, "d3": 2, "s1": 6, "s2": 1, "": 2},
    "60+": {"sma": 2, "s1": 1, "": 1},
    "": {"": 1},
}
_PURPOSES: Final = {
    "read": 34, "study": 27, "internet": 12, "event": 6, "accompany": 8, "other": 5, "": 8,
}  # fmt: skip
_MEMBERS_COME_TO: Final = {"borrow": 55, "read": 18, "study": 16, "internet": 5, "event": 2, "": 4}


def guest(rng: Dice) -> Profile:
    """Return what a visitor without a card says."""
    age = _one(_AGES, rng)
    return Profile(
        age=age,
        sex=_one({"P": 54, "L": 44, "": 2}, rng),
        occupation=_one(_JOBS[age], rng),
        education=_one(_SCHOOLING[age], rng),
        purpose=_one(_PURPOSES, rng),
    )


def members_purpose(rng: Dice) -> str:
    """Return what a member came for."""
    return _one(_MEMBERS_COME_TO, rng)


def _one(weights: dict[str, int], rng: Dice) -> str:
    return rng.choices(list(weights), list(weights.values()))[0]
