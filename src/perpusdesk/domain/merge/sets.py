"""Fields that hold several things, each of which is added and taken out on its own.

A title's subjects, further authors and tags are written whole when a record comes in, and thing by
thing when somebody edits it; so two people who each add a subject both keep theirs. The same holds
for the fields of a MARC record: subjects and added entries (6XX, 7XX) field by field, all others
tag by tag. What an edit writes are fields of their own, merged like any (the later stamp wins):

- ``subjects/Sejarah`` = 0 (is out), or 1, 2, ... (is in; its place among those added at once),
- ``marc/650/<text of the field>`` likewise,
- ``marc/245`` = the bytes of all fields with that tag, ``None`` when there is none any more,
- ``marc/leader`` = the leader.

A whole value that is written later takes the place of all of them; that is also how another order
is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from perpusdesk.domain.merge import marc_parts
from perpusdesk.domain.merge.fields import FieldState
from perpusdesk.domain.merge.ops import Stamp

SEPARATOR: Final = "; "
SETS: Final[Mapping[str, tuple[str, ...]]] = {"title": ("other_authors", "subjects", "tags")}
MARC: Final = "marc"
LEADER: Final = "leader"
_FIELD_END: Final = b"\x1e"
_UTF8: Final = b"a"


def elements(text: str | None) -> list[str]:
    """Return the things that a field holds."""
    parts = (part.strip() for part in (text or "").split(SEPARATOR.strip()))
    return list(dict.fromkeys(part for part in parts if part))


def set_changes(name: str, before: str | None, after: str) -> dict[str, Any]:
    """Return the fields to write so that the things of ``before`` become those of ``after``."""
    old, new = elements(before), elements(after)
    gone = [element for element in old if element not in new]
    come = [element for element in new if element not in old]
    if [element for element in old if element in new] + come != new:
        return {name: SEPARATOR.join(new)}
    return _in_and_out(name, gone, come)


def marc_changes(before: bytes | None, after: bytes) -> dict[str, Any]:
    """Return the fields to write so that a record in UTF-8 becomes another one.

    What cannot be told part by part (there was none, another encoding, a broken frame) is written
    whole. Fields of one tag keep their order; tags are in ascending order afterwards.
    """
    old, new = marc_parts.split(before or b""), marc_parts.split(after)
    if old is None or new is None or not _is_utf8(old) or not _is_utf8(new):
        return {} if before == after else {MARC: after}
    try:
        return _part_changes(old, new)
    except UnicodeDecodeError:
        return {MARC: after}


def _part_changes(old: marc_parts.Parts, new: marc_parts.Parts) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if _meaning(old.leader) != _meaning(new.leader):
        changes[f"{MARC}/{LEADER}"] = new.leader
    was, is_ = _by_tag(old), _by_tag(new)
    for tag in sorted(was.keys() | is_.keys()):
        changes.update(_tag_changes(tag, was.get(tag, []), is_.get(tag, [])))
    return changes


def _tag_changes(tag: str, was: list[bytes], is_: list[bytes]) -> dict[str, Any]:
    if was == is_:
        return {}
    gone = [data for data in was if data not in is_]
    come = [data for data in is_ if data not in was]
    twice = len(set(was)) != len(was) or len(set(is_)) != len(is_)
    if tag[0] not in "67" or twice or [data for data in was if data in is_] + come != is_:
        return {f"{MARC}/{tag}": _FIELD_END.join(is_) if is_ else None}
    return _in_and_out(
        f"{MARC}/{tag}", [data.decode() for data in gone], [data.decode() for data in come]
    )


def _in_and_out(name: str, gone: list[str], come: list[str]) -> dict[str, Any]:
    changes = {f"{name}/{element}": 0 for element in gone}
    return changes | {f"{name}/{element}": place for place, element in enumerate(come, start=1)}


def whole_values(entity_type: str, state: FieldState) -> dict[str, Any]:
    """Return the whole value of each field that parts were written for: what a reader is shown."""
    sets = SETS.get(entity_type)
    if sets is None or not any("/" in name for name in state.values):
        return {}
    found: dict[str, Any] = {}
    for name in (*sets, MARC):
        parts = _newer_parts(state, name)
        if parts is None:
            continue
        value = state.values.get(name)
        found[name] = _marc(value, parts) if name == MARC else _text(value, parts)
    return found


def _newer_parts(state: FieldState, name: str) -> dict[str, Any] | None:
    """Return the parts that count, oldest first; ``None`` when there are none of this field."""
    start = f"{name}/"
    names = [part for part in state.values if part.startswith(start)]
    if not names:
        return None
    whole = state.clocks.get(name, Stamp(0, b"", 0, 0))
    ordered = sorted(names, key=lambda part: (state.clocks[part], _place(state, part), part))
    return {
        part.removeprefix(start): state.values[part]
        for part in ordered
        if state.clocks[part] > whole
    }


def _place(state: FieldState, part: str) -> int:
    value = state.values[part]
    return value if isinstance(value, int) else 0


def _text(value: Any, parts: Mapping[str, Any]) -> str:
    kept = [one for one in elements(value if isinstance(value, str) else "") if parts.get(one) != 0]
    added = [one for one, is_in in parts.items() if _is_in(is_in) and one not in kept]
    return SEPARATOR.join([*kept, *added])


def _is_in(said: Any) -> bool:
    return isinstance(said, int) and said > 0


def _marc(value: Any, parts: Mapping[str, Any]) -> Any:
    old = marc_parts.split(value) if isinstance(value, bytes) else None
    if old is None or not _is_utf8(old):
        return value
    leader, tags = old.leader, _by_tag(old)
    for part, said in parts.items():
        tag, slash, text = part.partition("/")
        if part == LEADER:
            leader = said if isinstance(said, bytes) and len(said) == len(leader) else leader
        elif slash:
            data, others = text.encode(), tags.setdefault(tag, [])
            if said == 0:
                tags[tag] = [one for one in others if one != data]
            elif _is_in(said) and data not in others:
                others.append(data)
        elif len(tag) == 3:
            tags[tag] = said.split(_FIELD_END) if isinstance(said, bytes) else []
    fields = [(tag, data) for tag in sorted(tags) for data in tags[tag]]
    made = marc_parts.join(marc_parts.Parts(leader, tuple(fields)))
    return value if made is None else made


def _by_tag(parts: marc_parts.Parts) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for tag, data in parts.fields:
        found.setdefault(tag, []).append(data)
    return found


def _is_utf8(parts: marc_parts.Parts) -> bool:
    return parts.leader[9:10] == _UTF8


def _meaning(leader: bytes) -> bytes:
    """Return a leader without its lengths, which follow from the fields."""
    return leader[5:12] + leader[17:]
