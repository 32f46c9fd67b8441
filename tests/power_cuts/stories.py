"""The stories: a day at the desk, an import, exchanges, a stick, an upgrade, a new library."""

from __future__ import annotations

import gzip
import secrets
from pathlib import Path
from typing import Any, ClassVar, Final
from uuid import UUID

from helpers.certified import SECRET, Device, exchange, known_by
from helpers.library import SmallLibrary, value_of
from perpusdesk.common.errors import Fault, KnownError
from perpusdesk.domain.merge.ops import Op
from perpusdesk.services.cataloguing.add_copies import NewCopies, add_copies
from perpusdesk.services.circulation.lend import lend
from perpusdesk.services.circulation.money import charge
from perpusdesk.services.circulation.renew import renew
from perpusdesk.services.circulation.take_back import take_back
from perpusdesk.services.desk import Desk
from perpusdesk.services.members.member_form import MemberForm
from perpusdesk.services.members.register_member import register_member
from perpusdesk.services.transfer.import_run import run as import_run
from perpusdesk.services.undo import undo
from perpusdesk.storage.attached_files import keep_file, place_of
from perpusdesk.storage.database import connect
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.key_store import system_key_store
from perpusdesk.storage.library import FILE_NAME, Library
from perpusdesk.storage.migrate import latest_step
from perpusdesk.storage.vault import new_vault, write_vault
from perpusdesk.syncing.folder import FolderExchange
from power_cuts.story import DESK, Have, Story, flaws, opened

HUB: Final = "hub"
STICK: Final = "stick"
_LENDABLE: Final = [f"B{number:04}" for number in range(1, 21) if number not in (5, 6)]
_SCHEMAS: Final = Path(__file__).parents[1] / "migrations"
_OLD_OPS: Final = 51


class DeskDay(Story):
    """Lending, returning, renewing, new members, money, files and taking back at one desk."""

    def play(self) -> None:
        assert self.small is not None
        desk = opened(self.small, self.root / DESK)
        for _ in range(self.chance.randint(6, 14)):
            job(self.small, desk, self)
            self.confirm(DESK, desk.library)
            if self.chance.random() < 0.15:
                desk.library.rest()
        if self.chance.random() < 0.5:
            desk.library.close()
            desk = opened(self.small, self.root / DESK)
            job(self.small, desk, self)
            self.confirm(DESK, desk.library)
        self.ended(DESK, desk.library)
        desk.library.close()

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        wrong = super().look(root, confirmed, facts)
        for sha256, content in facts.get("files", {}).items():
            place = place_of(root / DESK, sha256, "pdf")
            if place is None or not place.is_file() or place.read_bytes() != content:
                wrong.append("an attached file is lost")
        return wrong


def job(small: SmallLibrary, desk: Desk, story: Story) -> None:
    """Do one job of a desk."""
    chance = story.chance
    small.time.passes(minutes=chance.randint(1, 300))
    copy = small.copies[chance.choice(_LENDABLE)]
    member = small.members["A0001"]
    open_loan = desk.library.value('select id from loan where copy = ? and "end" = 0', copy.bytes)
    kind = chance.randrange(10)
    if kind == 0:
        value_of(register_member(desk, MemberForm(f"Anggota {chance.random()}")))
    elif kind == 1:
        value_of(charge(desk, member, 1000, "kartu"))
    elif kind == 2:
        content = chance.randbytes(chance.choice((10, 700, 9000)))
        source = story.root.with_name(f"{story.root.name}-source")
        source.write_bytes(content)
        kept = keep_file(desk.library.folder, source, "pdf")
        source.unlink()
        story.tell(files={**story.facts.get("files", {}), kept.sha256: content})
    elif kind == 3:
        value_of(add_copies(desk, NewCopies(small.titles[0], count=chance.randint(1, 20))))
    elif open_loan is None:
        done = lend(desk, member, copy)
        value_of(done)
        if kind == 4 and done.action is not None:
            undo(desk, done.action)
    elif kind == 5:
        renew(desk, UUID(bytes=open_loan))
    else:
        value_of(take_back(desk, copy))


