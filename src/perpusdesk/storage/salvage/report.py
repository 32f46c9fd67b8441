"""What a salvage came to; for people and for the report, never with a name in it."""

from __future__ import annotations

import msgspec


class Report(msgspec.Struct, frozen=True):
    """What was read, put back and lost.

    ``ops`` are in the new file; of these ``from_packages`` and ``from_backups`` were gone from the
    log, and ``written_anew`` only rows told of. ``lost`` counts rows by table that are there and
    cannot be read ("" where nobody knows which), ``gaps`` ops that are missing in the middle of
    streams and in nobody's hands here. Of ``unnamed_streams`` nobody knows who wrote them: their
    ops were ``reentered`` by this device, or ``left_out`` because a device was shut out.
    In ``changed`` places the log of a plain file is not as it was written, and nothing tells what
    was there. ``kept_as`` names the damaged file.
    """

    at_ms: int = 0
    pages: int = 0
    bad_pages: int = 0
    bad_frames: int = 0
    ops: int = 0
    from_packages: int = 0
    from_backups: int = 0
    written_anew: int = 0
    spoilt: int = 0
    unnamed_streams: int = 0
    reentered: int = 0
    left_out: int = 0
    changed: int = 0
    new_identity: bool = False
    lost: dict[str, int] = msgspec.field(default_factory=dict)
    gaps: int = 0
    kept_as: str = ""

    @property
    def whole(self) -> bool:
        """Whether nothing is known to be missing."""
        known = not self.unnamed_streams and not self.new_identity
        return known and not self.gaps and not self.changed
