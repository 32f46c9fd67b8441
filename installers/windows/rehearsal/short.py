"""The short rehearsal: a tiny program through the installer's whole script, in half a minute."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from installers.windows.rehearsal import shims
from installers.windows.rehearsal.display import screen
from installers.windows.rehearsal.life import (
    CLASSES,
    FOREIGN_FOLDER,
    OLDER,
    RUN,
    RUNNING,
    Installed,
    until,
)
from installers.windows.rehearsal.places import seen_by_wine
from installers.windows.rehearsal.record import Record, expect
from installers.windows.rehearsal.wine import Wine
from installers.windows.setup import Setup, made

FORMER: Final = "0.8.0"
NEXT: Final = "0.9.0"
BRANDING: Final = "Rehearsal - not for distribution"
LEFT_OVER: Final = "_internal/only-in-the-former.txt"
OWN_FILE: Final = "catatan saya.txt"


@dataclass
class Short:
    """The short rehearsal's stage: installers of two versions, and a Windows of its own."""

    folder: Path
    record: Record

    def __post_init__(self) -> None:
        """Name what is played with."""
        self.wine = Wine(self.folder / "prefix")
        self.installed = Installed(self.wine)
        self.setups: dict[str, Path] = {}

    def play(self) -> None:
        """Play all steps in order, before a screen that nobody sees."""
        with screen() as display:
            self.wine.display = display
            self.play_steps()
            self.wine.end()

    def play_steps(self) -> None:
        """Play all steps in order."""
        for name, step in (
            ("a new Windows", self.wine.make),
            ("two installers of a tiny program", self.pack),
            ("install silently", self.install),
            ("a double click on a package", self.open_package),
            ("upgrade, keeping what was chosen and what others put there", self.upgrade),
            ("upgrade on behalf of the running program", self.upgrade_for_caller),
            ("a program that stays open is not harmed", self.refuse_running),
            ("an older version is refused", self.refuse_older),
            ("a folder of somebody else is refused", self.refuse_foreign),
            ("after a power cut in the middle of a change", self.recover),
            ("uninstall, data kept", self.uninstall),
            ("install with start at sign-in, uninstall with data", self.delete_data),
        ):
            self.record.play(name, step)

    def pack(self) -> str:
        """Make the installers of the former and the next version."""
        for version in (FORMER, NEXT):
            payload = self.folder / f"payload-{version}"
            shutil.rmtree(payload, ignore_errors=True)
            (payload / "_internal").mkdir(parents=True)
            program = payload / "PerpusDesk.exe"
            shims.compile_with("-municode", "-mwindows", "-o", program, shims.SOURCES / "tiny.c")
            shutil.copy(program, payload / "PerpusDesk.com")
            (payload / "PerpusDesk.pkg").write_text(version)
            (payload / "_internal" / "version.txt").write_text(version)
            if version == FORMER:
                (payload / LEFT_OVER).write_text("goes")
            file = self.folder / f"PerpusDesk-{version}-REHEARSAL-setup.exe"
            self.setups[version] = made(Setup(payload, file, version, BRANDING))
        return f"{self.setups[NEXT].stat().st_size // 1000} kB"

    def install(self) -> None:
        """Install the former version; data of before are there."""
        self.installed.data.mkdir()
        (self.installed.data / "library.db").write_text("data")
        self.installed.install(self.setups[FORMER])
        self.installed.expect_complete(FORMER)
        expect(self.installed.autostart() == "", "it does not start with the computer")

    def open_package(self) -> None:
        """Do what a double click does (Wine does not look for file types of one user by itself)."""
        package = self.wine.user / "Desktop" / "paket 1.pdx"
        package.write_text("package")
        registry = self.wine.registry()
        name = registry[rf"{CLASSES}\.pdx".lower()][""]
        command = registry[rf"{CLASSES}\{name}\shell\open\command".lower()][""]
        program, file = re.findall('"(.*?)"', command)
        self.wine.run("wine", program, file.replace("%1", seen_by_wine(package)))
        expect(package.with_name("paket 1.pdx.opened").is_file(), "the program got the file")

    def upgrade(self) -> None:
        """Upgrade; the desktop's link was thrown away, and the program starts with the computer."""
        _, desktop = self.installed.links
        desktop.unlink()
        command = rf'"{self.windows_place()}\PerpusDesk.exe" --tray'
        self.wine.register({RUN: {"PerpusDesk": command}})
        (self.installed.folder / OWN_FILE).write_text("mine")
        self.installed.install(self.setups[NEXT])
        self.expect_version(NEXT)
        expect(not (self.installed.folder / LEFT_OVER).exists(), "the former version's files go")
        expect((self.installed.folder / OWN_FILE).read_text() == "mine", "others' files stay")
        expect(not desktop.exists(), "a link that was thrown away does not come back")
        expect(self.installed.autostart() == command, "it starts with the computer as before")
        self.installed.expect_alone()

    def windows_place(self) -> str:
        """Return the program's folder as Windows calls it."""
        inside = self.installed.folder.relative_to(self.wine.drive)
        return "C:\\" + str(inside).replace("/", "\\")

    def upgrade_for_caller(self) -> None:
        """Let the program that runs start the installer: it waits, and starts the new one."""
        started = self.installed.data / "started.txt"
        self.stay(6)
        process = (self.installed.data / "pid.txt").read_text("utf-8-sig")
        self.wine.more["PERPUSDESK_PID"] = process
        self.installed.install(self.setups[NEXT])
        del self.wine.more["PERPUSDESK_PID"]
        until(started.is_file, "the new program was started", 20)
        expect("Programs" in started.read_text("utf-8-sig"), "it is the installed one")

    def stay(self, seconds: int) -> None:
        """Start the installed program for so many seconds."""
        told = self.installed.data / "pid.txt"
        told.unlink(missing_ok=True)
        self.wine.open(self.installed.program, "stay", str(seconds))
        until(lambda: told.is_file() and told.read_text("utf-8-sig"), "the program runs", 20)

    def refuse_running(self) -> None:
        """Install while the program stays: code, and everything as it was."""
        self.stay(40)
        process = (self.installed.data / "pid.txt").read_text("utf-8-sig")
        self.installed.install(self.setups[NEXT], code=RUNNING)
        self.wine.run("wine", "taskkill", "/F", "/PID", process)
        self.expect_version(NEXT)
        self.installed.expect_alone()

    def refuse_older(self) -> None:
        """Install the former version over the next: refused, unless it is forced."""
        self.installed.install(self.setups[FORMER], code=OLDER)
        self.expect_version(NEXT)
        self.installed.install(self.setups[FORMER], "/FORCE")
        self.expect_version(FORMER)

    def refuse_foreign(self) -> None:
        """Install into a folder with other files."""
        other = self.wine.drive / "Arsip"
        other.mkdir()
        (other / "surat.txt").write_text("mine")
        self.installed.install(self.setups[NEXT], r"/D=C:\Arsip", code=FOREIGN_FOLDER)
        expect([path.name for path in other.iterdir()] == ["surat.txt"], "nothing came or went")

    def recover(self) -> None:
        """Install where a power cut left the old program under its other name."""
        folder = self.installed.folder
        folder.rename(folder.with_name("PerpusDesk.old"))
        half = folder.with_name("PerpusDesk.new")
        half.mkdir()
        (half / "PerpusDesk.exe").write_text("half")
        self.installed.install(self.setups[NEXT])
        self.expect_version(NEXT)
        expect((folder / OWN_FILE).is_file(), "others' files stay")
        self.installed.expect_alone()

    def uninstall(self) -> None:
        """Uninstall: the program goes, data and what others put there stay."""
        (self.installed.folder / OWN_FILE).unlink()
        self.installed.uninstall()
        self.installed.expect_gone()
        expect((self.installed.data / "library.db").read_text() == "data", "data are kept")

    def delete_data(self) -> None:
        """Uninstall with the data, and see that nothing else goes."""
        neighbour = self.wine.local / "Lain" / "catatan.txt"
        neighbour.parent.mkdir()
        neighbour.write_text("mine")
        self.installed.install(self.setups[NEXT], "/AUTOSTART", "/NODESKTOP")
        expect(self.installed.autostart().endswith('PerpusDesk.exe"'), "it starts at sign-in")
        expect(not self.installed.links[1].exists(), "no link on the desktop")
        self.installed.uninstall("/DELETEDATA")
        until(lambda: not self.installed.data.exists(), "the data are gone")
        self.installed.expect_gone()
        expect(neighbour.is_file(), "other programs' data stay")

    def expect_version(self, version: str) -> None:
        """Expect the files of ``version`` in the program's folder."""
        found = (self.installed.folder / "_internal" / "version.txt").read_text()
        expect(found == version, f"{seen_by_wine(self.installed.folder)} is {version}: {found}")