class Import(Story):
    """A list of books is taken in."""

    def play(self) -> None:
        assert self.small is not None
        desk = opened(self.small, self.root / DESK)
        rows = [f"Judul {number},Nama {number % 7},,X{number:04},Umum" for number in range(40)]
        source = self.root.with_name(f"{self.root.name}-books.csv")
        source.write_text("\n".join(["Judul,Pengarang,ISBN,No. Barcode,Kategori", *rows]), "utf-8")
        report = import_run(desk, [source])
        assert report.added["copies"] == 40, report
        self.confirm(DESK, desk.library)
        job(self.small, desk, self)
        self.confirm(DESK, desk.library)
        self.ended(DESK, desk.library)
        desk.library.close()
        source.unlink()


def machine_of(library: Library, number: int) -> Device:
    """Return a device whose key outlives the program, as that in a key store does."""
    return Device(library, number, key=bytes([number]) * 32)


class Exchanges(Story):
    """A desk and a hub work and exchange; the power fails at one of them, or at both."""

    machines: ClassVar[tuple[str, ...]] = (DESK, HUB)

    def prepare(self) -> None:
        super().prepare()
        assert self.small is not None
        known = self.small.library
        hub = Library.create(
            self.root / HUB, library=known.id, sources=known.sources, encrypted=self.encrypted
        )
        desk = opened(self.small, self.root / DESK).library
        devices = (machine_of(desk, 1), machine_of(hub, 2))
        devices[0].introduce(devices[1])
        if self.chance.random() < 0.8:
            exchange(*devices)
        desk.close()
        hub.close()

    def begin(self) -> SmallLibrary:
        """Open both libraries."""
        assert self.small is not None
        desk = opened(self.small, self.root / DESK).library
        hub = Library.open(self.root / HUB, sources=desk.sources)
        self.desk, self.hub = machine_of(desk, 1), machine_of(hub, 2)
        return self.small

    def play(self) -> None:
        small = self.begin()
        for _ in range(self.chance.randint(2, 4)):
            for device in (self.desk, self.hub):
                if device.library.value("select count(*) from member"):
                    self._work(small, device)
                self.confirm_device(device)
            exchange(self.desk, self.hub, frame=self.chance.choice((400, 4000, 32_000)))
            for device in (self.desk, self.hub):
                self.confirm_device(device)
        for machine, device in ((DESK, self.desk), (HUB, self.hub)):
            self.ended(machine, device.library)
            device.library.close()

    def confirm_device(self, device: Device) -> None:
        self.confirm(device.library.folder.name, device.library)

    def _work(self, small: SmallLibrary, device: Device) -> None:
        for _ in range(self.chance.randint(1, 3)):
            action = Action("test")
            member = small.members[self.chance.choice(sorted(small.members))]
            action.set("member", member, {"note": f"{self.chance.random()}"})
            action.set("member", device.library.new_id(), {"name": "Baru"}, fresh=True)
            device.library.write(action)
            small.time.passes(minutes=1)

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        wrong = super().look(root, confirmed, facts)
        devices = [
            machine_of(Library.open(root / machine), number)
            for number, machine in enumerate(self.machines, 1)
        ]
        try:
            for _ in range(2):
                exchange(*devices)
            wrong += together(devices, confirmed)
        finally:
            for device in devices:
                device.library.close()
        return wrong


def together(devices: list[Device], confirmed: dict[str, Have]) -> list[str]:
    """Return what is wrong with devices that exchanged: all hold all that any confirmed."""
    wrong = [] if len(known_by(*devices)) == 1 else ["the digests differ after an exchange"]
    most: Have = {}
    for have in confirmed.values():
        for stream, seq in have.items():
            most[stream] = max(most.get(stream, 0), seq)
    for device in devices:
        wrong += flaws(device.library, most, {})
    return wrong


