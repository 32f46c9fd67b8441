"""Who works at a desk, and where, when the program opens."""

from __future__ import annotations

from pathlib import Path

from perpusdesk.services.set_up import NewLibrary, create_library, open_desk, staff_fields
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import Library


def test_on_a_device_that_joined_the_only_person_is_at_the_desk(tmp_path: Path) -> None:
    new = NewLibrary("Perpustakaan Uji", "Pusat", staff="Kepala Contoh")
    with (
        create_library(tmp_path / "first", new) as first,
        Library.create(tmp_path / "van", library=first.id) as van,
    ):
        assert open_desk(van).staff is None
        van.ingest(first.all_ops())
        assert open_desk(van).staff == open_desk(first).staff is not None
        action = Action("staff")
        action.set("staff", first.new_id(), staff_fields("Petugas Contoh", "desk"), fresh=True)
        van.write(action)
        assert open_desk(van).staff is None
