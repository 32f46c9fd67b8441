"""What lies between two devices: messages get lost on either way, come twice, or late."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import msgspec

from perpusdesk.common.errors import KnownError
from perpusdesk.protocol.messages import (
    Facts,
    Pulled,
    Request,
    Response,
    decode_request,
    decode_response,
    encode,
)
from perpusdesk.syncing.engine.session import Exchange
from perpusdesk.syncing.engine.talk import BrokenOffError, Outcome
from simulation.nodes import Node, PowerCutError


@dataclass(frozen=True, slots=True)
class Weather:
    """How bad the links are: the part of messages lost on each way, doubled, kept back."""

    loss: float = 0.0
    twice: float = 0.0
    late: float = 0.0
    thinned: float = 0.0


FINE = Weather()
STORM = Weather(loss=0.25, twice=0.1, late=0.1, thinned=0.2)


@dataclass(slots=True)
class Line:
    """An exchange under way between a device and one that answers."""

    client: Node
    server: Node
    random: Random
    weather: Weather = FINE
    frame: int = 32 * 1024
    outcome: Outcome | None = None
    end: str = ""
    late: list[tuple[Node, bytes, bytes]] = field(default_factory=list)
    messages: int = 0
    _talk: Any = None
    _request: Request | None = None
    _store: Any = None

    def __post_init__(self) -> None:
        self.server.trust.keep([self.client.person.certificate])
        self._store = self.client.store
        exchange = Exchange(self._store, self.client.trust, self._facts, self.frame)
        self._talk = exchange.run(self.server.device)
        self._go_on(None)

    def _facts(self) -> Facts:
        return Facts(now_ms=self.client.store.now_ms())

    def _go_on(self, response: Response | None) -> None:
        """Let the client take a response and make its next request."""
        try:
            self._request = next(self._talk) if response is None else self._talk.send(response)
        except StopIteration as stop:
            self.outcome, self.end = stop.value, "done"
        except BrokenOffError as error:
            self.end = f"broken off: {error.reason}"
        except PowerCutError:
            self.client.start()
            self.end = "the client's power was cut"
        except KnownError as error:
            self.client.start()
            self.end = f"the client failed: {error.fault}"

    def step(self) -> bool:
        """Carry one request and its response, or lose them; return whether it is over."""
        if self._store is not self.client.store:
            self.end = self.end or "the client was started again"
        if self.end:
            return True
        assert self._request is not None
        data = encode(self._request)
        chance, weather = self.random.random, self.weather
        self.messages += 1
        if chance() < weather.late:
            self.late.append((self.server, self.client.device, data))
        if weather.loss and chance() < weather.loss:
            return self._lost("request")
        answer = self._answer(data)
        if answer is not None and chance() < weather.twice:
            answer = self._answer(data)
        if answer is None or (weather.loss and chance() < weather.loss):
            return self._lost("response")
        self._go_on(decode_response(self._thinned(answer)))
        return bool(self.end)

    def _lost(self, what: str) -> bool:
        """Ask once more, or give up for today."""
        if self.random.random() < 0.4:
            self.end = f"lost: {what}"
        return bool(self.end)

    def _answer(self, data: bytes) -> bytes | None:
        return answered(self.server, self.client.device, data)

    def _thinned(self, answer: bytes) -> bytes:
        """Leave a package out of an answer, as a faulty server would."""
        if not self.weather.thinned or self.random.random() >= self.weather.thinned:
            return answer
        response = decode_response(answer)
        if not isinstance(response, Pulled) or not response.packages:
            return answer
        packages = list(response.packages)
        packages.pop(self.random.randrange(len(packages)))
        return encode(msgspec.structs.replace(response, packages=packages))


def answered(server: Node, device: bytes, data: bytes) -> bytes | None:
    """Let a server answer; ``None`` when it broke down meanwhile, and was started again."""
    try:
        return encode(server.server.handle(device, decode_request(data)))
    except (PowerCutError, KnownError):
        server.start()
        return None


def run_to_end(line: Line) -> Line:
    """Exchange until it ends."""
    while not line.step():
        pass
    return line


def worse(weather: Weather, loss: float) -> Weather:
    """Return the same weather with another loss."""
    return replace(weather, loss=loss)