class Stick(Exchanges):
    """The same by a stick, which is pulled or loses its power too."""

    def play(self) -> None:
        small = self.begin()
        self.desk.introduce(self.hub)
        self.hub.introduce(self.desk)
        (self.root / STICK).mkdir()
        for _ in range(self.chance.randint(2, 3)):
            for device in (self.desk, self.hub):
                if device.library.value("select count(*) from member"):
                    self._work(small, device)
                self.confirm_device(device)
                carry(device, self.root / STICK)
                self.confirm_device(device)
        for machine, device in ((DESK, self.desk), (HUB, self.hub)):
            self.ended(machine, device.library)
            device.library.close()

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        (root / STICK).mkdir(exist_ok=True)
        devices = [
            machine_of(Library.open(root / machine), number)
            for number, machine in enumerate(self.machines, 1)
        ]
        devices[0].introduce(devices[1])
        devices[1].introduce(devices[0])
        try:
            wrong = []
            for device in devices:
                wrong += flaws(device.library, confirmed.get(device.library.folder.name, {}), {})
            for device in (*devices, *devices):
                carry(device, root / STICK)
            wrong += together(devices, confirmed)
        finally:
            for device in devices:
                device.library.close()
        return wrong


def carry(device: Device, stick: Path) -> None:
    """Let a device read a stick and write to it."""
    turns = FolderExchange(device.store, device.trust, stick, SECRET, secrets.token_bytes)
    for _ in turns.steps():
        pass


class Upgrade(Story):
    """A library of an older schema is opened by this program."""

    def prepare(self) -> None:
        number = self.chance.randint(1, latest_step() - 1)
        folder = self.root / DESK
        folder.mkdir()
        packed = (_SCHEMAS / f"schema_{number:04}.db.gz").read_bytes()
        (folder / FILE_NAME).write_bytes(gzip.decompress(packed))
        if self.encrypted:
            lock_up(folder)

    def play(self) -> None:
        with Library.open(self.root / DESK) as library:
            self.confirm(DESK, library)
            for _ in range(2):
                action = Action("test")
                action.set("member", library.new_id(), {"name": "Baru"}, fresh=True)
                library.write(action)
                self.confirm(DESK, library)
            self.ended(DESK, library)

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        wrong = super().look(root, confirmed, facts)
        with Library.open(root / DESK) as library:
            ops: list[Op] = list(library.all_ops())
        if len(ops) < _OLD_OPS:
            wrong.append(f"{len(ops)} ops of {_OLD_OPS} are left")
        return wrong


def lock_up(folder: Path) -> None:
    """Encrypt a plain library file, as if it had been made so."""
    vault, key = new_vault(system_key_store(folder))
    database = connect(folder / FILE_NAME)
    database.execute_sql("pragma journal_mode = delete").fetchall()
    database.execute_sql(f"pragma rekey = 'raw:{key.hex()}'").fetchall()
    database.close()
    write_vault(folder, vault)


class Making(Story):
    """A library is made, and used at once."""

    def prepare(self) -> None:
        self.root.joinpath("elsewhere").mkdir()

    def play(self) -> None:
        with Library.create(self.root / DESK, encrypted=self.encrypted) as library:
            self.tell(made=True)
            action = Action("test")
            action.set("member", library.new_id(), {"name": "Baru"}, fresh=True)
            library.write(action)
            self.confirm(DESK, library)
            self.ended(DESK, library)

    def look(self, root: Path, confirmed: dict[str, Have], facts: dict[str, Any]) -> list[str]:
        try:
            return super().look(root, confirmed, facts)
        except KnownError as error:
            if error.fault is not Fault.NOT_A_LIBRARY or facts.get("made"):
                raise
        Library.create(root / DESK, encrypted=self.encrypted).close()
        return super().look(root, confirmed, facts)
