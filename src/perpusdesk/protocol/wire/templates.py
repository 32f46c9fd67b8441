"""The form of a payload apart from its values: names in order, and how each value is told.

A template is a pair: the names, and for each a code. ``i`` is an id (16 bytes), ``p`` an id that
many ops have in common (it goes into the palette), ``n`` a whole number that 64 bits hold, ``d`` a
day (ISO text), ``s`` a stamp, a number so many stamps in a list, ``o`` any other value
(MessagePack), another template a map. So a payload comes back with its types and the order of its
names; what is no map with text for names, or deeper than maps in a map, is ``o`` as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from perpusdesk.protocol.wire.errors import WireError, WireFault

Template = tuple[tuple[str, ...], tuple[Any, ...]]
"""Names and codes; a code is a letter, a number of stamps, or a template."""

WHOLE: Final[Template] = (("",), ("*",))
"""The template of a payload that is told as a whole."""

PALETTE_NAMES: Final = frozenset({"rule", "branch", "pickup", "to"})
ID, SHARED, NUMBER, DAY, STAMP, OTHER = "i", "p", "n", "d", "s", "o"
_CODES: Final = frozenset({ID, SHARED, NUMBER, DAY, STAMP, OTHER})
_DEEPEST: Final = 3
_LONGEST_NAME: Final = 0x10000
_MOST_LEAVES: Final = 20_000
_NUMBER_LIMIT: Final = 2**63


@lru_cache(maxsize=8192)
def day_number(text: str) -> int:
    """Return the number of the day (1 January of year 1 is 1) that a text tells; 0: none."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return 0
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return 0
    return day.toordinal() if day.isoformat() == text else 0


@lru_cache(maxsize=8192)
def day_text(number: int) -> str:
    """Return the text of a day; refused when there is no such day."""
    try:
        return date.fromordinal(number).isoformat()
    except (ValueError, OverflowError) as error:
        raise WireError(WireFault.OUT_OF_RANGE) from error


def take_apart(payload: Any) -> tuple[Template, list[Any]]:
    """Return the template of a payload and its values in order."""
    values: list[Any] = []
    if type(payload) is not dict or not all(type(name) is str for name in payload):
        return WHOLE, [payload]
    template = _template(payload, values, 1)
    return (template, values) if len(values) <= _MOST_LEAVES else (WHOLE, [payload])


def _template(payload: dict[str, Any], values: list[Any], depth: int) -> Template:
    codes: list[Any] = []
    for name, value in payload.items():
        judge = _JUDGES.get(type(value))
        if judge is None:
            codes.append(OTHER)
            values.append(value)
        elif type(value) is dict and depth < _DEEPEST and all(type(key) is str for key in value):
            codes.append(_template(value, values, depth + 1))
        else:
            code, told = judge(name, value)
            codes.append(code)
            values += told
    return tuple(payload), tuple(codes)


def _bytes(name: str, value: bytes) -> tuple[Any, Sequence[Any]]:
    if len(value) != 16:
        return OTHER, (value,)
    return SHARED if name in PALETTE_NAMES else ID, (value,)


def _number(_name: str, value: int) -> tuple[Any, Sequence[Any]]:
    return NUMBER if -_NUMBER_LIMIT <= value < _NUMBER_LIMIT else OTHER, (value,)


def _text(_name: str, value: str) -> tuple[Any, Sequence[Any]]:
    number = day_number(value)
    return (DAY, (number,)) if number else (OTHER, (value,))


def _list(_name: str, value: list[Any]) -> tuple[Any, Sequence[Any]]:
    if is_stamp(value):
        return STAMP, (value,)
    if value and all(map(is_stamp, value)):
        return len(value), value
    return OTHER, (value,)


def _map(_name: str, value: Any) -> tuple[Any, Sequence[Any]]:
    return OTHER, (value,)


_JUDGES: Final[dict[type, Callable[[str, Any], tuple[Any, Sequence[Any]]]]] = {
    bytes: _bytes,
    int: _number,
    str: _text,
    list: _list,
    dict: _map,
}


def is_stamp(value: Any) -> bool:
    """Whether a value from a payload is a stamp that fits into the columns for stamps."""
    if type(value) is not list or [type(part) for part in value] != [int, bytes, int, int]:
        return False
    clock, device, incarnation, seq = value
    limit = _NUMBER_LIMIT
    in_range = 0 <= clock < limit and 0 <= incarnation < 2 * limit and 0 <= seq < limit
    return in_range and len(device) == 16


def leaves(template: Template) -> list[str]:
    """Return the codes of all values of a template in order, maps and lists of stamps opened."""
    found: list[str] = []
    for code in template[1]:
        if type(code) is tuple:
            found += leaves(code)
        elif type(code) is int:
            found += [STAMP] * code
        else:
            found.append(OTHER if code == "*" else code)
    return found


def size(template: Template) -> int:
    """Return how many values a template has."""
    return sum(
        size(code) if type(code) is tuple else code if type(code) is int else 1
        for code in template[1]
    )


def builder(template: Template) -> Callable[[tuple[Any, ...]], Any]:
    """Return what makes the payload again from the values of one op."""
    names, codes = template
    if template == WHOLE:
        return lambda values: values[0]
    if all(type(code) is str for code in codes):
        return lambda values: dict(zip(names, values, strict=True))
    return lambda values: _built(template, iter(values))


def _built(template: Template, values: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, code in zip(*template, strict=True):
        if type(code) is tuple:
            made[name] = _built(code, values)
        elif type(code) is int:
            made[name] = [list(next(values)) for _ in range(code)]
        else:
            made[name] = next(values)
    return made


def checked(told: Any) -> Template:
    """Return the template that MessagePack brought; refused when it is none."""
    if told == 0:
        return WHOLE
    template = _checked(told, 1)
    if size(template) > _MOST_LEAVES:
        raise WireError(WireFault.TOO_LARGE)
    return template


def _checked(told: Any, depth: int) -> Template:
    if type(told) is not list or len(told) != 2 or depth > _DEEPEST:
        raise WireError(WireFault.DAMAGED)
    names, codes = told
    if type(names) is not list or type(codes) is not list or len(names) != len(codes):
        raise WireError(WireFault.DAMAGED)
    if not all(type(name) is str and len(name) < _LONGEST_NAME for name in names):
        raise WireError(WireFault.DAMAGED)
    if len(set(names)) != len(names):
        raise WireError(WireFault.DAMAGED)
    return tuple(names), tuple(_checked_code(code, depth) for code in codes)


def _checked_code(code: Any, depth: int) -> Any:
    if type(code) is list:
        return _checked(code, depth + 1)
    if type(code) is int and 0 < code <= _MOST_LEAVES:
        return code
    if type(code) is str and code in _CODES:
        return code
    raise WireError(WireFault.DAMAGED)


def plain(template: Template) -> Any:
    """Return a template as MessagePack is to hold it (``checked`` reads it)."""
    return 0 if template == WHOLE else template
