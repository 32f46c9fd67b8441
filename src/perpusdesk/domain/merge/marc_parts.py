"""A MARC record taken apart into its fields and put together again, as bytes.

The frame is that of ISO 2709 as MARC 21 uses it (Library of Congress, MARC 21 Record Structure):
24 bytes of leader, a directory of 12 bytes a field, the fields, each closed by 0x1E, and 0x1D.
Only records in order are dealt with; what else there is stays whole.
"""

from __future__ import annotations

from typing import Final, NamedTuple

_FIELD_END: Final = b"\x1e"
_RECORD_END: Final = b"\x1d"
_LEADER: Final = 24
_ENTRY: Final = 12
_LONGEST: Final = 99_999
_LONGEST_FIELD: Final = 9_999


class Parts(NamedTuple):
    """The 24 bytes of the leader, and each field's tag and bytes (indicators first, no end)."""

    leader: bytes
    fields: tuple[tuple[str, bytes], ...]


def split(marc: bytes) -> Parts | None:
    """Return the parts of a record, or ``None`` when its frame is not in order."""
    try:
        base = int(marc[12:17])
        leader, directory = marc[:_LEADER], marc[_LEADER : base - 1]
        whole = int(marc[:5]) == len(marc) and marc.endswith(_RECORD_END)
        if not whole or len(directory) % _ENTRY or marc[base - 1 : base] != _FIELD_END:
            return None
        fields = []
        for at in range(0, len(directory), _ENTRY):
            entry = directory[at : at + _ENTRY]
            start = base + int(entry[7:12])
            data = marc[start : start + int(entry[3:7])]
            if not data.endswith(_FIELD_END) or data.count(_FIELD_END) != 1:
                return None
            fields.append((entry[:3].decode("ascii"), data[:-1]))
    except (ValueError, IndexError):
        return None
    return Parts(leader, tuple(fields))


def join(parts: Parts) -> bytes | None:
    """Return the record of these parts, or ``None`` where it is too long for the format."""
    directory, data = bytearray(), bytearray()
    for tag, field in parts.fields:
        if len(field) >= _LONGEST_FIELD or len(data) > _LONGEST:
            return None
        directory += b"%3b%04d%05d" % (tag.encode("ascii"), len(field) + 1, len(data))
        data += field + _FIELD_END
    base = _LEADER + len(directory) + 1
    whole = base + len(data) + 1
    if whole > _LONGEST:
        return None
    leader = b"%05d" % whole + parts.leader[5:12] + b"%05d" % base + parts.leader[17:]
    return bytes(leader + directory + _FIELD_END + data + _RECORD_END)
