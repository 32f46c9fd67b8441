"""Whatever the bytes, reading titles ends with good and bad records and raises nothing."""

import io

from hypothesis import given, settings
from hypothesis import strategies as st
from marc_samples import record, titled

from perpusdesk.exchange.marc_titles import BadRecord, read_titles
from perpusdesk.exchange.title_record import TitleRecord

SAMPLE = record()
MARKS = st.sampled_from([b"\x1d", b"\x1e", b"\x1f", b"\x1b", b"0", b"9", b" ", b"a"])


def ends_well(data: bytes) -> list[TitleRecord | BadRecord]:
    found = list(read_titles(io.BytesIO(data)))
    assert all(isinstance(entry, TitleRecord | BadRecord) for entry in found)
    return found


@given(st.binary(max_size=400))
def test_random_bytes(data: bytes) -> None:
    ends_well(data)


@given(st.lists(st.one_of(MARKS, st.binary(max_size=30)), max_size=60))
def test_random_bytes_with_marks(parts: list[bytes]) -> None:
    ends_well(SAMPLE[:24] + b"".join(parts))


@settings(max_examples=400)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(SAMPLE) - 1),
            st.integers(0, 3),
            st.one_of(MARKS, st.binary(max_size=3)),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_a_mutated_record_never_hides_its_neighbours(
    changes: list[tuple[int, int, bytes]],
) -> None:
    mutated = SAMPLE
    for place, taken, put in changes:
        mutated = mutated[:place] + put + mutated[place + taken :]
    found = ends_well(titled("Pertama") + mutated + b"\x1d" + titled("Terakhir"))
    good = [entry.title for entry in found if isinstance(entry, TitleRecord)]
    assert good[0] == "Pertama"
    assert good[-1] == "Terakhir"


@given(st.integers(1, 64), st.integers(1, 6))
def test_the_size_of_reads_changes_nothing(size: int, count: int) -> None:
    class Slow(io.BytesIO):
        def read(self, wanted: int | None = -1) -> bytes:
            return super().read(min(size, wanted or size))

    data = SAMPLE * count + b"rubbish\x1d" + titled("Akhir")
    assert list(read_titles(Slow(data))) == ends_well(data)
