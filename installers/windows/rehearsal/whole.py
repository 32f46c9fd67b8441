"""The whole rehearsal: the real program, frozen, packed, installed, used, upgraded, removed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from installers import freezing, weighing
from installers.version import version
from installers.windows import freeze as released
from installers.windows import portable
from installers.windows.rehearsal import cross, freeze, interpreter, shims
from installers.windows.rehearsal.display import photograph, screen
from installers.windows.rehearsal.life import Installed, until
from installers.windows.rehearsal.places import seen_by_wine
from installers.windows.rehearsal.record import Record, expect
from installers.windows.rehearsal.wine import Wine
from installers.windows.setup import Setup, made

FORMER: Final = "0.0.1"
"""The version before, as the installer sees it: the same program, and a file more."""
LEFT_OVER: Final = "_internal/only-in-the-former.txt"
BRANDING: Final = "Rehearsal under Wine - not for distribution"
STARTS_S: Final = 120
SELF_TEST_S: Final = 400


@dataclass
class Whole:
    """The stage: a Windows of its own with the stand-ins, and what is packed for it."""

    folder: Path
    record: Record
    again: bool = False
    """Whether the program that was frozen last time is taken once more."""

    def __post_init__(self) -> None:
        """Name what is played with."""
        self.wine = Wine(self.folder / "prefix")
        self.installed = Installed(self.wine)
        self.tree = self.folder / "build" / released.TREE
        self.stand_ins: list[Path] = []
        self.setups: dict[str, Path] = {}
        self.zip = self.folder / f"PerpusDesk-{version()}-REHEARSAL-portable.zip"
        self.card = self.copy = ""

    def play(self) -> None:
        """Play all steps in order, before a screen that is photographed."""
        with screen() as display:
            self.wine.display = display
            try:
                self.play_steps()
            finally:
                self.wine.end()

    def play_steps(self) -> None:
        """Play all steps in order."""
        for name, step in (
            ("a Windows Python from parts fetched by hash", interpreter.make),
            ("numpy without an algebra library", lambda: cross.numpy(interpreter.make())),
            ("a new Windows with stand-ins", self.windows),
            ("freeze the program", self.freeze),
            ("no stand-in is packed, and the size", self.examine),
            ("the installer of the former version", self.pack_former),
            ("the installer of this version", self.pack),
            ("the portable zip", self.pack_portable),
            ("install the former version silently", self.install_former),
            ("self-test of the installed program in a real window", self.try_installed),
            ("a library, made and used by the former version", self.begin_library),
            ("upgrade on behalf of the running program, which starts again", self.upgrade),
            ("the library opens after the upgrade", self.open_library),
            ("self-test after the upgrade", self.try_upgraded),
            ("uninstall silently, data kept", self.uninstall),
            ("install anew: the library is there", self.install_anew),
            ("uninstall with data", self.delete_data),
            ("the portable program from a folder with blanks", self.carry),
        ):
            self.record.play(name, step)

    # Building

    def windows(self) -> str:
        """Make the prefix, and put the stand-ins into its system folder."""
        self.wine.make()
        self.stand_ins = shims.into_prefix(self.wine, interpreter.packages())
        return ", ".join(path.name for path in self.stand_ins)

    def freeze(self) -> Path:
        """Freeze the program with the specification of releases."""
        return self.tree if self.again and self.tree.is_dir() else freeze.frozen(self.wine)

    def examine(self) -> str:
        """Look at the frozen tree: what must be in, what must be out, and how large it is."""
        freezing.prove(self.tree, released.WANTED)
        found = shims.strangers(self.tree, self.stand_ins)
        expect(not found, f"no stand-in is in the payload: {found}")
        size = freezing.size(self.tree)
        self.record.figures["installed_bytes"] = size
        weighing.prove(self.tree, size, weighing.INSTALLED)
        return "\n".join([f"{size / 1e6:.1f} MB", *weighing.table(self.tree)])

    def pack_former(self) -> None:
        """Pack the former version, quickly."""
        extra = self.tree / LEFT_OVER
        extra.write_text("only in the former version")
        try:
            self.setups[FORMER] = self.packed(FORMER, quick=True)
        finally:
            extra.unlink()

    def pack(self) -> str:
        """Pack this version as releases are packed."""
        file = self.setups[version()] = self.packed(version())
        size = file.stat().st_size
        self.record.figures["setup_bytes"] = size
        weighing.prove(file, size, weighing.DOWNLOADED)
        return f"{size / 1e6:.1f} MB"

    def packed(self, named: str, *, quick: bool = False) -> Path:
        """Return the installer of the frozen tree under a version."""
        file = self.folder / f"PerpusDesk-{named}-REHEARSAL-setup.exe"
        return made(Setup(self.tree, file, named, BRANDING, quick=quick))

    def pack_portable(self) -> str:
        """Pack the portable zip."""
        size = portable.zipped(self.tree, self.zip).stat().st_size
        self.record.figures["portable_bytes"] = size
        return f"{size / 1e6:.1f} MB"

    # Living

    def install_former(self) -> None:
        """Install the former version."""
        self.installed.install(self.setups[FORMER], timeout=600)
        self.installed.expect_complete(FORMER)
        expect(
            (self.installed.folder / LEFT_OVER).is_file(), "the former version's files are there"
        )

    def try_installed(self) -> str:
        """Let the installed program try itself."""
        return self.self_test(self.installed.program, "self-test-installed")

    def try_upgraded(self) -> str:
        """Let the upgraded program try itself."""
        return self.self_test(self.installed.program, "self-test-upgraded")

    def self_test(self, program: Path, name: str) -> str:
        """Run ``--self-test`` in a real window; keep its report and its picture."""
        report = self.folder / f"{name}.json"
        report.unlink(missing_ok=True)
        told = ("--self-test", seen_by_wine(report))
        code = self.wine.start(program, *told, timeout=SELF_TEST_S, good=None)
        expect(report.is_file(), f"the self-test reports (it ended with {code})")
        found = json.loads(report.read_text("utf-8"))
        wrong = [step["name"] for step in found["steps"] if not step["ok"]]
        expect(found["passed"] and code == 0, f"the self-test passes: {wrong}")
        said = {step["name"]: step.get("detail", "") for step in found["steps"]}
        expect("on windows" in said["desk"], f"it was a real window: {said['desk']}")
        return f"{len(said)} steps; {said['desk']}"

    def ask(self, console: Path, *words: str) -> Any:
        """Run a command of the program and return its JSON."""
        done = self.wine.run("wine", seen_by_wine(console), *words, "--json", timeout=STARTS_S)
        return json.loads(done.stdout[done.stdout.index("{") :])

    def begin_library(self) -> str:
        """Make a library by the commands of the installed program, and lend a book."""
        self.card, self.copy = self.lend_first(self.installed.console)
        expect((self.installed.data / "library").is_dir(), "the library is in the user's folder")
        return f"{self.copy} lent to {self.card}"

    def lend_first(self, console: Path) -> tuple[str, str]:
        """Make a library with one member and one title, lend it, and return card and copy."""
        self.ask(console, "init", "--library", "Perpustakaan Gladi", "--branch", "Pusat")
        member = self.ask(console, "member", "add", "--name", "Siti Misalnya")["member"]
        title = self.ask(console, "title", "add", "--title", "Pelaut Kertas", "--copies", "1")
        card, copy = str(member["card"]), str(title["copies"][0])
        self.ask(console, "lend", "--member", card, copy)
        return card, copy

    def expect_loan(self) -> None:
        """Expect that the library has the loan."""
        member = self.ask(self.installed.console, "member", "show", self.card)["member"]
        expect(member["loans"], f"the member has the book: {member}")

    def upgrade(self) -> str:
        """Upgrade as the running program does: it starts the installer, and then closes."""
        self.wine.open(self.installed.program)
        until(self.shows_window, "the program shows its window", STARTS_S)
        photograph(self.wine.display, self.folder / "former-runs.png")
        installing = self.wine.open(
            self.setups[version()], "/S", PERPUSDESK_PID=self.process_of("PerpusDesk.exe")
        )
        self.wine.run("wine", "taskkill", "/IM", "PerpusDesk.exe")
        code = installing.wait(600)
        expect(code == 0, f"the installer ends well: {code}")
        self.installed.expect_complete(version())
        gone = not (self.installed.folder / LEFT_OVER).exists()
        expect(gone, "the former version's files are gone")
        until(self.shows_window, "the new program shows its window", STARTS_S)
        photograph(self.wine.display, self.folder / "upgraded-runs.png")
        self.wine.run("wine", "taskkill", "/IM", "PerpusDesk.exe")
        until(lambda: not self.process_of("PerpusDesk.exe"), "it closes when it is asked to")
        return "closed when asked to, started again"

    def shows_window(self) -> bool:
        """Tell whether a window of the program is on the screen."""
        asked = ["xdotool", "search", "--onlyvisible", "--name", "PerpusDesk"]
        found = subprocess.run(asked, env=self.wine.environment(), capture_output=True, check=False)
        return found.returncode == 0

    def process_of(self, name: str) -> str:
        """Return the number of a Windows process, ``""`` when none has this name."""
        told = self.wine.run("wine", "winedbg", "--command", "info proc").stdout
        found = re.search(rf"^[ =]*([0-9a-f]+) .*'{re.escape(name)}'", told, re.MULTILINE)
        return str(int(found[1], 16)) if found else ""

    def open_library(self) -> None:
        """Open what the former version made."""
        self.expect_loan()

    def uninstall(self) -> None:
        """Uninstall; the library stays."""
        self.installed.uninstall()
        self.installed.expect_gone()
        expect((self.installed.data / "library").is_dir(), "the library is kept")

    def install_anew(self) -> None:
        """Install this version again and open the library that was kept."""
        self.installed.install(self.setups[version()], timeout=600)
        self.expect_loan()

    def delete_data(self) -> None:
        """Uninstall, data included."""
        self.installed.uninstall("/DELETEDATA")
        until(lambda: not self.installed.data.exists(), "the data are gone")
        self.installed.expect_gone()

    def carry(self) -> str:
        """Unpack the zip as if onto a stick and use it; the data stay with it."""
        stick = self.wine.drive / "Flashdisk Saya"
        shutil.rmtree(stick, ignore_errors=True)
        with zipfile.ZipFile(self.zip) as archive:
            archive.extractall(stick)
        folder = stick / portable.FOLDER
        self.lend_first(folder / "PerpusDesk.com")
        expect((folder / "Data" / "library").is_dir(), "the library is beside the program")
        expect(not (self.installed.data / "library").exists(), "no library is left on the computer")
        return self.self_test(folder / "PerpusDesk.exe", "self-test-portable")
