"""The lists and dumps of real systems move in whole; MARC files: see ``test_round_trip``."""

from __future__ import annotations

from pathlib import Path

import pytest

from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.transfer.import_run import run
from perpusdesk.storage.queries.imports import counts


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            ("slims/export_member.csv", "slims/export_biblio.csv"),
            {"titles": 2000, "copies": 3173, "members": 2000},
        ),
        (("slims/slims9_sampledata.sql",), {"titles": 15, "copies": 10}),
        (("slims/slims8_akasia_german_sample.sql",), {}),
        (
            ("slims/slims_dump_2k.sql.gz",),
            {"titles": 1999, "copies": 3000, "members": 1000, "loans": 8031},
        ),
        (
            ("slims/template_biblio.csv", "slims/template_item.csv", "slims/template_member.csv"),
            {},
        ),
    ],
)
def test_every_row_of_a_list_or_a_dump_moves_in(
    shared_data: Path, tmp_path: Path, files: tuple[str, ...], expected: dict[str, int]
) -> None:
    with create_library(tmp_path / "library", NewLibrary("Lain", "Cabang")) as library:
        desk = open_desk(library)
        before = counts(library)
        done = run(desk, [shared_data / name for name in files])
        assert dict(done.added) == expected
        assert done.refused_rows == 0 and not done.broken
        gained = {kind: count - before[kind] for kind, count in done.library.items()}
        assert {kind: count for kind, count in gained.items() if count} == expected
        again = run(desk, [shared_data / name for name in files])
        assert (dict(again.added), dict(again.updated)) == ({}, {})


def test_copies_whose_titles_are_in_no_file_are_named_one_by_one(
    head: Desk, shared_data: Path
) -> None:
    """SLiMS exported other 2,000 titles than copies."""
    files = [shared_data / "slims" / f"export_{name}.csv" for name in ("item", "biblio")]
    done = run(head, files)
    assert done.read == 4000 and done.added["copies"] == 3190 and done.updated["copies"] == 54
    assert done.refused_rows == 4000 - 2000 - 17 - 54
    assert {row.code for row in done.refused} <= {"title_unknown", "damaged_record"}
    assert {row.file for row in done.refused} == {"export_item.csv"}
