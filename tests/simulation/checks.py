"""What must be true of devices: invariants 2 to 5 of the design."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from perpusdesk.domain.merge.fields import FieldState, contradictions, fold_fields
from perpusdesk.domain.merge.ops import DELETE, SET, Op, voided_stamps
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.storage.event_rows import KINDS
from simulation.disk import Mark
from simulation.nodes import MemoryNode, Node


class WrongError(AssertionError):
    """Something that must be true is not."""


def ops_everywhere(nodes: Iterable[Node]) -> dict[Mark, Op]:
    """Return every op that some device holds; raises when one stamp means two things."""
    found: dict[Mark, Op] = {}
    for node in nodes:
        for op in node.all_ops():
            key = op.stamp[1:]
            if not _one_op(found.setdefault(key, op), op):
                raise WrongError(f"fork: {key} is two ops, one of them at {node.name}")
    return found


def _one_op(one: Op, other: Op) -> bool:
    """Whether two devices hold the same op, though words were taken out of it at one of them."""
    if one == other:
        return True
    bare = [replace(op, payload={}) for op in (one, other)]
    return bare[0] == bare[1] and _words_apart(one.payload, other.payload)


def _words_apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if one.keys() != other.keys():
        return False
    for name, value in one.items():
        there = other[name]
        if isinstance(value, Mapping) and isinstance(there, Mapping):
            if not _words_apart(value, there):
                return False
        elif value != there and value not in (None, "") and there not in (None, ""):
            return False
    return True


def nothing_missing(before: dict[Mark, Op], nodes: Iterable[Node]) -> None:
    """Raise when a device lacks an op that somebody had."""
    for node in nodes:
        there = {op.stamp[1:] for op in node.all_ops()}
        missing = sorted(before.keys() - there)
        if missing:
            first = before[missing[0]]
            raise WrongError(f"{node.name} lacks {len(missing)} ops: {first.kind} {missing[0]}")


def all_alike(nodes: Iterable[Node]) -> None:
    """Raise when devices that hold the same ops do not show the same."""
    digests: dict[str, list[str]] = {}
    for node in nodes:
        digests.setdefault(node.digest(), []).append(node.name)
    if len(digests) > 1:
        raise WrongError(f"devices differ: {sorted(digests.values())}")


def rows_come_of_ops(node: Node) -> None:
    """Raise when a device's rows are not what its log comes to (invariant 2)."""
    if not isinstance(node, MemoryNode):
        return
    disk, memory = node.disk, node.memory
    for entity in disk.entities:
        ops = memory.counting(entity)
        if entity[0] in FIELD_RECORDS:
            state = fold_fields(FieldState(), ops)
            told = None if not state.clocks and state.tombstone is None else state
            there: Any = disk.records.get(entity)
        elif entity[0] in KINDS:
            told = KINDS[entity[0]].derive(ops) if ops else None
            there = disk.rows.get(entity)
        else:
            continue
        if told != there:
            raise WrongError(f"{node.name}: {entity} is {there}, its log comes to {told}")
    rows = disk.records.keys() | disk.rows.keys()
    if rows != disk.marks.keys() or not rows <= disk.entities.keys():
        raise WrongError(f"{node.name}: rows without ops")


def no_findings(node: Node) -> None:
    """Raise when the program's own check finds something wrong."""
    if found := node.findings():
        raise WrongError(f"{node.name}: {found[:3]}")


def same_conflicts(nodes: Iterable[Node]) -> None:
    """Raise when two devices would show people different lists of conflicts."""
    lists = {tuple(found) for node in nodes if (found := node.conflicts()) is not None}
    if len(lists) > 1:
        raise WrongError(f"lists of conflicts: {[len(one) for one in lists]} entries")


def cursors_hold(node: Node, peers: Iterable[Node]) -> None:
    """Raise when a device has not what its cursor says that it read."""
    if not isinstance(node, MemoryNode):
        return
    for peer in peers:
        state = node.store.peer(peer.device)
        if not isinstance(peer, MemoryNode) or state.epoch != peer.store.cursor().epoch:
            continue
        for lane, (arrival, hash_) in state.cursor.items():
            if peer.store.hash_at(lane, arrival) != hash_:
                continue
            for kept in peer.disk.lanes[lane][:arrival]:
                marks = ((*kept.stream, seq) for seq in range(kept.first, kept.last + 1))
                if any(one not in node.disk.log for one in marks):
                    raise WrongError(f"{node.name} lacks what it read at {peer.name}")


def every_op_is_sealed(node: Node) -> None:
    """Raise when an op of a device is in no package, so that it goes to nobody."""
    if not isinstance(node, MemoryNode):
        return
    sealed = {
        (*kept.stream, seq)
        for lane in node.disk.lanes.values()
        for kept in lane
        for seq in range(kept.first, kept.last + 1)
    }
    if sealed != node.disk.log.keys():
        raise WrongError(f"{node.name}: packages and log differ")


def contradictory(ops: Iterable[Op]) -> list[Any]:
    """Return what is on the list of contradictions for one record's ops, without clocks."""
    return [(one.field, one.kept.stamp[1:], one.lost.stamp[1:]) for one in contradictions(ops)]


def nothing_lost_unseen(node: Node, saw: dict[tuple[Mark, str], Mark | None]) -> None:
    """Raise when an edit vanished that the writer of the one that stands had not seen.

    ``saw`` is what was really there of a field when an op was written.
    """
    if not isinstance(node, MemoryNode):
        return
    for entity in node.disk.records:
        ops = [op for op in node.memory.counting(entity) if op.kind in (SET, DELETE)]
        listed = {(name, lost) for name, _, lost in contradictory(ops)}
        for name, lost in _vanished(ops, saw):
            if (name, lost) not in listed:
                raise WrongError(f"{name} of {entity}: {lost} was lost and is on no list")


def _vanished(ops: list[Op], saw: dict[tuple[Mark, str], Mark | None]) -> list[tuple[str, Mark]]:
    sets = {op.stamp[1:]: op for op in ops if op.kind == SET}
    if any(op.verb in ("undo", "settle_conflict") for op in ops):
        return []  # somebody looked at it
    found = []
    for name in {name for op in sets.values() for name in op.payload["fields"]}:
        of_field = [op for op in sets.values() if name in op.payload["fields"]]
        if any((op.stamp[1:], name) not in saw for op in of_field):
            continue  # a power cut came in between, so nobody noted it
        last = max(of_field, key=lambda op: op.stamp)
        line: set[Mark] = set()
        at: Mark | None = last.stamp[1:]
        while at is not None and at not in line:
            line.add(at)
            at = saw.get((at, name))
        value = last.payload["fields"][name]
        found += [
            (name, op.stamp[1:])
            for op in of_field
            if op.stamp[1:] not in line and op.payload["fields"][name] != value
        ]
    return found


def loans_end_at_their_first_return(node: Node) -> None:
    """Raise when a loan does not end at the earliest return that counts."""
    if not isinstance(node, MemoryNode):
        return
    for (kind, entity), row in node.disk.rows.items():
        if kind != "loan":
            continue
        ops = node.memory.counting((kind, entity))
        voided = voided_stamps(ops)
        live = [op for op in ops if op.stamp not in voided]
        returns = [op.at for op in live if op.kind == "loan.returned"]
        opened = [op for op in ops if op.kind == "loan.opened"]
        gone = opened and not any(op in live for op in opened)
        if returns and not gone and row[11] != min(returns):
            raise WrongError(f"{node.name}: a loan ended at {row[11]}, not at {min(returns)}")
