"""One exchange of a store with a peer, from greeting to comparing.

What was acknowledged stays done wherever it breaks off; the next exchange goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable

from perpusdesk.protocol.messages import FRAME_BYTES, Cursor, Facts, Hello, Welcome
from perpusdesk.syncing.engine.incoming import Incoming
from perpusdesk.syncing.engine.outgoing import Outgoing
from perpusdesk.syncing.engine.ports import Store, Trust
from perpusdesk.syncing.engine.reconcile import reconcile
from perpusdesk.syncing.engine.repair import compare
from perpusdesk.syncing.engine.talk import BrokenOffError, Outcome, Talk, ask


class Exchange:
    """Drive it by sending each response to ``run()``; ``outcome`` tells what was done so far."""

    def __init__(
        self,
        store: Store,
        trust: Trust,
        facts: Callable[[], Facts] = Facts,
        frame: int = FRAME_BYTES,
    ) -> None:
        """``facts`` tells how this device is; ``frame`` is the most bytes of packages at once."""
        self._store, self._facts, self._frame = store, facts, frame
        self.outcome = Outcome()
        self._incoming = Incoming(store, trust, self.outcome, frame)
        self._outgoing = Outgoing(store, trust, self.outcome, frame, self._incoming)

    def run(self, peer: bytes = b"") -> Talk[Outcome]:
        """Exchange everything with the peer (its device id, if it was ever met).

        Raises ``BrokenOffError`` when the peer refuses or says what cannot be.
        """
        self._store.seal()
        welcome = yield from self._greet(peer)
        state = self._incoming.state
        pulls, pushes = welcome.standing != "revoked", welcome.standing != "reader"
        same = state.epoch == welcome.cursor.epoch
        compared = bool(state.sent) or not pushes  # who could only read did not give back anything
        self.outcome.server_restored = bool(state.epoch) and not same
        if welcome.known and same and compared:
            if pushes:
                yield from self._outgoing.push_all(pulls=pulls)
        else:
            yield from reconcile(
                self._store,
                self._incoming,
                self._outgoing,
                pushes=pushes,
                pulls=pulls,
                frame=self._frame,
            )
        if pulls:
            essence = yield from self._incoming.pull()
            if pushes:
                yield from compare(
                    self._store, self._incoming, self._outgoing, self.outcome, essence
                )
        self._done()
        return self.outcome

    def _greet(self, peer: bytes) -> Talk[Welcome]:
        state = self._store.peer(peer)
        cursor = Cursor(state.epoch, state.cursor) if state.epoch else None
        witness = Cursor(state.epoch, state.witness) if state.epoch else None
        before = self._store.now_ms()
        hello = Hello(self._store.library, self._store.device, cursor, witness, self._facts())
        welcome = yield from ask(hello, Welcome)
        if welcome.library != self._store.library:
            raise BrokenOffError("wrong_library")
        self.outcome.offset_ms = welcome.now_ms - (before + self._store.now_ms()) // 2
        self.outcome.peer, self.outcome.standing = welcome.peer, welcome.standing
        self._incoming.peer = welcome.peer
        self._incoming.state = state if welcome.peer == peer else self._store.peer(welcome.peer)
        self._incoming.note_told(welcome.cursor)
        return welcome

    def _done(self) -> None:
        state = self._incoming.state
        state.last_ms = self._store.now_ms()
        if self.outcome.refused:
            state.epoch = b""  # so that next time both sides compare what they have
        self._store.put_peer(self._incoming.peer, state)
