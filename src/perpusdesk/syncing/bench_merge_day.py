"""A city's day for measuring the fold: many branches, each with circulation and changed records.

The ops have the shapes that the services write, and ids as runs of many devices draw them. All
chance comes from a seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID

from perpusdesk.domain.clock import COUNTER_BITS
from perpusdesk.domain.ids import drawn_id, run_tag
from perpusdesk.domain.merge import facts, holds, loans
from perpusdesk.domain.merge.lanes import lane_of_type, stream_of
from perpusdesk.domain.merge.ops import SET, Op, Stamp

BRANCHES: Final = 50
_OPENS_MS: Final = 1_788_224_400_000  # 1 September 2026, 08:00 WIB
_STEP_MS: Final = 30_000
_COPIES, _MEMBERS = 400, 120
_DUE, _LATER_DUE = "2026-09-08", "2026-09-15"


def city_day(branches: int, ops_a_branch: int, seed: int = 1) -> list[list[Op]]:
    """Return what each branch wrote on one day, in its order."""
    return [
        list(_Branch(number, random.Random(f"{seed}/{number}")).day(ops_a_branch))
        for number in range(branches)
    ]


def in_turn(days: list[list[Op]]) -> list[Op]:
    """Return all ops by the time they were written."""
    return sorted((op for day in days for op in day), key=lambda op: op.stamp)


class _Branch:
    def __init__(self, number: int, chance: random.Random) -> None:
        self._chance = chance
        self.device = chance.randbytes(16)
        self._run = chance.getrandbits(63)
        self._tag, self._drawn = run_tag(self.device, self._run), 0
        self._ms = _OPENS_MS + number
        self._seqs = [0, 0]
        self._branch, self._rule, self._category = self._id(), self._id(), self._id()
        self._staff = [self._id() for _ in range(3)]
        self._copies = [self._id() for _ in range(_COPIES)]
        self._titles = [self._id() for _ in range(_COPIES // 2)]
        self._members = [self._id() for _ in range(_MEMBERS)]
        self._seen: dict[tuple[UUID, str], Stamp] = {}
        self._loans: list[UUID] = []
        self._number = 0

    def _id(self) -> UUID:
        self._drawn += 1
        return drawn_id(self._ms, self._drawn, self._tag)

    def day(self, count: int) -> Iterator[Op]:
        """Yield so many ops."""
        for _ in range(count):
            self._ms += self._chance.randrange(_STEP_MS)
            yield self._next(self._chance.random())

    def _next(self, chance: float) -> Op:
        pick = self._chance.choice
        if chance < 0.42 or (chance < 0.79 and not self._loans):
            return self._lend()
        if chance < 0.74:
            days = self._chance.randrange(9) if self._chance.random() < 0.2 else 0
            return self._op(loans.RETURNED, "loan", self._any_loan(), "return", days_late=days)
        if chance < 0.79:
            return self._op(loans.RENEWED, "loan", pick(self._loans), "renew", due=_LATER_DUE)
        if chance < 0.83:
            said = {"title": pick(self._titles).bytes, "member": pick(self._members).bytes}
            return self._op(holds.PLACED, "hold", self._id(), "place_hold", **said)
        if chance < 0.88:
            told = {"member": pick(self._members).bytes, "sex": "f", "age": "adult"}
            return self._op(facts.VISITED, "visit", self._id(), "visit", **told)
        return self._record(chance)

    def _lend(self) -> Op:
        loan = self._id()
        self._loans.append(loan)
        return self._op(
            loans.OPENED,
            "loan",
            loan,
            "lend",
            copy=self._chance.choice(self._copies).bytes,
            member=self._chance.choice(self._members).bytes,
            due=_DUE,
            rule=self._rule.bytes,
        )

    def _any_loan(self) -> UUID:
        return self._loans.pop(self._chance.randrange(len(self._loans)))

    def _record(self, chance: float) -> Op:
        self._number += 1
        if chance < 0.92:
            member = self._id()
            self._members.append(member)
            fields = {
                "card": f"A{self._chance.randrange(10**6):06}",
                "name": f"Anggota Ke-{self._number}",
                "category": self._category.bytes,
                "branch": self._branch.bytes,
                "registered": "2026-09-01",
                "expires": "2027-09-01",
            }
            return self._set("member", member, "register_member", fields)
        if chance < 0.96:
            phone = f"0812{self._chance.randrange(10**8):08}"
            fields = {"phone": phone, "phone_key": f"62{phone[1:]}"}
            return self._set("member", self._chance.choice(self._members), "edit_member", fields)
        copy = self._chance.choice(self._copies)
        fields = {"condition": "repair", "note": f"Punggung lepas {self._number}"}
        return self._set("copy", copy, "edit_copies", fields)

    def _set(self, entity_type: str, entity: UUID, verb: str, fields: dict[str, Any]) -> Op:
        seen = {name: self._seen[entity, name] for name in fields if (entity, name) in self._seen}
        payload: dict[str, Any] = {"base": seen} if seen else {}
        op = self._op(SET, entity_type, entity, verb, **payload, fields=fields)
        self._seen.update(dict.fromkeys(((entity, name) for name in fields), op.stamp))
        return op

    def _op(self, kind: str, entity_type: str, entity: UUID, verb: str, **payload: Any) -> Op:
        lane = lane_of_type(entity_type)
        self._seqs[lane] += 1
        stamp = Stamp(
            self._ms << COUNTER_BITS, self.device, stream_of(self._run, lane), self._seqs[lane]
        )
        return Op(
            stamp=stamp,
            action=self._id(),
            verb=verb,
            staff=self._chance.choice(self._staff),
            branch=self._branch,
            at=self._ms,
            zone=420,
            kind=kind,
            entity_type=entity_type,
            entity=entity,
            payload=payload,
        )
