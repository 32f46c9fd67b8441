"""The self-test's library after its window was closed: paper, exchange, backup, phones."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from perpusdesk.app.self_test import Stage, Step
from perpusdesk.app.self_test_parts import get
from perpusdesk.app.self_test_scan import COPY

_DOTS_PER_MM: Final = 12.0


def _open(folder: Path) -> Any:
    from perpusdesk.storage.library import Library

    return closing(Library.open(folder, encrypted=True))


def _label(stage: Stage) -> str:
    """Print the label of the copy, and read its code back from the paper."""
    from perpusdesk.domain.decisions import Refused
    from perpusdesk.printing.label_sheets import label_sheets
    from perpusdesk.printing.labels import Design, LabelOptions, label_pages
    from perpusdesk.printing.page_image import page_png
    from perpusdesk.scan.cascade import Cascade
    from perpusdesk.scan.decode import Effort
    from perpusdesk.scan.pictures import load_picture
    from perpusdesk.services.labels.label_papers import label_papers
    from perpusdesk.services.set_up import open_desk

    with _open(stage.take("library")) as library:
        desk = open_desk(library)
        labels, sheets = label_papers(desk, [COPY]), label_sheets(desk.today())
    if isinstance(labels, Refused):
        raise LookupError(labels.reason)
    pdf = label_pages(labels, sheets["a4-3x8"], LabelOptions(Design.SPINE_BARCODE))
    file = stage.folder / "page.png"
    file.write_bytes(page_png(pdf, 0, _DOTS_PER_MM))
    found = [code.text for code in Cascade().read(load_picture(file), Effort.THOROUGH).codes]
    if COPY not in found:
        raise ValueError(f"the paper reads {found}")
    return f"{len(pdf) // 1024} KiB of PDF, {COPY} read back from the page"


def _folder_exchange(stage: Stage) -> str:
    """Bring everything to a second device by a folder: both must then show the same."""
    from perpusdesk.storage.library import Library

    stick, second = stage.folder / "stick", stage.folder / "second"
    stick.mkdir()
    private, secret = os.urandom(32), os.urandom(32)
    with _open(stage.take("library")) as library:
        _enrol(library, private, secret, 1)
        sent = _carry(library, stick).sent
        digest, ops = library.digest(), sum(1 for _ in library.all_ops())
        made = Library.create(second, library=library.id, encrypted=True)
    with closing(made) as other:
        _enrol(other, private, secret, 2)
        told = _carry(other, stick)
        if other.digest() != digest:
            raise ValueError(f"{told.received} of {sent} ops came, and the rows differ")
    size = sum(file.stat().st_size for file in stick.rglob("*.pdx"))
    return f"{ops} ops in {size} bytes; the second device has the same digest"


def _carry(library: Any, stick: Path) -> Any:
    from perpusdesk.storage.key_store import system_key_store
    from perpusdesk.syncing.folder_sync import folder_exchange, run_noted

    exchange = folder_exchange(library, system_key_store(library.folder), stick)
    for _turn in run_noted(library, exchange, stick):
        pass
    return exchange.outcome


def _enrol(library: Any, private: bytes, secret: bytes, number: int) -> None:
    """Admit a device by an authority of this run, as a server does."""
    from perpusdesk.protocol import keys
    from perpusdesk.storage import device_book
    from perpusdesk.storage.key_store import system_key_store
    from perpusdesk.syncing import membership
    from perpusdesk.syncing.authority import Authority

    store, own, device = system_key_store(library.folder), os.urandom(32), library.device
    authority = Authority(private, secret, device, keys.public_of(own), "")
    certificate, data = authority.certify(
        library=library.id,
        device=device,
        key=keys.public_of(own),
        role="desk",
        branch=None,
        number=number,
        name=f"Perangkat {number}",
        now_ms=library.now_ms(),
    )
    device_book.put_certificate(library, certificate, data)
    membership.keep_device_key(store, device, own)
    membership.keep_library_secret(store, device, secret)
    known = membership.Membership("", None, authority.public, device)
    membership.keep_membership(library, known)


def _backup(stage: Stage) -> str:
    """Back the library up, and check the backup to its last byte."""
    from perpusdesk.services.safety.backups import prepare, write_to
    from perpusdesk.services.set_up import open_desk
    from perpusdesk.storage.key_store import system_key_store

    folder: Path = stage.take("library")
    place = stage.folder / "backups"
    place.mkdir()
    with _open(folder) as library:
        done = write_to(prepare(open_desk(library)), system_key_store(folder), place)
    (entry,) = done.entries
    if not entry.whole or done.written is None:
        raise ValueError(entry.reason or "the backup is not whole")
    return f"{entry.rows} rows in {entry.bytes // 1024} KiB, opened, counted and checked"


def _phones(stage: Stage) -> str:
    """Serve the page that phones of readers open, and open it."""
    from perpusdesk.phone.server import PhoneServer
    from perpusdesk.services.set_up import open_desk

    with _open(stage.take("library")) as library:
        desk = open_desk(library)
        server = PhoneServer(lambda work: work(desk))
        port = server.start("127.0.0.1", 0)
        try:
            page = get(f"http://127.0.0.1:{port}/").decode("utf-8")
            style = get(f"http://127.0.0.1:{port}/style.css")
        finally:
            server.stop()
    if "</html>" not in page or not style:
        raise ValueError(f"answered {page[:80]!r}")
    return f"a page of {len(page)} characters"


STEPS: Final[dict[str, Step]] = {
    "label paper": _label,
    "exchange by folder": _folder_exchange,
    "backup": _backup,
    "phone page": _phones,
}
