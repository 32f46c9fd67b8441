"""The chains of hashes: whole whatever the program does, broken by every edit past it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import insider
from helpers.library import Time
from helpers.op_samples import field_set
from perpusdesk.domain.merge.ops import Op
from perpusdesk.protocol import payload as wire
from perpusdesk.storage.chain import EVERY, leaf_of, salt_at, salts_of
from perpusdesk.storage.chain_check import Kind, compare, heads, seal_of, standing, verify
from perpusdesk.storage.chain_seal import seal_at
from perpusdesk.storage.check import Flaw, check
from perpusdesk.storage.database import Engine
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library, Sources
from perpusdesk.storage.parts import in_parts

MakeLibrary = Callable[[str], Library]
NAMES = count()


def write(library: Library, ops: int) -> None:
    """Write some ops, several to an action and many actions to a commit."""
    left, actions = ops, []
    while left:
        action = Action("register_member")
        for _ in range(min(left, 3)):
            member = library.new_id()
            action.set("member", member, {"name": f"Anggota {left}", "card": str(left)}, fresh=True)
            left -= 1
        actions.append(action)
    for part in in_parts(actions, 70):
        library.write_many(part)


@pytest.fixture
def library(make: MakeLibrary) -> Library:
    """A library with one stream of somewhat more than two parts of its chain."""
    made = make("library")
    write(made, 2 * EVERY + 40)
    assert verify(made) == []
    return made


def ops_of(library: Library) -> list[Op]:
    return list(library.all_ops())


def link_of(library: Library) -> list[tuple[int, str]]:
    return list(heads(library).values())


# -- what the program does ------------------------------------------------------------------------


def test_each_commit_goes_on_with_the_chain(make: MakeLibrary) -> None:
    library = make("library")
    seen = set()
    for number in range(1, 8):
        write(library, 1)
        (head,) = link_of(library)
        assert head[0] == number
        seen.add(head[1])
    assert len(seen) == 7
    assert library.value("select count(*) from chain") == 1  # where it began


def test_a_row_is_kept_each_256_ops(library: Library) -> None:
    seqs = [row[0] for row in library.rows("select seq from chain order by seq")]
    assert seqs == [0, EVERY, 2 * EVERY]
    assert standing(library).unproven == 0


def test_another_program_goes_on_where_the_last_one_ended(make: MakeLibrary) -> None:
    library = make("library")
    ops = [field_set({"name": str(seq)}, clock=seq, seq=seq) for seq in range(1, 400)]
    library.ingest(ops[:100])
    library.close()
    again = Library.open(library.folder, engine=library._engine)
    again.ingest(ops[100:])
    assert verify(again) == []
    assert [seq for seq, _ in link_of(again)] == [399]
    again.close()


def test_after_a_failed_commit_the_chain_is_that_of_the_file(library: Library) -> None:
    action = Action("register_member")
    action.set("member", library.new_id(), {"name": "Hilang"}, fresh=True)
    with pytest.raises(ZeroDivisionError), library._door.transaction():
        library._door.put([action])
        raise ZeroDivisionError
    write(library, 5)
    assert verify(library) == []
    assert standing(library).unproven == 0


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(chance=st.randoms(use_true_random=False), size=st.integers(1, 90))
def test_foreign_ops_in_any_order_come_to_a_whole_chain(
    make: MakeLibrary, chance: Random, size: int
) -> None:
    ops = [field_set({"name": str(seq)}, clock=seq, seq=seq) for seq in range(1, 300)]
    told = [*ops, *chance.sample(ops, 40)]
    chance.shuffle(told)
    library = make(f"{next(NAMES)}")
    for start in range(0, len(told), size):
        library.ingest(told[start : start + size])
        assert standing(library).ops >= library.value("select coalesce(max(seq), 0) from chain")
    assert verify(library) == []
    assert [seq for seq, _ in link_of(library)] == [299]


def test_a_gap_in_a_foreign_stream_is_no_finding(make: MakeLibrary) -> None:
    library = make("library")
    ops = [field_set({"name": str(seq)}, clock=seq, seq=seq) for seq in range(1, 30)]
    library.ingest([*ops[:10], *ops[15:]])
    assert verify(library) == []
    assert standing(library).unproven == 14
    library.ingest(ops[10:15])
    assert verify(library) == []
    assert standing(library).unproven == 0


# -- a library from before ------------------------------------------------------------------------


def test_an_older_library_gets_its_chain_later(library: Library) -> None:
    with library.filling() as door:
        door.chain.begin_anew()
    assert verify(library) == []
    assert standing(library).unproven == 2 * EVERY + 40
    write(library, 5)  # the stream of this run is an old one now: it waits for the rest
    assert verify(library) == []
    assert library.exchange.build_chains(300) == (300, True)
    assert verify(library) == []
    assert library.exchange.build_chains(10_000) == (2 * EVERY + 45 - 300, False)
    told = standing(library)
    assert (told.unproven, told.found) == (0, 2 * EVERY + 45)
    write(library, 5)
    assert verify(library) == []
    insider.other_payload(library, insider.stream_of(library), 7)
    assert [one.kind for one in verify(library)] == [Kind.CHANGED]


# -- what an insider does -------------------------------------------------------------------------


def set_value(column: str, value: Any) -> Callable[[Library, int], None]:
    """Return an edit of one column of one op."""

    def run(library: Library, stream: int) -> None:
        query = f"update op set {column} = ? where stream = ? and seq = 300"
        assert insider.edit(library, query, value, stream)

    return run


EDITS: dict[str, Callable[[Library, int], None]] = {
    "what": lambda library, stream: insider.other_payload(library, stream, 300),
    "who": set_value("staff", bytes(16)),
    "where": set_value("branch", bytes(16)),
    "when": set_value("at", 1_790_000_000_000),
    "zone": set_value("zone", 480),
    "clock": set_value("clock", 1),
    "verb": set_value("verb", "edit_member"),
    "action": set_value("action", bytes(16)),
    "kind": set_value("kind", "delete"),
    "type": set_value("type", "copy"),
    "about": set_value("entity", bytes(16)),
    "swap": lambda library, stream: insider.swap(library, stream, 300, 301),
}


@pytest.mark.parametrize("name", EDITS)
def test_every_column_of_an_op_is_in_the_chain(library: Library, name: str) -> None:
    EDITS[name](library, insider.stream_of(library))
    (found,) = verify(library)
    assert (found.kind, found.first, found.last) == (Kind.CHANGED, EVERY + 1, 2 * EVERY)
    assert found.from_ms <= found.to_ms


@pytest.mark.parametrize(
    ("where", "kind", "seqs"),
    [
        ("seq > 540", Kind.CUT_OFF, (541, 552)),
        ("seq between 300 and 303", Kind.MISSING, (300, 303)),
        ("seq = 1", Kind.MISSING, (1, 1)),
    ],
)
def test_ops_that_are_gone_are_told(
    library: Library, where: str, kind: Kind, seqs: tuple[int, int]
) -> None:
    assert insider.edit(library, f"delete from op where {where}")
    (found,) = verify(library)
    assert (found.kind, found.first, found.last) == (kind, *seqs)


def test_an_op_put_in_is_told(library: Library) -> None:
    columns = "action, verb, staff, branch, at, zone, kind, type, entity, payload, clock"
    insider.edit(
        library, f"insert into op(stream, seq, {columns}) select stream, 553, {columns} from op"
        " where seq = 552"
    )  # fmt: skip
    (found,) = verify(library)
    assert (found.kind, found.first, found.last) == (Kind.ADDED, 553, 553)
    insider.edit(
        library, f"insert into op(stream, seq, {columns}) select 77, 1, {columns} from op"
        " where seq = 552"
    )  # fmt: skip
    assert [one.kind for one in verify(library)] == [Kind.ADDED, Kind.ADDED]


@pytest.mark.parametrize(
    ("statement", "kinds"),
    [
        ("delete from chain", [Kind.ADDED]),
        ("delete from chain where seq = 256", [Kind.CHAIN_GONE]),
        ("delete from meta where key = 'chain_ends'", [Kind.ADDED]),
        ("delete from meta where key = 'chain_old'", []),
        ("delete from chain where seq = 0", [Kind.CHAIN_GONE]),
        ("update chain set hash = zeroblob(32) where seq = 256", [Kind.CHANGED, Kind.CHANGED]),
        ("delete from stream", [Kind.ADDED, Kind.CUT_OFF]),
    ],
)
def test_the_chain_itself_cannot_be_taken_out(
    library: Library, statement: str, kinds: list[Kind]
) -> None:
    assert insider.edit(library, statement)
    assert [one.kind for one in verify(library)] == kinds


def test_a_row_changed_without_an_op_is_for_the_check(library: Library) -> None:
    insider.edit(library, "update member set name = 'Lain' where card = '40'")
    assert verify(library) == []
    assert [one.flaw for one in check(library)] == [Flaw.OTHER_ROW]


# -- what others hold -----------------------------------------------------------------------------


def test_who_makes_the_chain_anew_is_told_by_what_others_hold(library: Library) -> None:
    held = heads(library)
    write(library, 30)
    assert compare(library, held) == []
    insider.other_payload(library, insider.stream_of(library), 300)
    insider.chain_again(library)
    assert verify(library) == []
    assert [one.kind for one in compare(library, held)] == [Kind.OTHER_HEAD]


def test_the_last_ops_cut_off_are_told_by_what_others_hold(library: Library) -> None:
    held = heads(library)
    insider.edit(library, "delete from op where seq > 540")
    insider.chain_again(library)
    assert verify(library) == []
    assert [(one.kind, one.first, one.last) for one in compare(library, held)] == [
        (Kind.CUT_OFF, 541, 552)
    ]


def test_the_seal_on_paper_is_another_after_each_op(library: Library) -> None:
    before = seal_of(heads(library))
    assert len(before) == 24
    assert seal_of(heads(library)) == before
    write(library, 1)
    assert seal_of(heads(library)) != before


# -- privacy --------------------------------------------------------------------------------------


def blank(library: Library, seqs: list[int], payload: Any = None) -> None:
    """Blank payloads as privacy does: what was there is kept as a hash that tells nothing."""
    stream = insider.stream_of(library)
    data = wire.encode(payload or {"fields": {"name": "", "card": ""}})
    with library.filling() as door:
        door.chain.keep(stream, seqs)
        for seq in seqs:
            door.database.execute_sql(
                "update op set payload = ? where stream = ? and seq = ?", (data, stream, seq)
            )


def erase(library: Library) -> None:
    """Let the log say that somebody was erased."""
    action = Action("erase_member")
    action.event("member.erased", "erasure", library.new_id(), fresh=True, member=library.new_id())
    library.write(action)


def test_a_blanked_payload_leaves_the_chain_whole(library: Library) -> None:
    held = heads(library)
    erase(library)
    blank(library, [5, 6, 300, 552])
    blank(library, [6, 7])
    assert verify(library) == []
    assert compare(library, held) == []
    write(library, 300)
    assert verify(library) == []
    assert compare(library, held) == []
    insider.other_payload(library, insider.stream_of(library), 301)
    assert [one.first for one in verify(library)] == [EVERY + 1]


def test_nothing_is_blanked_where_nobody_was_erased(library: Library) -> None:
    blank(library, [5])
    assert [(one.kind, one.first) for one in verify(library)] == [(Kind.TAKEN_OUT, 5)]


def test_an_op_is_not_changed_under_the_cloak_of_an_erasure(library: Library) -> None:
    erase(library)
    blank(library, [5], {"fields": {"name": "Orang Lain", "card": "99"}})
    assert [(one.kind, one.first) for one in verify(library)] == [(Kind.TAKEN_OUT, 5)]


def test_of_a_blanked_payload_no_guess_can_be_tried(library: Library) -> None:
    stream = insider.stream_of(library)
    before = library.value("select payload from op where seq = 6")
    query = "select salts from chain where stream = ? and seq = 0"
    salt = salt_at(salts_of(library.value(query, stream)), 6)
    blank(library, [6])
    leaf = library.value("select leaf from chain_kept where seq = 6")
    assert leaf == leaf_of(before, salt)
    kept = salts_of(library.value(query, stream))
    assert salt not in kept
    assert salt_at(kept, 6) == bytes(16)
    assert salt_at(kept, 5) != bytes(16)


def test_a_seal_on_paper_is_reckoned_again_later(
    tmp_path: Path, engine: Engine, sources: Sources, time: Time
) -> None:
    library = Library.create(tmp_path / "sealed", engine=engine, sources=sources)
    assert seal_at(library, time.wall_ms()) == ""
    write(library, 30)
    time.passes(minutes=3)
    printed = time.wall_ms()
    seal = seal_at(library, printed)
    assert len(seal) == 24
    write(library, 300)
    time.passes(minutes=3)
    assert seal_at(library, printed) == seal
    assert seal_at(library, time.wall_ms()) != seal
    library.close()
    again = Library.open(library.folder, engine=engine, sources=sources)
    write(again, 3)
    assert seal_at(again, printed) == seal
    insider.other_payload(again, insider.stream_of(again), 7)
    insider.chain_again(again)
    assert verify(again) == []
    assert seal_at(again, printed) != seal
    again.close()
