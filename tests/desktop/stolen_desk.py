"""The desk of the laptop test: a day's work on recognisable people, then it waits to be killed."""

from __future__ import annotations

import io
import os
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

from PIL import Image
from PySide6.QtGui import QDesktopServices

from perpusdesk.app.application import SafetyNet, make_application
from perpusdesk.app.program import Program
from perpusdesk.common.paths import log_folder
from perpusdesk.common.settings import Settings, SettingsFile
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.cataloguing.attachments import About, attach_file, to_open
from perpusdesk.services.cataloguing.catalogue import NewTitle, add_title
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.block_member import block_member
from perpusdesk.services.members.identities import set_identity
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.member_notes import write_note
from perpusdesk.services.members.member_photo import Photo
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.safety import backups, recovery
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.services.transfer import import_run
from perpusdesk.services.transfer.export_run import ExportFormat, export
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import Library
from perpusdesk.storage.snapshot import make_snapshot
from perpusdesk.syncing.piece_file import PieceFile
from perpusdesk.syncing.snapshots import Shelf
from perpusdesk.ui.shell.fault_page import report_of, save_report

NAME, TITLE = "Zubaidah Kencanawati", "Hikayat Burung Enggang Perak"
PHONE, CARD, ADDRESS = "0811-7654-3210", "ZK-77001", "Jalan Melur Sembilan"
ROWS = "judul,pengarang,barcode\n,Wirasasmita Tersisih,X900\n" + f"{TITLE} Dua,{NAME},X901\n"


def done(answer):
    assert not isinstance(answer, Refused), answer
    return answer.value


def work(desk: Desk, out: Path) -> str:
    """Register, catalogue, attach and import; return the barcode of a copy."""
    picture = io.BytesIO()
    Image.new("RGB", (300, 400), "brown").save(picture, "JPEG", comment=NAME.encode())
    form = MemberForm(NAME, card=CARD, phone=PHONE, address=ADDRESS, birth_date=date(1980, 5, 15))
    photo = Photo(picture.getvalue(), date(2026, 11, 1))
    member = done(register_member(desk, form, photo=photo)).member
    done(set_identity(desk, member, "3171019905550001"))
    done(write_note(desk, member, f"{NAME}, {ADDRESS}"))
    done(block_member(desk, member, f"telepon {PHONE}"))
    added = done(add_title(desk, NewTitle(TITLE, NAME), 2))
    (out / "scan.pdf").write_bytes(b"%PDF-1.4\n" + f"{NAME} {TITLE}".encode() * 5000)
    attached = done(attach_file(desk, added.title, out / "scan.pdf", About(name=NAME)))
    opened = to_open(desk, attached)
    assert isinstance(opened, Path), opened
    (out / "rows.csv").write_text(ROWS, "utf-8")
    report = import_run.run(desk, [out / "rows.csv"])
    assert report.refused_rows == 1, report
    return added.barcodes[0]


def snapshots(library: Library) -> None:
    """Hand one snapshot out, be amid making another, and have a part of one received."""
    folder = library.folder / "snapshot"
    shelf = Shelf(folder, library.key)
    signed = shelf.make(library, lambda _body: bytes(64), b"", "test")
    make_snapshot(library, folder / "snapshot.passing")
    first = shelf.chunk(signed.name, 0)
    assert first is not None
    (library.folder / "snapshot-in").mkdir()
    coming = PieceFile(library.folder / "snapshot-in" / "0.pieces", library.key)
    coming.path.touch()
    coming.put(0, first)


def fault() -> None:
    """Fail as a program does, with names in the message and in the variables."""
    who = NAME
    raise ValueError(f"{who} {PHONE} {TITLE}")


def main(home: Path, out: Path, *, encrypted: bool) -> None:
    app = make_application(Settings(), "id")
    net = SafetyNet(log_folder())
    new = NewLibrary("Perpustakaan Uji", "Pusat")
    library = create_library(home / "library", new, encrypted=encrypted)
    desk = open_desk(library)
    done(recovery.use_code(desk, recovery.draw_code()))
    QDesktopServices.openUrl = staticmethod(lambda _url: True)
    barcode = work(desk, out)
    program = Program(desk, settings=SettingsFile(home / "settings.toml"))
    program.show()
    for code in (CARD, barcode, f"{CARD} {NAME}"):
        program.window.box.take_burst(code)
        program.tasks.wait_idle()
        app.processEvents()
    program.desk_page.slip()
    program.tasks.wait_idle()
    app.processEvents()
    try:
        fault()
    except ValueError as bug:
        sys.excepthook(type(bug), bug, bug.__traceback__)
        save_report(report_of(bug), datetime.now(UTC))
    program.tasks.wait_idle()
    snapshots(library)
    export(desk, out / "anggota.csv", ExportFormat.MEMBERS)
    if encrypted:
        job, keys = backups.prepare(desk), system_key_store(library.folder)
        backups.write_to(job, keys, home / "stick")
    sys.stdout.write("worked\n")
    sys.stdout.flush()
    time.sleep(60)
    net.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), encrypted=sys.argv[3] == "1")
