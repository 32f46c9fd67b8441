"""Chains, packages and the history on PostgreSQL: the same, and found broken by the same."""

from __future__ import annotations

from helpers import insider
from helpers.op_samples import field_set
from perpusdesk.storage.chain_check import Kind, compare, heads, standing, verify
from perpusdesk.storage.chain_seal import seal_at
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.postgres.library import PostgresLibrary
from perpusdesk.storage.queries.history import Wanted, page, rows_of


def fill(library: PostgresLibrary) -> None:
    """Write own ops and take in foreign ones, with a gap that closes later."""
    for number in range(3):
        action = Action("register_member")
        for _ in range(100):
            fields = {"name": f"Anggota {number}", "card": ""}
            action.set("member", library.new_id(), fields, fresh=True)
        library.write(action)
    ops = [field_set({"name": str(seq)}, clock=seq, seq=seq) for seq in range(1, 300)]
    library.ingest([*ops[:100], *ops[150:]])
    assert standing(library).unproven == 149
    library.ingest(ops[90:160])


def test_the_chain_is_kept_and_every_edit_is_told(library: PostgresLibrary) -> None:
    fill(library)
    assert verify(library) == []
    assert standing(library).unproven == 0
    held, stream = heads(library), insider.stream_of(library)
    assert compare(library, held) == []
    insider.other_payload(library, stream, 7)
    assert [one.kind for one in verify(library)] == [Kind.CHANGED]
    insider.chain_again(library)
    assert verify(library) == []
    assert Kind.OTHER_HEAD in {one.kind for one in compare(library, held)}
    insider.edit(library, "delete from op where stream = ? and seq > 290", stream)
    assert [one.kind for one in verify(library)] == [Kind.CUT_OFF]
    assert seal_at(library, library.now_ms() + 60_000)


def test_the_history_is_read(library: PostgresLibrary) -> None:
    fill(library)
    found = page(library, Wanted(verbs=frozenset({"register_member"})))
    rows = rows_of(library, (one.bytes for one in found.actions))
    assert [row.ops for row in rows if row.verb == "register_member"] == [100] * 3
    assert page(library, Wanted(overrides=True)).actions == ()
