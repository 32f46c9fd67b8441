"""Makes the library file that later programs must open: once for each released schema.

``PYTHONPATH=tests python -m migrations.make_file schema_0001.db.gz`` prints what it must show.
"""

from __future__ import annotations

import gzip
import json
import sys
import tempfile
from datetime import timedelta
from itertools import count
from pathlib import Path

from helpers.library import Time
from helpers.op_samples import COPY, MEMBER, TITLE, entity, field_set, op
from perpusdesk.domain.merge import facts, holds, loans
from perpusdesk.domain.merge.ops import DELETE, VOID
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import FILE_NAME, Library, Sources


def fill(library: Library, time: Time) -> None:
    """Put in some of everything: own and foreign ops, held ones, odd values, a deletion."""
    for number in range(8):
        action = Action("make_file")
        member, copy, loan = (library.new_id() for _ in range(3))
        action.set(
            "member", member, {"name": f"Anggota {number}", "card": f"A{number}"}, fresh=True
        )
        action.set("copy", copy, {"barcode": f"B{number}", "price": 50_000}, fresh=True)
        payload = {"copy": copy, "member": member, "due": "2026-11-09"}
        action.event(loans.OPENED, "loan", loan, fresh=True, **payload)
        library.write(action)
        time.moment += timedelta(hours=1)
        later = Action("make_file_later")
        newer = [number] if number % 2 else f"{number}"
        later.set("member", member, {"name": f"Anggota Ke-{number}", "of_a_newer_program": newer})
        later.event(loans.RETURNED, "loan", loan, days_late=number)
        if number % 3 == 0:
            later.delete("copy", copy)
        library.write(later)
    entry = op(facts.ENTRY, "money", 4, clock=5, seq=5, member=MEMBER, amount=500, kind="fine")
    library.ingest(
        [
            field_set({"name": "Dari jauh", "phone": None}, which=1),
            op(DELETE, "member", 1, clock=2, seq=2),
            op(holds.PLACED, "hold", 2, clock=3, seq=3, title=TITLE, member=MEMBER),
            op(holds.READY, "hold", 2, clock=4, seq=4, copy=COPY, until="2026-11-09"),
            entry,
            op(VOID, "money", 4, clock=6, seq=6, of=[entry.stamp]),
            op(facts.READ, "reading", 5, clock=7, seq=7, copy=COPY),
            op("made", "thing_of_a_newer_program", 6, clock=8, seq=9, x=[1, b"b"]),
        ]
    )
    library.put_local("branch", entity(9).bytes)


def main(target: Path) -> None:
    """Make the file and tell its digest, its number of ops and its have-map."""
    time, numbers = Time(), count(1)
    sources = Sources(
        time.wall_ms, time.uptime_ms, lambda size: next(numbers).to_bytes(size, "big")
    )
    with tempfile.TemporaryDirectory() as folder:
        with Library.create(Path(folder), sources=sources) as library:
            fill(library, time)
            told = {
                "digest": library.digest(),
                "ops": library.value("select count(*) from op"),
                "have": library.have(),
            }
        target.write_bytes(gzip.compress((Path(folder) / FILE_NAME).read_bytes(), mtime=0))
    sys.stdout.write(json.dumps(told, indent=2) + "\n")


if __name__ == "__main__":
    main(Path(__file__).parent / sys.argv[1])
