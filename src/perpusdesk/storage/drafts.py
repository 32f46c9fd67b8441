"""What a service hands to the storage door: an action and the ops it wants written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from perpusdesk.domain.merge.fields import SETTLES
from perpusdesk.domain.merge.ops import DELETE, SET, VOID, Op, Stamp


@dataclass(frozen=True, slots=True)
class Draft:
    """One op before it has a stamp; ``fresh`` promises that the entity is new with this action.

    ``at`` (Unix ms): this one counts as done then, whenever the action was.
    """

    kind: str
    entity_type: str
    entity: UUID
    payload: Mapping[str, Any]
    fresh: bool = False
    at: int | None = None


@dataclass(slots=True)
class Action:
    """What a person did: who, where, when (Unix ms and minutes east of UTC), and its ops.

    ``at`` stays ``None`` for "now"; a back-dated slip sets it. ``id`` may be given so that the
    caller can name the action before it is written.
    """

    verb: str
    staff: UUID | None = None
    branch: UUID | None = None
    zone: int = 420
    at: int | None = None
    drafts: list[Draft] = field(default_factory=list)

    def set(
        self,
        entity_type: str,
        entity: UUID,
        fields: Mapping[str, Any],
        *,
        fresh: bool = False,
        base: Mapping[str, Stamp] | None = None,
        overridden: Iterable[str] = (),
        why: str = "",
        settles: Iterable[Stamp] = (),
    ) -> None:
        """Set fields of a record (``fresh``: a new one).

        ``base`` is what the writer had seen of the fields (default: what is there now).
        ``overridden`` and ``why`` tell of a refusal that staff decided against, or of a reason;
        ``settles`` names the ops that the writer decided about (``merge.fields.contradictions``).
        """
        payload: dict[str, Any] = {"fields": {name: plain(value) for name, value in fields.items()}}
        if base is not None:
            payload["base"] = {name: base[name] for name in fields if name in base}
        if overridden:
            payload["overridden"] = sorted(overridden)
        if why:
            payload["why"] = why
        if marks := sorted(list(stamp[1:]) for stamp in settles):
            payload[SETTLES] = marks
        self.drafts.append(Draft(SET, entity_type, entity, payload, fresh))

    def delete(self, entity_type: str, entity: UUID) -> None:
        """Put a tombstone on a record."""
        self.drafts.append(Draft(DELETE, entity_type, entity, {}))

    def event(
        self,
        kind: str,
        entity_type: str,
        entity: UUID,
        /,
        *,
        fresh: bool = False,
        when: int | None = None,
        **payload: Any,
    ) -> None:
        """Add an event to a record that is told by events; ``None`` values are left out.

        ``when`` (Unix ms): it counts as done then.
        """
        values = {name: plain(value) for name, value in payload.items() if value is not None}
        self.drafts.append(Draft(kind, entity_type, entity, values, fresh, when))

    def void(self, op: Op) -> None:
        """Take back one earlier event."""
        self.drafts.append(Draft(VOID, op.entity_type, op.entity, {"of": [op.stamp]}))


def plain(value: Any) -> Any:
    """Return ``value`` as payloads hold it: ids as 16 bytes, dates and times as ISO text."""
    if isinstance(value, str | bytes | int):
        return value
    if isinstance(value, UUID):
        return value.bytes
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    return value


@dataclass(frozen=True, slots=True)
class Written:
    """A committed action: its id and the stamps of its ops."""

    action: UUID
    stamps: tuple[Stamp, ...]
    at: int
