"""The queue of labels in the file: it outlives the program, and a reader cannot change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.blank import blank
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.storage import label_queue as queue
from perpusdesk.storage.library import Library


def test_the_queue_is_there_after_a_restart(tmp_path: Path) -> None:
    with blank(tmp_path / "library") as library:
        ids = [library.new_id() for _ in range(1200)]  # more than fit into one query
        added = queue.put(library, queue.COPY, ids)
        queue.note_printed(library, ids[:700], 1)
    with Library.open(tmp_path / "library") as library:
        assert queue.waiting(library, queue.COPY) == added
        assert [entry.entity for entry in added] == ids
        assert set(queue.printed(library, ids[:500])) == set(ids[:500])
        assert set(queue.printed(library, ids[500:1000])) == set(ids[500:700])
        taken = queue.take_out(library, [entry.position for entry in added])
        assert taken == added
        assert queue.waiting(library, queue.COPY) == []


def test_a_new_entry_never_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    with blank(tmp_path / "library") as library:
        first, second, third = (library.new_id() for _ in range(3))
        queue.put(library, queue.COPY, [first])
        queue.put(library, queue.MEMBER, [first])
        taken = queue.take_out(library, [1, 2])
        queue.put(library, queue.COPY, [second])
        queue.put_back(library, taken)
        assert [entry.entity for entry in queue.waiting(library, queue.COPY)] == [first, second]
        assert [entry.entity for entry in queue.waiting(library, queue.MEMBER)] == [first]
        queue.set_copies(library, 1, 0)
        assert queue.waiting(library, queue.COPY)[0].copies == 1
        assert third not in {entry.entity for entry in queue.waiting(library, queue.MEMBER)}


def test_who_reads_beside_the_window_cannot_change_it(tmp_path: Path) -> None:
    with blank(tmp_path / "library") as library:
        id_ = library.new_id()
    with Library.open(tmp_path / "library", writable=False) as library:
        with pytest.raises(KnownError) as caught:
            queue.put(library, queue.COPY, [id_])
        assert caught.value.fault is Fault.READ_ONLY
        assert queue.waiting(library, queue.COPY) == []


def test_a_failure_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    with blank(tmp_path / "library") as library:
        with pytest.raises(RuntimeError), library.local_work() as database:
            database.execute_sql("insert into local values ('labels/x', 1)")
            raise RuntimeError
        assert library.local("labels/x") is None


def test_what_waits_again_is_not_brought_back_twice(tmp_path: Path) -> None:
    with blank(tmp_path / "library") as library:
        first, second = (library.new_id() for _ in range(2))
        taken = queue.take_out(library, [e.position for e in queue.put(library, "copy", [first])])
        queue.put(library, queue.COPY, [second, first])
        queue.put_back(library, taken)
        assert [entry.entity for entry in queue.waiting(library, queue.COPY)] == [second, first]
