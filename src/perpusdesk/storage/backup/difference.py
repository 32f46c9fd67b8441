"""What a backup lacks against a library as it is now, and what it has beyond it."""

from __future__ import annotations

from dataclasses import dataclass, field

from perpusdesk.storage.library import Library


@dataclass(frozen=True, slots=True)
class Span:
    """Actions of one kind: their verb, how many, and when the first and last was (Unix ms)."""

    verb: str
    actions: int
    first_ms: int
    last_ms: int


@dataclass(frozen=True, slots=True)
class Difference:
    """``lacks``: what people did that the backup does not know, most often done first.

    ``beyond``: how many ops the backup has that the library has not. ``rows`` gives by table the
    number now and in the backup, where they differ.
    """

    lacks: tuple[Span, ...] = ()
    beyond: int = 0
    rows: dict[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def actions(self) -> int:
        """How many actions the backup lacks."""
        return sum(span.actions for span in self.lacks)


def difference(library: Library, have: dict[str, int], rows: dict[str, int]) -> Difference:
    """Compare by what the manifest says; reads only what came after the backup."""
    found: dict[str, Span] = {}
    beyond, known = 0, set()
    streams = library.rows("select number, device, incarnation from stream")
    for number, device, incarnation in streams:
        name = f"{bytes(device).hex()}/{bytes(incarnation).hex()}"
        known.add(name)
        reached = have.get(name, 0)
        last = library.value("select coalesce(max(seq), 0) from op where stream = ?", number)
        beyond += max(0, reached - int(last))
        if int(last) > reached:
            _add(found, library, number, reached)
    beyond += sum(seq for name, seq in have.items() if name not in known)
    lacks = sorted(found.values(), key=lambda span: (-span.actions, span.verb))
    return Difference(tuple(lacks), beyond, _rows(library, rows))


def _add(found: dict[str, Span], library: Library, number: int, after: int) -> None:
    query = (
        "select verb, count(distinct action), min(at), max(at) from op"
        " where stream = ? and seq > ? group by verb"
    )
    for verb, actions, first, last in library.rows(query, number, after):
        here = Span(str(verb), int(actions), int(first), int(last))
        found[verb] = _joined(here, found.get(verb, here), twice=verb in found)


def _joined(one: Span, other: Span, *, twice: bool) -> Span:
    if not twice:
        return one
    first, last = min(one.first_ms, other.first_ms), max(one.last_ms, other.last_ms)
    return Span(one.verb, one.actions + other.actions, first, last)


def _rows(library: Library, rows: dict[str, int]) -> dict[str, tuple[int, int]]:
    """Compare the counted rows of what is exchanged; they are counted already."""
    query = "select type, sum(rows) from digest group by type"
    now = {str(kind): int(count) for kind, count in library.rows(query)}
    return {
        kind: (count, rows.get(kind, 0))
        for kind, count in sorted(now.items())
        if rows.get(kind, 0) != count
    }
