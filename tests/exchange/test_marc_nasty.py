"""The broken files of other parsers' test suites: every one ends with counts."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from perpusdesk.exchange.marc_titles import BadRecord, read_titles_file
from perpusdesk.exchange.title_record import TitleRecord

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
NASTY = DATA / "nasty"
pytestmark = pytest.mark.skipif(not NASTY.is_dir(), reason="../shared/data/nasty is absent")


def counts(path: Path) -> tuple[int, int]:
    entries = list(read_titles_file(path))
    bad = sum(isinstance(entry, BadRecord) for entry in entries)
    assert all(isinstance(entry, TitleRecord | BadRecord) for entry in entries)
    return len(entries) - bad, bad


def nasty_files() -> Iterator[Path]:
    return (path for path in sorted(NASTY.rglob("*")) if path.is_file())


def test_every_file_ends_with_counts() -> None:
    for path in nasty_files():
        counts(path)


def test_no_record_that_a_peer_reads_goes_unmentioned() -> None:
    with (NASTY / "PEERS.csv").open(newline="") as table:
        rows = [row for row in csv.DictReader(table) if (DATA / row["file"]).is_file()]
    assert rows
    for row in rows:
        good, bad = counts(DATA / row["file"])
        assert good + bad >= int(row["0x1D_count"]), row["file"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("libmarc-record-perl/filler.usmarc", (3, 0)),
        ("pymarc/bad_records.mrc", (8, 1)),
        ("pymarc/marc.dat", (20, 0)),
        ("yaz/marccol5.u8.marc", (11, 0)),
        ("yaz/marc5.marc", (1, 0)),
        ("mrrc-error-fixtures/e001_record_length_non_digit.bin", (1, 0)),
        ("mrrc-error-fixtures/e101_directory_no_terminator.bin", (1, 0)),
        ("mrrc-error-fixtures/e301_invalid_utf8_in_subfield.bin", (1, 0)),
        ("idzebra/simple-rusmarc", (0, 72)),
    ],
)
def test_known_files(name: str, expected: tuple[int, int]) -> None:
    assert counts(NASTY / name) == expected


def test_all_of_a_slims_export_is_taken() -> None:
    path = DATA / "slims" / "slims_marc_export_500.mrc"
    if not path.is_file():
        pytest.skip("../shared/data/slims is absent")
    assert counts(path) == (500, 0)
