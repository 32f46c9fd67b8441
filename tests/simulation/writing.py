"""What people of a story write: any kind of op that the services write, mostly sensible ones."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.ids import named_id
from perpusdesk.domain.merge import facts, holds, loans, transfers
from perpusdesk.domain.merge.fields import SETTLES
from perpusdesk.domain.merge.judgement import CAPPED, REVOKED, write_cut
from perpusdesk.domain.merge.kinds import EVENTS
from perpusdesk.domain.merge.ops import VOID, Op
from perpusdesk.domain.merge.records import FIELD_RECORDS
from perpusdesk.protocol.certificates import Role
from perpusdesk.storage.drafts import Action
from simulation.clocks import DAY
from simulation.nodes import LACKING, Node

_NEW: Final = {
    "loan": loans.OPENED,
    "hold": holds.PLACED,
    "money": facts.ENTRY,
    "reading": facts.READ,
    "transfer": transfers.SENT,
    "stock_scan": facts.COUNTED,
    "visit": facts.VISITED,
    "sighting": facts.HANDED_BACK,
    "import_run": "import.begun",
    "export_run": "export.made",
}
_MANY: Final = ("title", "copy", "member", "title", "copy", "member", "setting", "block")
PRIVATE_PEOPLE: Final = tuple(named_id("member", f"private {number}") for number in range(2))
_WORDS: Final = ("Laskar Pelangi", "Bumi Manusia", "Ani", "Budi", "", "7", "Sejarah; Sastra")
_NEVER: Final = ("marc", "cover", "terms", "merged_into")
_DAYS: Final = ("2026-10-20", "2026-11-09", "2027-01-31")


def pool(entity_type: str) -> list[UUID]:
    """Return the few records of a type that everybody writes to."""
    return [named_id(entity_type, str(number)) for number in range(3)]


class Writer:
    """Draws actions for devices."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._kinds: list[tuple[Callable[[Node], Action | None], int]] = [
            (self._lend, 14),
            (self._return, 10),
            (self._event, 16),
            (self._new_event, 8),
            (self._edit, 22),
            (self._rare_edit, 8),
            (self._delete, 4),
            (self._void, 6),
            (self._undo, 2),
            (self._settle, 3),
            (self._picture, 2),
            (self._several, 4),
            (self._erase, 3),
            (self._cut, 1),
        ]

    def action_for(self, node: Node) -> Action | None:
        """Return what somebody does at a device next."""
        kinds, weights = zip(*self._kinds, strict=True)
        action: Action | None = self._random.choices(kinds, weights)[0](node)
        if action is None or not action.drafts:
            return None
        if node.old_program and any((d.entity_type, d.kind) in LACKING for d in action.drafts):
            return None
        return action

    def revocation(self, node: Node, device: bytes, reach: dict[tuple[bytes, int], int]) -> Action:
        """Return the action that shuts a device out, from what is known of it here on."""
        cut = {run: seq for (who, run), seq in reach.items() if who == device}
        if self._random.random() < 0.3:
            cut = {run: self._random.randint(0, seq) for run, seq in cut.items()}
        action = Action("revoke_device")
        action.set("device", UUID(bytes=device), {REVOKED: write_cut(cut)})
        return action

    # -- kinds of actions -----------------------------------------------------------------------

    def _lend(self, node: Node) -> Action:
        action = self._action("lend")
        copy, member = self._one("copy"), self._person()
        when = {"due": self._random.choice(_DAYS), "rule": self._one("loan_rule").bytes}
        action.event(
            loans.OPENED, "loan", self._new(), fresh=True, copy=copy, member=member, **when
        )
        return action

    def _return(self, node: Node) -> Action | None:
        loan = self._known(node, "loan")
        if loan is None:
            return None
        action = self._action("take_back")
        when = node.clock.wall_ms() - self._random.choice((0, 0, DAY, 3 * DAY))
        late = self._random.randint(0, 3)
        action.event(loans.RETURNED, "loan", loan, when=max(1, when), days_late=late)
        return action

    def _event(self, node: Node) -> Action | None:
        entity_type = self._random.choice(
            ("loan", "loan", "hold", "hold", "transfer", "import_run")
        )
        entity = self._known(node, entity_type)
        if entity is None:
            return None
        kind = self._random.choice(list(EVENTS[entity_type]))
        action = self._action(kind.partition(".")[2])
        action.event(kind, entity_type, entity, **self._payload(entity_type, kind))
        return action

    def _new_event(self, node: Node) -> Action:
        entity_type = self._random.choice(list(_NEW))
        kind = _NEW[entity_type]
        action = self._action("note")
        payload = self._payload(entity_type, kind)
        action.event(kind, entity_type, self._new(), fresh=True, **payload)
        return action

    def _edit(self, node: Node) -> Action:
        return self._set(self._random.choice(_MANY))

    def _rare_edit(self, node: Node) -> Action:
        types = [one for one in FIELD_RECORDS if one not in ("device", "photo", "cover")]
        return self._set(self._random.choice(types))

    def _set(self, entity_type: str) -> Action:
        names = [one for one in FIELD_RECORDS[entity_type] if one not in _NEVER]
        chosen = self._random.sample(names, min(len(names), self._random.randint(1, 2)))
        fields: dict[str, Any] = {name: self._random.choice(_WORDS) for name in chosen}
        entity = self._one(entity_type)
        if entity_type == "member":
            entity = self._person()
        elif "member" in FIELD_RECORDS[entity_type]:
            fields["member"] = self._person().bytes
        if entity_type == "title" and self._random.random() < 0.3:
            fields = {f"subjects/{self._random.choice(_WORDS[:4])}": self._random.randint(0, 2)}
        if self._random.random() < 0.05:
            fields["of_a_newer_program"] = [1, b"x"]
        action = self._action("edit")
        action.set(entity_type, entity, fields)
        return action

    def _delete(self, node: Node) -> Action | None:
        entity_type = self._random.choice(_MANY)
        entity = self._known(node, entity_type)
        if entity is None:
            return None
        action = self._action("remove")
        action.delete(entity_type, entity)
        return action

    def _void(self, node: Node) -> Action | None:
        """Take back one event; also what the server said of a clock."""
        entity_type = self._random.choice((*_NEW, "loan", "hold", "clock_cap"))
        entity = self._known(node, entity_type)
        ops = node.ops_of(entity_type, entity) if entity else []
        ops = [op for op in ops if op.kind != VOID]
        if not ops:
            return None
        action = self._action("undo" if entity_type != "clock_cap" else "settle_conflict")
        action.void(self._random.choice(ops))
        return action

    def _undo(self, node: Node) -> Action | None:
        """Take back an edit: the former value again, and that the action is undone."""
        entity_type = self._random.choice(_MANY)
        entity = self._known(node, entity_type)
        ops = [op for op in node.ops_of(entity_type, entity) if op.kind == "set"] if entity else []
        if not ops or entity is None:
            return None
        op = self._random.choice(ops)
        action = self._action("undo")
        action.set(entity_type, entity, dict.fromkeys(op.payload["fields"], "as it was"))
        action.event("action.undone", "undone", op.action)
        return action

    def _settle(self, node: Node) -> Action | None:
        """Settle a contradiction: a decision, and the value that is right."""
        entity_type = self._random.choice(_MANY)
        entity = self._known(node, entity_type)
        ops = [op for op in node.ops_of(entity_type, entity) if op.kind == "set"] if entity else []
        if len(ops) < 2 or entity is None:
            return None
        right, other = self._random.sample(ops, 2)
        action = self._action("settle_conflict")
        fields = {n: v for n, v in right.payload["fields"].items() if n != "of_a_newer_program"}
        if not fields:
            return None
        action.set(entity_type, entity, fields, settles=[right.stamp, other.stamp])
        key = self._random.choice(("a", "b"))
        decision = {"conflict": key, "answer": self._random.choice(("side_1", "as_is"))}
        action.set("decision", named_id("conflict", key), decision)
        return action

    def _picture(self, node: Node) -> Action:
        action = self._action("picture")
        image = self._random.randbytes(self._random.choice((300, 1500, 4000)))
        action.set("photo", self._new(), {"member": self._person(), "image": image}, fresh=True)
        return action

    def _erase(self, node: Node) -> Action:
        """Ask for somebody's erasure, or carry one out."""
        there = self._known(node, "erasure")
        action = self._action("erase_member")
        member = self._random.choice(PRIVATE_PEOPLE)
        if there is not None and self._random.random() < 0.6:
            action.event(facts.CARRIED_OUT, "erasure", there, member=member)
        else:
            action.event(facts.ERASED, "erasure", self._new(), fresh=True, member=member)
        return action

    def _cut(self, node: Node) -> Action:
        action = self._action("cut_history")
        before = max(1, node.clock.wall_ms() - self._random.choice((0, DAY, 3 * DAY)))
        kept = b"".join(one.bytes for one in (self._known(node, "loan"), self._person()) if one)
        said = {"before": before, "kept": kept if self._random.random() < 0.5 else b""}
        action.event(facts.HISTORY_CUT, "history_cut", self._new(), fresh=True, **said)
        return action

    def _person(self) -> UUID:
        """Return a member, some of whom are erased one day."""
        return self._random.choice((*pool("member"), *PRIVATE_PEOPLE))

    def _several(self, node: Node) -> Action:
        action = self._lend(node)
        for more in (self._edit(node), self._new_event(node), self._edit(node)):
            action.drafts += more.drafts
        return action

    # -- parts ----------------------------------------------------------------------------------

    def _action(self, verb: str) -> Action:
        branch = self._random.choice((None, *pool("branch")))
        return Action(verb, staff=self._one("staff"), branch=branch)

    def _one(self, entity_type: str) -> UUID:
        return self._random.choice(pool(entity_type))

    def _new(self) -> UUID:
        return UUID(int=self._random.getrandbits(128), version=4)

    def _known(self, node: Node, entity_type: str) -> UUID | None:
        there = node.entities(entity_type)
        return self._random.choice(there) if there else None

    def _payload(self, entity_type: str, kind: str) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, wanted in EVENTS[entity_type][kind].items():
            if self._random.random() < 0.15:
                continue
            found[name] = self._value(name, wanted)
        return found

    def _value(self, name: str, wanted: type) -> Any:
        if wanted is int:
            return self._random.randint(-3, 9)
        if name == "member":
            return self._person().bytes
        if wanted is bytes:
            return self._one(name if name in FIELD_RECORDS else "branch").bytes
        return self._random.choice(_DAYS if name in ("due", "until", "expires") else _WORDS)


def mends(op: Op) -> bool:
    """Whether an op changes how others count."""
    return op.kind == CAPPED or op.entity_type == "device" or SETTLES in op.payload


def admin(node: Node) -> bool:
    """Whether people may shut devices out here."""
    return node.role in (Role.ADMIN, Role.SERVER)
