"""The question of a conflict and its sides, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.formats import date_and_time, long_date, number
from perpusdesk.common.i18n import N_, _
from perpusdesk.domain.conflicts.conflict import Conflict, Side
from perpusdesk.domain.conflicts.kinds import Kind
from perpusdesk.services.desk import Desk
from perpusdesk.services.wording.conflict_fields import say_field, say_record, say_value
from perpusdesk.services.wording.conflict_verbs import say_answer
from perpusdesk.storage.queries import conflict_names as names
from perpusdesk.storage.queries.values import as_moment

_NAMES: Final[Mapping[str, str]] = {
    Kind.LENT_TWICE: N_("Lent twice"),
    Kind.LENT_KEPT: N_("Lent while kept for another"),
    Kind.LENT_SENT: N_("Lent while on its way"),
    Kind.LENT_GONE: N_("Lent while out of the collection"),
    Kind.HANDED_BACK: N_("Handed back elsewhere"),
    Kind.LOST_RETURNED: N_("Lost and returned"),
    Kind.KEPT_FOR_TWO: N_("Kept for two"),
    Kind.SENT_TWICE: N_("Sent twice"),
    Kind.LENT_BLOCKED: N_("Lent while blocked"),
    Kind.LENT_OVER_LIMIT: N_("Lent over the limit"),
    Kind.RETURN_WITHOUT_LOAN: N_("Returned without a loan"),
    Kind.UNKNOWN_COPY: N_("Copy removed"),
    Kind.UNKNOWN_MEMBER: N_("Member removed"),
    Kind.UNKNOWN_TITLE: N_("Title removed while in use"),
    Kind.SAME_BARCODE: N_("Same barcode"),
    Kind.SAME_INVENTORY: N_("Same inventory number"),
    Kind.SAME_CARD: N_("Same card number"),
    Kind.EDITED_TWICE: N_("Changed in two places"),
    Kind.EDITED_DELETED: N_("Removed and changed"),
    Kind.MEMBER_TWICE: N_("Member registered twice"),
    Kind.TITLE_TWICE: N_("Title catalogued twice"),
    Kind.DECIDED_TWICE: N_("Decided differently"),
    Kind.CLOCK_AHEAD: N_("Clock ahead"),
    Kind.QUARANTINED: N_("From a locked-out device"),
}
_SENTENCES: Final[Mapping[Kind, str]] = {
    Kind.LENT_TWICE: N_("{copy} is recorded as lent to {count} people at once."),
    Kind.LENT_KEPT: N_("{copy} is kept for one member, but on loan to another."),
    Kind.LENT_SENT: N_("{copy} is on its way to another branch, but on loan as well."),
    Kind.LENT_GONE: N_("{copy} is recorded as {condition}, but it is on loan."),
    Kind.HANDED_BACK: N_("{copy} was handed back, but is still on loan to {member}."),
    Kind.LOST_RETURNED: N_("{copy} is recorded as lost, but it came back."),
    Kind.KEPT_FOR_TWO: N_("{copy} is kept for {count} members at once."),
    Kind.SENT_TWICE: N_("{copy} is on its way to {count} places at once."),
    Kind.LENT_BLOCKED: N_("{copy} was lent to {member}, who was blocked."),
    Kind.LENT_OVER_LIMIT: N_("{member} has borrowed {number_of}; the limit is {limit}."),
    Kind.RETURN_WITHOUT_LOAN: N_("A copy was taken back, but its loan is not known."),
    Kind.UNKNOWN_COPY: N_("{copy} was removed from the records, but it is on loan."),
    Kind.UNKNOWN_MEMBER: N_("{member} was removed, but something is still in this name."),
    Kind.UNKNOWN_TITLE: N_("{title} was removed, but copies or holds still belong to it."),
    Kind.SAME_BARCODE: N_("{count} copies have the barcode {number}."),
    Kind.SAME_INVENTORY: N_("{count} copies have the inventory number {number}."),
    Kind.SAME_CARD: N_("{count} members have the card number {number}."),
    Kind.EDITED_TWICE: N_("{record} was changed in two places: {fields}."),
    Kind.EDITED_DELETED: N_("{record} was removed in one place and changed in another."),
    Kind.MEMBER_TWICE: N_("{member} seems to be registered {count} times."),
    Kind.TITLE_TWICE: N_("{title} seems to be catalogued {count} times."),
    Kind.DECIDED_TWICE: N_("Two people decided differently: {what}."),
    Kind.CLOCK_AHEAD: N_("The clock of {device} ran ahead; {entries} entries have a wrong time."),
    Kind.QUARANTINED: N_("{device} is locked out, but {entries} more entries came from it."),
}
_CONDITIONS: Final[Mapping[str, str]] = {
    "lost": N_("lost"),
    "missing": N_("missing"),
    "withdrawn": N_("withdrawn"),
}


def kind_name(kind: str) -> str:
    """Return the short name of a kind, for a list of kinds."""
    return _(_NAMES[kind]) if kind in _NAMES else kind


def say_sentence(conflict: Conflict, desk: Desk) -> str:
    """Return in one sentence what is contradictory."""
    return _(_SENTENCES[conflict.kind]).format_map(words_of(conflict, desk))


class Words(dict[str, str]):
    """A word that is not known reads as three dots, never as an error."""

    def __missing__(self, key: str) -> str:
        return "…"


def words_of(conflict: Conflict, desk: Desk) -> Words:
    """Return what the sentences about a conflict are filled with."""
    facts, library = conflict.facts, desk.library
    words = Words(count=number(len(conflict.sides)), number=str(facts.get("number", "")))
    copy = facts.get("copy") or next(
        (one for s in conflict.sides if (one := s.facts.get("copy"))), None
    )
    if conflict.kind is Kind.UNKNOWN_COPY:
        copy = facts["entity"]
    if copy:
        words["copy"] = names.copy_name(library, copy)
    member = facts.get("member")
    if conflict.kind in (Kind.MEMBER_TWICE, Kind.UNKNOWN_MEMBER):
        member = conflict.sides[0].entity if "entity" not in facts else facts["entity"]
    if member:
        words["member"] = names.member_name(library, member)
    if conflict.kind in (Kind.TITLE_TWICE, Kind.UNKNOWN_TITLE):
        words["title"] = names.title_name(library, conflict.sides[0].entity)
    if "record" in facts:
        words["record"] = say_record(facts["record"], facts["entity"], desk)
        words["fields"] = ", ".join(say_field(facts["record"], f) for f in facts.get("fields", ()))
    if conflict.kind is Kind.DECIDED_TWICE:
        words["what"] = kind_name(names.kind_of_decision(library, facts["entity"]))
    if "device" in facts:
        words["device"] = names.device_name(library, facts["device"])
        words["entries"] = number(facts["entries"])
    if conflict.kind is Kind.LENT_OVER_LIMIT:
        words["number_of"], words["limit"] = number(facts["count"]), number(facts["limit"])
    if conflict.kind is Kind.LENT_GONE:
        words["condition"] = say_condition(conflict.sides[1])
    return words


# -- sides --------------------------------------------------------------------------------------


def say_who(conflict: Conflict, side: Side, desk: Desk) -> str:
    """Return the main words of a side: a person, a copy, a value."""
    library, facts = desk.library, side.facts
    if "values" in facts and conflict.kind is not Kind.EDITED_DELETED:
        return _said(conflict, side, desk)
    if conflict.kind is Kind.EDITED_DELETED:
        return _("Removed") if side is conflict.sides[0] else _("Changed")
    if conflict.kind is Kind.LOST_RETURNED:
        return _("Recorded as lost") if side is conflict.sides[0] else _("Taken back")
    if side.entity_type in ("loan", "hold"):
        member = facts.get("member")
        return names.member_name(library, member) if member else _("Returned without a loan")
    if side.entity_type == "sighting":
        return _("Handed back")
    if side.entity_type == "transfer":
        return _("Sent to {branch}").format(branch=_branch(desk, facts.get("to")))
    if side.entity_type == "block":
        return _("Blocked")
    if "condition" in facts:
        return say_condition(side).capitalize()
    if conflict.kind in (Kind.UNKNOWN_COPY, Kind.UNKNOWN_MEMBER, Kind.UNKNOWN_TITLE):
        return _("Removed")
    if side.entity_type == "device":
        return _("Locked out")
    if side.entity_type == "clock_cap":
        return _("Until {time}").format(time=say_time(int(facts["cap"]) >> 16, desk))
    return names.record_name(library, side.entity_type, side.entity)


def say_condition(side: Side) -> str:
    """Return how a copy was recorded."""
    condition = side.facts["condition"]
    return _(_CONDITIONS[condition])


def _said(conflict: Conflict, side: Side, desk: Desk) -> str:
    values = side.facts["values"]
    if conflict.kind is Kind.DECIDED_TWICE:
        kind = names.kind_of_decision(desk.library, conflict.facts["entity"])
        return say_answer(kind, str(values.get("answer", "")))
    if len(values) > 1:
        return _("Counts now") if side is conflict.sides[1] else _("Was replaced")
    record = conflict.facts["record"]
    return next(say_value(record, name, value, desk) for name, value in values.items())


def say_lines(conflict: Conflict, side: Side, desk: Desk) -> tuple[str, ...]:
    """Return what else there is to say of a side, line by line."""
    facts, library = side.facts, desk.library
    if "values" in facts and conflict.kind is not Kind.DECIDED_TWICE:
        record = conflict.facts["record"]
        told = [
            f"{say_field(record, name)}: {say_value(record, name, value, desk)}"
            for name, value in facts["values"].items()
        ]
        return (*(told if len(told) > 1 else ()), *_standing(conflict, side, len(told)))
    if side.entity_type == "loan" and "due" in facts:
        return _loan_lines(conflict, side, desk)
    if side.entity_type == "block":
        until = facts.get("until")
        told = [
            facts.get("reason") or "",
            _("until {date}").format(date=_day(until)) if until else "",
        ]
        return tuple(one for one in told if one)
    if side.entity_type == "hold":
        return (_("The copy is kept for this member."),)
    if side.entity_type in ("copy", "member", "title") and "condition" not in facts:
        return names.record_lines(library, side.entity_type, side.entity)
    return ()


def _standing(conflict: Conflict, side: Side, fields: int) -> tuple[str, ...]:
    if conflict.kind is not Kind.EDITED_TWICE or fields > 1:
        return ()
    return (_("Counts now") if side is conflict.sides[1] else _("Was replaced"),)


def _loan_lines(conflict: Conflict, side: Side, desk: Desk) -> tuple[str, ...]:
    facts = side.facts
    lines = []
    if conflict.kind is Kind.LENT_OVER_LIMIT and facts["copy"]:
        lines.append(names.copy_name(desk.library, facts["copy"]))
    if facts["open"]:
        lines.append(_("Due {date}").format(date=_day(facts["due"])))
    elif facts["ended_at"]:
        time = say_time(facts["ended_at"], desk)
        lines.append(_("Taken back {time}").format(time=time))
    return tuple(lines)


def _branch(desk: Desk, id_: UUID | None) -> str:
    found = desk.branches.get(id_) if id_ else None
    return found.name if found else "…"


def say_time(at: int, desk: Desk) -> str:
    """Return Unix ms as the clocks of this desk show it."""
    return date_and_time(as_moment(at, desk.zone))


def _day(value: Any) -> str:
    try:
        return long_date(date.fromisoformat(value))
    except (TypeError, ValueError):
        return "…"
