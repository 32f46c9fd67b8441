"""How the asking side talks: a generator that yields requests and is sent the responses."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TypeVar

from perpusdesk.protocol.messages import Refusal, Request, Response

R = TypeVar("R")
Talk = Generator[Request, Response, R]
"""Yields requests, is sent responses, and returns what came of it."""


class BrokenOffError(Exception):
    """The exchange cannot go on now; ``reason`` is a code. Nothing is lost by it."""

    def __init__(self, reason: str, facts: dict[str, str | int] | None = None) -> None:
        super().__init__(reason)
        self.reason, self.facts = reason, facts or {}


@dataclass(slots=True)
class Outcome:
    """What one exchange did: ops sent and received, and what was noticed.

    ``offset_ms``: the peer's clock less ours. ``server_restored``: it had lost something, which
    was sent again. ``repaired``: records whose rows differed though the ops were equal, but for
    those where one side lacked words of a person; ``differs``: some still do. ``refused``: why the
    peer did not take some packages.
    """

    peer: bytes = b""
    sent: int = 0
    received: int = 0
    held: int = 0
    offset_ms: int = 0
    standing: str = ""
    server_restored: bool = False
    repaired: int = 0
    differs: bool = False
    refused: list[str] = field(default_factory=list)


def ask(request: Request, kind: type[R]) -> Talk[R]:
    """Ask and return the answer; raises ``BrokenOffError`` when it is a refusal or another one."""
    response = yield request
    if isinstance(response, Refusal):
        raise BrokenOffError(response.reason, dict(response.facts))
    if not isinstance(response, kind):
        raise BrokenOffError("unexpected_answer")
    return response
