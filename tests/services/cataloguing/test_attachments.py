"""Covers, digital files and links of a title."""

from __future__ import annotations

import io
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from helpers.library import refusal_of, value_of
from perpusdesk.common.errors import KnownError
from perpusdesk.domain.decisions import Reason
from perpusdesk.services.cataloguing.attachments import (
    About,
    attach_file,
    attach_link,
    attachments_of,
    edit_attachment,
    remove_attachment,
    to_open,
)
from perpusdesk.services.cataloguing.catalogue import NewTitle, add_title
from perpusdesk.services.cataloguing.title_cover import cover_of, remove_cover, set_cover
from perpusdesk.services.desk import Desk
from perpusdesk.services.undo import undo

NOBODY = UUID(int=0)


@pytest.fixture
def title(desk: Desk) -> UUID:
    return value_of(add_title(desk, NewTitle("Naskah kota"), 0)).title


def pdf(folder: Path, name: str = "naskah.pdf", content: bytes = b"%PDF-1.7 isi") -> Path:
    file = folder / name
    file.write_bytes(content)
    return file


def test_a_file_is_copied_and_can_be_opened(desk: Desk, title: UUID, tmp_path: Path) -> None:
    source = pdf(tmp_path)
    about = About("Naskah", "Domain publik", "everyone")
    id_ = value_of(attach_file(desk, title, source, about))
    source.unlink()
    (one,) = attachments_of(desk, title)
    assert (one.name, one.licence, one.access, one.size) == (
        "Naskah",
        "Domain publik",
        "everyone",
        12,
    )
    assert (one.media, one.here) == ("application/pdf", True)
    place = to_open(desk, id_)
    assert isinstance(place, Path)
    assert place.read_bytes() == b"%PDF-1.7 isi"
    assert place.suffix == ".pdf"
    assert desk.library.folder in place.parents


def test_the_same_file_is_kept_once(desk: Desk, title: UUID, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        value_of(attach_file(desk, title, pdf(tmp_path, name), About()))
    assert [one.name for one in attachments_of(desk, title)] == ["a", "b"]
    kept = [one for one in (desk.library.folder / "files").rglob("*") if one.is_file()]
    assert len(kept) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("setup.exe", b"MZ"),
        ("naskah.pdf", b"MZ\x90\x00%PDF"),
        ("naskah.pdf", b"plain words"),
        ("run.sh", b"#!/bin/sh"),
        ("gambar.png", b"#!/bin/sh"),
        ("page.html", b"<script>"),
        ("tanpa_akhiran", b"%PDF"),
    ],
)
def test_what_could_run_is_refused(
    desk: Desk, title: UUID, tmp_path: Path, name: str, content: bytes
) -> None:
    file = pdf(tmp_path, name, content)
    refusal_of(attach_file(desk, title, file, About()), Reason.FILE_KIND_REFUSED)
    assert attachments_of(desk, title) == []


def test_what_another_device_says_of_a_file_opens_nothing_else(desk: Desk, title: UUID) -> None:
    for sha256, media in (("../../secret", "application/pdf"), ("a" * 64, "application/x-sh")):
        id_, action = desk.library.new_id(), desk.action("attach_file")
        fields = {"title": title, "name": "X", "sha256": sha256, "media": media, "size": 3}
        action.set("attachment", id_, fields, fresh=True)
        desk.commit(action)
        refusal_of(to_open(desk, id_), Reason.FILE_KIND_REFUSED)


def test_a_file_of_another_device_is_not_here(desk: Desk, title: UUID, tmp_path: Path) -> None:
    id_ = value_of(attach_file(desk, title, pdf(tmp_path), About()))
    place = to_open(desk, id_)
    assert isinstance(place, Path)
    place.write_bytes(b"MZ replaced!")
    refusal_of(to_open(desk, id_), Reason.FILE_KIND_REFUSED)
    place.unlink()
    refusal_of(to_open(desk, id_), Reason.FILE_NOT_HERE)
    assert not attachments_of(desk, title)[0].here


def test_links_lead_to_the_web_alone(desk: Desk, title: UUID) -> None:
    id_ = value_of(attach_link(desk, title, " https://contoh.id/buku ", About("Daring")))
    assert to_open(desk, id_) == "https://contoh.id/buku"
    for link in ("javascript:alert(1)", "file:///etc/passwd", "contoh.id", "https://", "http://["):
        refusal_of(attach_link(desk, title, link, About()), Reason.LINK_UNUSABLE)
    refusal_of(attach_link(desk, NOBODY, "https://contoh.id", About()), Reason.TITLE_UNKNOWN)


def test_a_file_is_described_anew_removed_and_back(desk: Desk, title: UUID, tmp_path: Path) -> None:
    id_ = value_of(attach_file(desk, title, pdf(tmp_path), About()))
    value_of(edit_attachment(desk, id_, About("Baru", access="nobody")))
    one = attachments_of(desk, title)[0]
    assert (one.name, one.access) == ("Baru", "staff")
    assert edit_attachment(desk, id_, About("Baru", access="staff")).action is None
    value_of(remove_attachment(desk, id_))
    assert attachments_of(desk, title) == []
    value_of(undo(desk))
    assert isinstance(to_open(desk, id_), Path)


def test_a_missing_file_is_told(desk: Desk, title: UUID, tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        attach_file(desk, title, tmp_path / "no.pdf", About())


def test_a_cover_is_made_small(desk: Desk, title: UUID) -> None:
    out = io.BytesIO()
    Image.effect_noise((1200, 1800), 90).convert("RGB").save(out, "PNG")
    value_of(set_cover(desk, title, out.getvalue()))
    kept = cover_of(desk, title)
    assert kept is not None
    assert len(kept) <= 25_000
    with Image.open(io.BytesIO(kept)) as picture:
        assert picture.width <= 320
        assert picture.height <= 480
    value_of(remove_cover(desk, title))
    assert cover_of(desk, title) is None
    assert remove_cover(desk, title).action is None
    refusal_of(set_cover(desk, NOBODY, out.getvalue()), Reason.TITLE_UNKNOWN)
    with pytest.raises(KnownError):
        set_cover(desk, title, b"no picture")
