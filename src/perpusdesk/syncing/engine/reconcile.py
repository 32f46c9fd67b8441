"""When cursors are of no use (a first meeting, a restored server): compare what each side has."""

from __future__ import annotations

from typing import Final

from perpusdesk.domain.merge.lanes import lane_of_stream
from perpusdesk.protocol.messages import (
    Cursor,
    Have,
    HaveWanted,
    Package,
    Pulled,
    StreamsWanted,
)
from perpusdesk.protocol.opened import PeerState
from perpusdesk.syncing.engine.incoming import Incoming, further
from perpusdesk.syncing.engine.outgoing import Outgoing
from perpusdesk.syncing.engine.ports import Store
from perpusdesk.syncing.engine.talk import BrokenOffError, Talk, ask

Stream = tuple[bytes, int]
Known = dict[Stream, tuple[int, int]]
_STREAMS_AT_ONCE: Final = 200
_PAGE: Final = 500
_AGAIN: Final = 3


def reconcile(
    store: Store, incoming: Incoming, outgoing: Outgoing, *, pushes: bool, pulls: bool, frame: int
) -> Talk[None]:
    """Bring both sides to hold the same, foreign ops too; then cursors go on from the log's end.

    Only when both are done is the new place kept: broken off before, it is begun anew, and what
    went over already is not sent again. The former place is forgotten first, for it is no proof
    that the peer still has what it gave us meanwhile.
    """
    old = incoming.state
    incoming.state = PeerState(sent=old.sent, last_ms=old.last_ms)
    store.put_peer(incoming.peer, incoming.state)
    mine = {lane: head[0] for lane, head in store.cursor().heads.items()}
    theirs, place = yield from _have_of_peer()
    incoming.note_told(place)
    if pushes:
        yield from _push_beyond(store, outgoing, theirs, frame)
    acknowledged = incoming.told
    if pulls:
        yield from _pull_beyond(store, incoming, theirs, frame)
    if pushes:  # else what it acknowledged may be lost, if it was restored in between
        yield from incoming.prove(acknowledged)
    sent = mine if pushes else {}  # who may push from some day on then compares once more
    if pulls:
        heads = further(place.heads, incoming.told.heads)
        incoming.state = PeerState(place.epoch, place.heads, heads, sent, old.last_ms)
    else:  # a device that is shut out has not read what is there: it compares the next time too
        incoming.state.sent = sent
    store.put_peer(incoming.peer, incoming.state)
    if pushes:
        yield from outgoing.push_all(pulls=pulls)


def _have_of_peer() -> Talk[tuple[Known, Cursor]]:
    """Return the peer's have-map (known without gap, highest), and the end of its log before."""
    found: Known = {}
    first = page = yield from ask(HaveWanted(), Have)
    while True:
        found.update({(d, i): (reach, top) for d, i, reach, top in page.streams})
        if not page.more:
            return found, first.cursor
        page = yield from ask(HaveWanted(page.streams[-1][:2]), Have)


def _push_beyond(store: Store, outgoing: Outgoing, theirs: Known, frame: int) -> Talk[None]:
    """Send every package that goes beyond what the peer has of its stream, loans first."""
    packages: list[Package] = []
    size = 0
    for stream, reach in _beyond(store, theirs):
        after = reach
        while found := store.of_stream(*stream, after):
            for last, package in found:
                if packages and size + package.size > frame:
                    yield from outgoing.push(packages)
                    packages, size = [], 0
                packages.append(package)
                size += package.size
                after = last
    yield from outgoing.push(packages)


def _beyond(store: Store, theirs: Known) -> list[tuple[Stream, int]]:
    """Return our streams of which the peer lacks something, and after which seq."""
    found: list[tuple[Stream, int]] = []
    after: Stream | None = None
    while page := store.have(after, _PAGE):
        for device, incarnation, _, top in page:
            reach = theirs.get((device, incarnation), (0, 0))[0]
            if top > reach:
                found.append(((device, incarnation), reach))
        after = page[-1][:2]
    return sorted(found, key=lambda one: lane_of_stream(one[0][1]))


def _pull_beyond(store: Store, incoming: Incoming, theirs: Known, frame: int) -> Talk[None]:
    """Receive every package that goes beyond what we have of its stream, loans first."""
    reach = store.reach(theirs)
    wanted = [(stream, reach[stream]) for stream, (_, top) in theirs.items() if top > reach[stream]]
    wanted.sort(key=lambda one: lane_of_stream(one[0][1]))
    for start in range(0, len(wanted), _STREAMS_AT_ONCE):
        part = dict(wanted[start : start + _STREAMS_AT_ONCE])
        torn = {one: theirs[one][1] for one in part if theirs[one][0] < theirs[one][1]}
        yield from _pull_streams(incoming, part, frame)
        yield from _pull_again(store, incoming, torn, frame)
    reach = store.reach(theirs)
    if any(reach[stream] < theirs[stream][0] for stream, _ in wanted):
        raise BrokenOffError("gap")


def _pull_again(
    store: Store, incoming: Incoming, torn: dict[Stream, int], frame: int
) -> Talk[None]:
    """Ask again for streams that the peer itself has a gap in, until that brings nothing more.

    What an answer left out behind a gap shows nowhere. ``torn``: the highest seq of each.
    """
    for _ in range(_AGAIN if torn else 0):
        before = incoming.outcome.received
        ends = yield from _pull_streams(incoming, store.reach(torn), frame)
        if incoming.outcome.received == before and all(ends[one] >= torn[one] for one in torn):
            return


def _pull_streams(
    incoming: Incoming, wanted: dict[Stream, int], frame: int
) -> Talk[dict[Stream, int]]:
    """Receive what follows these seqs; return up to where the answers went."""
    got: tuple[bytes, int] | None = None
    while True:
        streams = [(*stream, after) for stream, after in wanted.items()]
        pulled = yield from ask(StreamsWanted(streams, frame, got), Pulled)
        incoming.note_told(pulled.cursor)  # it may give what is behind the place where we began
        packages = list(pulled.packages)
        got = None
        if pulled.piece is not None:
            got, whole = incoming.keep_piece(pulled.piece)
            packages = [whole] if whole else []
        opened = (yield from incoming.take(packages, None)) if packages else []
        for one in opened:
            stream = (one.device, one.incarnation)
            wanted[stream] = max(wanted.get(stream, 0), one.last)
        if not pulled.more:
            return wanted
