"""One exchange with whichever of a device's servers answers first."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from perpusdesk.protocol.messages import Facts
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.syncing.connections import Connection, connections
from perpusdesk.syncing.http_link import HttpLink
from perpusdesk.syncing.http_transport import Exchanged, exchange_once, own_facts
from perpusdesk.syncing.identity import Member, member_of


def first_that_answers(
    member: Member, chosen: Iterable[Connection], facts: Callable[[], Facts]
) -> Exchanged:
    """Exchange with the first of several servers that can be reached, a hub before the city.

    ``chosen`` is not empty.
    """
    done: Exchanged | None = None
    for connection in chosen:
        link = HttpLink(connection, member.identity)
        try:
            done = exchange_once(member, link, facts=facts)
        finally:
            link.close()
        if done.done or link.peer:
            break
    assert done is not None
    return done


def contact_server(library: Library) -> str:
    """Exchange once with the server that answers; returns why it failed, or nothing.

    Uses the library on this thread; takes as long as the network does.
    """
    member = member_of(library, system_key_store(library.folder))
    chosen = [one for one in connections(library) if not one.paused]
    if member is None or not chosen:
        return "not_enrolled"
    return first_that_answers(member, chosen, lambda: own_facts(library)).reason
