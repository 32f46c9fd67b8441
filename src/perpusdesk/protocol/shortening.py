"""Sending packages without what the other side has of them: their contexts (``wire.contexts``).

A device that is online sends one loan at a time, and most of a package would be what the last one
said already: whose it is, and the ids of person, branch and rule. Only the way is shortened: what
is signed, kept and relayed is whole. Whoever does not know a context says so (``UNKNOWN``) and is
sent whole packages, so nothing need ever be kept for this.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from perpusdesk.protocol.messages import Package, Pulled, Push, Refusal, Request, Response
from perpusdesk.protocol.wire.contexts import (
    context_name,
    context_of,
    lengthened,
    shortened,
)
from perpusdesk.protocol.wire.errors import WireError, WireFault

UNKNOWN: Final = WireFault.UNKNOWN_CONTEXT.value
_MOST: Final = 64
_LONGEST: Final = 1024
_MOST_PEERS: Final = 2048


class Contexts:
    """Contexts that the other side knows too; the oldest are forgotten."""

    def __init__(self, known: Iterable[tuple[bytes, bytes]] = ()) -> None:
        self._known = OrderedDict(known)

    def copy(self) -> Contexts:
        """Return the same contexts, to learn more without these learning it."""
        return Contexts(self._known.items())

    def find(self, name: bytes) -> bytes | None:
        """Return a context by its name."""
        return self._known.get(name) or None

    def learn(self, package: Package) -> None:
        """Know the context of a whole package from now on; a damaged one teaches nothing.

        Two contexts of one name are both unknown for good.
        """
        context = _context(package)
        if not 0 < len(context) <= _LONGEST:
            return
        name = context_name(context)
        known = self._known.setdefault(name, context)
        self._known[name] = context if known == context else b""
        self._known.move_to_end(name)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    def shortened(self, packages: Iterable[Package]) -> list[Package]:
        """Return packages without what is known, or was said by one before, and learn the rest."""
        found = []
        for package in packages:
            context = _context(package)
            known = bool(context) and self.find(context_name(context)) == context
            found.append(_with_body(package, shortened(package.body)) if known else package)
            self.learn(package)
        return found

    def whole(self, packages: Iterable[Package]) -> list[Package]:
        """Return packages whole again; raises ``WireError`` when a context is not known."""
        found = []
        for package in packages:
            found.append(_with_body(package, lengthened(package.body, self.find)))
            self.learn(found[-1])
        return found


class Shortener:
    """The asking side: leaves out of a push what the peer has acknowledged before."""

    def __init__(self) -> None:
        self._there = Contexts()

    def ask(self, request: Request, send: Callable[[Request], Response]) -> Response:
        """Send a request, a push without what the peer knows, and return its answer, whole.

        Raises ``WireError`` for an answer that cannot be made whole.
        """
        if not isinstance(request, Push):
            return _whole_answer(send(request))
        said = self._there.copy()
        short = msgspec.structs.replace(request, packages=said.shortened(request.packages))
        response = send(short)
        if isinstance(response, Refusal) and response.reason == UNKNOWN:
            self._there, said = Contexts(), Contexts()
            said.shortened(request.packages)
            response = send(request)
        if not isinstance(response, Refusal):
            self._there = said
        return response


class Lengthener:
    """The answering side: puts back what each device left out, and says nothing twice itself.

    Each device is taken at its own word alone, so none can spoil what another sends.
    """

    def __init__(self) -> None:
        self._peers: OrderedDict[bytes, Contexts] = OrderedDict()

    def answer(
        self, device: bytes, request: Request, handle: Callable[[Request], Response]
    ) -> Response:
        """Answer a request by ``handle``, which knows whole packages only."""
        if not isinstance(request, Push):
            return _short_answer(handle(request))
        try:
            packages = self._of(device).whole(request.packages)
        except WireError as error:
            return Refusal(error.fault.value)
        return handle(msgspec.structs.replace(request, packages=packages))

    def _of(self, device: bytes) -> Contexts:
        known = self._peers.setdefault(device, Contexts())
        self._peers.move_to_end(device)
        if len(self._peers) > _MOST_PEERS:
            self._peers.popitem(last=False)
        return known


def _short_answer(response: Response) -> Response:
    if not isinstance(response, Pulled):
        return response
    packages = Contexts().shortened(response.packages)
    return msgspec.structs.replace(response, packages=packages)


def _whole_answer(response: Response) -> Response:
    if not isinstance(response, Pulled):
        return response
    return msgspec.structs.replace(response, packages=Contexts().whole(response.packages))


def _context(package: Package) -> bytes:
    """Return the context of a whole package; nothing when it has none that can be told."""
    try:
        return context_of(package.body)
    except WireError:
        return b""


def _with_body(package: Package, body: bytes) -> Package:
    return msgspec.structs.replace(package, body=body)
