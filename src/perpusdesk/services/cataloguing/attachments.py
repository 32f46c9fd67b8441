"""Digital files and links of a title: kept beside the library, opened only if they cannot run."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from perpusdesk.common.passing import passing_folder
from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.media import ending_of, is_web_link, media_of
from perpusdesk.domain.rights import CATALOGUE
from perpusdesk.services.desk import Desk
from perpusdesk.services.needed_right import needs
from perpusdesk.services.results import Done
from perpusdesk.storage.attached_files import (
    first_bytes,
    keep_file,
    opened_copy,
    place_of,
)
from perpusdesk.storage.queries import attachments as find
from perpusdesk.storage.queries.title_edit import stored_title
from perpusdesk.storage.queries.values import sure_id
from perpusdesk.storage.sealed_files import files_key, is_sealed, plain_size

ATTACH: Final = "attach_file"
EDIT: Final = "edit_attachment"
REMOVE: Final = "remove_attachment"
ACCESS: Final = ("everyone", "in_library", "staff")
"""Who may read a file: everyone, readers in the library, staff alone."""

_CHANGES: Final = frozenset({"attachment"})


@dataclass(frozen=True, slots=True)
class About:
    """What people say of a file: its name, on what terms it is read and by whom (``ACCESS``)."""

    name: str = ""
    licence: str = ""
    access: str = "in_library"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file or link; ``here``: the file is in this device's folder. ``size`` in bytes."""

    id: UUID
    name: str
    media: str
    size: int
    sha256: str
    link: str
    licence: str
    access: str
    note: str
    here: bool


def attachments_of(desk: Desk, title: UUID) -> list[Attachment]:
    """Return a title's files and links, by name."""
    rows = find.of_title(desk.library, title)
    return [_attachment(desk, row) for row in rows]


@needs(CATALOGUE)
def attach_file(desk: Desk, title: UUID, path: Path, about: About) -> Done[UUID] | Refused:
    """Copy a file into the library's folder and attach it to a title.

    ``TITLE_UNKNOWN``, ``FILE_KIND_REFUSED`` name (a program, or of an unknown kind). Raises
    ``KnownError`` (UNREADABLE_FILE, DISK_FULL, READ_ONLY).
    """
    if stored_title(desk.library, title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    media = media_of(path.name, first_bytes(path))
    ending = ending_of(media) if media else None
    if media is None or ending is None:
        return Refused(Reason.FILE_KIND_REFUSED, {"name": path.name})
    kept = keep_file(desk.library.folder, path, ending, files_key(desk.library))
    values = {"media": media, "size": kept.size, "sha256": kept.sha256}
    return _add(desk, title, {**values, **_said(about, path.stem)})


@needs(CATALOGUE)
def attach_link(desk: Desk, title: UUID, link: str, about: About) -> Done[UUID] | Refused:
    """Attach a link to the web to a title. ``TITLE_UNKNOWN``, ``LINK_UNUSABLE`` link."""
    if stored_title(desk.library, title) is None:
        return Refused(Reason.TITLE_UNKNOWN, {"title": title})
    if not is_web_link(link):
        return Refused(Reason.LINK_UNUSABLE, {"link": link})
    return _add(desk, title, {"link": link.strip(), **_said(about, link.strip())})


@needs(CATALOGUE)
def edit_attachment(desk: Desk, attachment: UUID, about: About) -> Done[UUID] | Refused:
    """Change what is said of a file or link. ``FILE_NOT_HERE`` when it is gone."""
    there = _find(desk, attachment)
    if there is None:
        return Refused(Reason.FILE_NOT_HERE, {"name": about.name})
    said = _said(about, there.name)
    changed = {name: value for name, value in said.items() if value != getattr(there, name)}
    if not changed:
        return Done(attachment, None, EDIT)
    action = desk.action(EDIT)
    action.set("attachment", attachment, changed)
    return Done(attachment, desk.commit(action).action, EDIT, _CHANGES)


@needs(CATALOGUE)
def remove_attachment(desk: Desk, attachment: UUID) -> Done[UUID]:
    """Take a file or link off its title; the file itself stays on the disk, so undo works."""
    action = desk.action(REMOVE)
    action.delete("attachment", attachment)
    return Done(attachment, desk.commit(action).action, REMOVE, _CHANGES)


def to_open(desk: Desk, attachment: UUID) -> Path | str | Refused:
    """Return the file to open with the system's program, or the link.

    The file is a copy for this run alone (``common.passing``): what is kept is sealed.
    ``FILE_NOT_HERE`` name (on another device), ``FILE_KIND_REFUSED`` name (it would run),
    ``LINK_UNUSABLE`` link.
    """
    there = _find(desk, attachment)
    if there is None:
        return Refused(Reason.FILE_NOT_HERE, {"name": ""})
    if there.link:
        usable = is_web_link(there.link)
        return there.link if usable else Refused(Reason.LINK_UNUSABLE, {"link": there.link})
    place = _place(desk, there.sha256, there.media)
    if place is None:
        return Refused(Reason.FILE_KIND_REFUSED, {"name": there.name})
    if not place.is_file() or plain_size(place) != there.size:
        return Refused(Reason.FILE_NOT_HERE, {"name": there.name})
    key = files_key(desk.library)
    if media_of(place.name, first_bytes(place, key=key)) is None:
        return Refused(Reason.FILE_KIND_REFUSED, {"name": there.name})
    return opened_copy(place, key, passing_folder(), place.name) if is_sealed(place) else place


def _add(desk: Desk, title: UUID, values: dict[str, Any]) -> Done[UUID]:
    id_, action = desk.library.new_id(), desk.action(ATTACH)
    action.set("attachment", id_, {"title": title, **values}, fresh=True)
    return Done(id_, desk.commit(action).action, ATTACH, _CHANGES)


def _said(about: About, name: str) -> dict[str, str]:
    said = {one.name: getattr(about, one.name).strip() for one in fields(About)}
    access = said["access"] if said["access"] in ACCESS else "staff"
    return {**said, "name": said["name"] or name, "access": access}


def _find(desk: Desk, attachment: UUID) -> Attachment | None:
    row = find.by_id(desk.library, attachment)
    return _attachment(desk, row) if row else None


def _attachment(desk: Desk, row: tuple[Any, ...]) -> Attachment:
    said = dict(zip(find.COLUMNS, row[1:], strict=True))
    texts = {name: str(value or "") for name, value in said.items() if name != "size"}
    place = _place(desk, texts["sha256"], texts["media"])
    here = bool(place and place.is_file())
    return Attachment(id=sure_id(row[0]), size=int(said["size"] or 0), here=here, **texts)


def _place(desk: Desk, sha256: str, media: str) -> Path | None:
    ending = ending_of(media)
    return place_of(desk.library.folder, sha256, ending) if ending else None
