"""What comes with the program for the demo year beside loans: rooms, stops, messages, wishes."""

from __future__ import annotations

import tomllib

import msgspec
from msgspec import Struct

from perpusdesk.common.paths import resources


class RoomRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A room of a branch (its place in the plan); ``children``: where children go."""

    branch: int
    name: str
    seats: int
    children: bool = False


class StopRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stop of the van."""

    name: str
    place: str
    kind: str


class MessageRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message of a visitor.

    ``day`` is when, in parts of 1,000 of the year, ``takes`` the days until its answer, ``action``
    what is done about it, as far as ``stage``.
    """

    day: int
    kind: str
    category: str
    service: str
    channel: str
    text: str
    ticket: str = ""
    takes: int = 0
    answer: str = ""
    public: str = ""
    action: str = ""
    stage: str = "planned"
    result: str = ""


class WishRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A title that readers wish for, how many, and what was decided."""

    title: str
    author: str = ""
    votes: int
    state: str = ""
    why: str = ""


class FigureRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that is typed in."""

    key: str
    value: str
    source: str


class ServiceData(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All of it."""

    programmes: list[str]
    workshops: list[str]
    remarks: list[str]
    topics: list[str]
    actions: list[str]
    room: list[RoomRow]
    stop: list[StopRow]
    message: list[MessageRow]
    wish: list[WishRow]
    figure: list[FigureRow]


def service_data() -> ServiceData:
    """Return what the demo year is furnished with."""
    text = resources("demo", "service.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), ServiceData)
