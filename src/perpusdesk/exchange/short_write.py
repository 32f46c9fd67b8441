"""Writing one value, or a list of values, into the fields of a record; the rest stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from perpusdesk.domain.marc.record import RawField, RawRecord, placed
from perpusdesk.exchange import isbd
from perpusdesk.exchange.short_fields import JOINTS

_ALPHABET: Final = "abcdefghijklmnopqrstuvwxyz0123456789"
_ORDER: Final = {"245": "ahnpbcfgks6780123459dijlmoqrtuvwxyz"}
_MARKS: Final = " /:;,"


def with_subfield(field: RawField, code: str, text: str) -> RawField:
    """Return a field with one subfield set (the first of its code), or out if ``text`` is empty."""
    pairs = list(field.subfields)
    at = next((place for place, (known, _) in enumerate(pairs) if known == code), None)
    if at is not None:
        pairs[at : at + 1] = [(code, text)] if text else []
    elif text:
        order = _ORDER.get(field.tag, _ALPHABET)
        rank = order.index(code)
        behind = [n for n, (known, _) in enumerate(pairs) if order.find(known) <= rank]
        pairs.insert(behind[-1] + 1 if behind else 0, (code, text))
    return replace(field, subfields=_joined(field.tag, pairs))


def _joined(tag: str, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Put the marks of ISBD between the subfields."""
    joints = JOINTS.get(tag)
    if not joints or not pairs:
        return tuple(pairs)
    found = []
    for (code, text), (following, _) in zip(pairs, [*pairs[1:], ("", "")], strict=True):
        mark = "." if following == "p" and code != "n" else joints.get(following, "")
        parallel = text.endswith(" =") and following in ("a", "b")
        marked = (code == "a" or code in joints) and not parallel
        found.append((code, _bare(text, more=bool(mark)) + mark if marked else text))
    return tuple(found)


def _bare(text: str, *, more: bool) -> str:
    """Take off the mark that led to another subfield; a full stop at the end may stay."""
    bare = text.rstrip().rstrip(_MARKS)
    if bare.endswith(" +"):
        bare = bare[:-1].rstrip()
    return (isbd.clean(bare) or bare) if more else bare


def swapped(record: RawRecord, old: RawField, new: RawField) -> RawRecord:
    """Return the record with one field in the place of another; one that says nothing goes."""
    at = next(place for place, one in enumerate(record.fields) if one is old)
    between = () if new.empty else (new,)
    return record.with_fields((*record.fields[:at], *between, *record.fields[at + 1 :]))


@dataclass(frozen=True, slots=True)
class Listed:
    """Some fields of a record as a list of texts: how one is read, made and edited.

    ``read`` gives an empty text for a field that has no part in the list.
    """

    read: Callable[[RawField], str]
    make: Callable[[str], RawField]
    edit: Callable[[RawField, str], RawField]

    def texts(self, record: RawRecord) -> tuple[str, ...]:
        """Return the texts, each once."""
        found = (self.read(one) for one in record.fields)
        return tuple(dict.fromkeys(text for text in found if text))

    def write(self, record: RawRecord, texts: Sequence[str]) -> RawRecord:
        """Let the record say ``texts``: in this order among those of one tag.

        A field that says one of them already stays as it is; where a single text was changed,
        that field is edited.
        """
        if self.texts(record) == tuple(texts):
            return record
        mine = [one for one in record.fields if self.read(one)]
        said = [self.read(one) for one in mine]
        edited = _the_one_that_differs(said, texts)
        new = []
        for place, text in enumerate(texts):
            same = [one for one in mine if self.read(one) == text]
            if not same:
                same = [self.edit(mine[place], text) if edited == place else self.make(text)]
            new += same
        return _with_list(record, mine, new)


def _the_one_that_differs(said: Sequence[str], texts: Sequence[str]) -> int | None:
    if len(said) != len(texts):
        return None
    places = [at for at, (old, new) in enumerate(zip(said, texts, strict=True)) if old != new]
    return places[0] if len(places) == 1 else None


def _with_list(record: RawRecord, mine: list[RawField], new: list[RawField]) -> RawRecord:
    """Put the fields ``new`` in the place of ``mine``, tag by tag."""
    gone = {id(one) for one in mine}
    groups: dict[str, list[RawField]] = {}
    for one in new:
        groups.setdefault(one.tag, []).append(one)
    kept: list[RawField] = []
    for one in record.fields:
        if id(one) in gone:
            kept += groups.pop(one.tag, [])
        else:
            kept.append(one)
    fields = tuple(kept)
    for more in groups.values():
        for one in more:
            fields = placed(fields, one)
    return record.with_fields(fields)
