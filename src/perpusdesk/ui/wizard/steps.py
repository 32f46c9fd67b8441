"""What the first run asks, in which order, and what may be skipped; no Qt, no words.

A ``Wizard`` stands at one step. ``next`` goes on when the answers of the step are sound, ``back``
goes where one came from, ``skip`` takes what the program proposes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from perpusdesk.domain.pins import weakness
from perpusdesk.protocol.enrolment_code import BadCode, read
from perpusdesk.protocol.recovery_code import BadCode as BadRecovery
from perpusdesk.protocol.recovery_code import read_code
from perpusdesk.scan.wedge import WedgeSettings
from perpusdesk.services.safety.recovery import draw_code, group_to_ask, is_group
from perpusdesk.services.safety.restore import FoundStore

ZONES: Final = (420, 480, 540)
"""Western, central and eastern Indonesian time, in minutes east of UTC."""

LONGEST: Final = 120
ROLES: Final = ("administrator", "head")


class Step(StrEnum):
    """One page of questions."""

    LANGUAGE = "language"
    WAY = "way"
    LIBRARY = "library"
    CODE = "code"
    BACKUP = "backup"
    PERSON = "person"
    SCANNER = "scanner"
    SHEET = "sheet"
    READY = "ready"


class Way(StrEnum):
    """What somebody starts with."""

    NEW = "new"
    DEMO = "demo"
    JOIN = "join"  # a library that exists already
    RESTORE = "restore"  # one that was on another computer


class Wrong(StrEnum):
    """What may be wrong with an answer."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    NETWORK = "network"
    SYNCED = "synced"
    TAKEN = "taken"
    READ_ONLY = "read_only"
    BAD_CODE = "bad_code"
    BAD_RECOVERY = "bad_recovery"
    WEAK_PIN = "weak_pin"
    NOT_THE_GROUP = "not_the_group"


Faults = Mapping[str, Wrong]
"""What is wrong, by the name of the answer."""

CheckFolder = Callable[[Path], "Wrong | None"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered so far; the defaults are what the program proposes."""

    language: str
    folder: Path
    zone: int = ZONES[0]
    way: Way = Way.NEW
    library: str = ""
    branch: str = ""
    person: str = ""
    role: str = ROLES[0]
    pin: str = ""
    scanner: WedgeSettings | None = None
    code: str = ""
    device: str = ""
    backup: FoundStore | None = None
    from_server: bool | None = None
    """Restore from the server, or from ``backup``; ``None``: nobody chose yet."""
    recovery: str = ""
    drawn: str = ""
    """A recovery code for a new library, drawn for this sheet; kept nowhere but here."""
    group: int = 0
    typed: str = ""

    @property
    def sheet(self) -> str:
        """The recovery code whose sheet is at hand, as its group of this number was typed back."""
        at_hand = bool(self.drawn) and is_group(self.drawn, self.group, self.typed)
        return self.drawn if at_hand else ""


@dataclass(slots=True)
class Wizard:
    """Where somebody stands in the first run."""

    answers: Answers
    check_folder: CheckFolder = lambda _folder: None
    step: Step = Step.LANGUAGE
    found: tuple[FoundStore, ...] = ()
    """Backups that were found on sticks, the newest first."""
    _before: list[Step] = field(default_factory=list)

    @property
    def from_server(self) -> bool:
        """Whether the backup comes from the server: so it does where no stick has one."""
        chosen = self.answers.from_server
        return not (self.found or self.answers.backup) if chosen is None else chosen

    @property
    def path(self) -> tuple[Step, ...]:
        """The steps as the answers stand now."""
        if self.answers.way is Way.DEMO:
            return (Step.LANGUAGE, Step.WAY, Step.READY)
        if self.answers.way is Way.JOIN:
            return (Step.LANGUAGE, Step.WAY, Step.CODE, Step.SCANNER, Step.READY)
        if self.answers.way is Way.RESTORE:
            return (Step.LANGUAGE, Step.WAY, Step.BACKUP)
        return tuple(step for step in Step if step not in (Step.CODE, Step.BACKUP))

    @property
    def place(self) -> tuple[int, int]:
        """Which step of how many, for those that ask something."""
        return self.path.index(self.step) + 1, len(self.path)

    @property
    def can_go_back(self) -> bool:
        """Whether there is a step before."""
        return bool(self._before)

    @property
    def can_skip(self) -> bool:
        """Whether the program can go on with what it proposes."""
        return self.step in (Step.PERSON, Step.SCANNER, Step.SHEET)

    @property
    def at_end(self) -> bool:
        """Whether all was asked."""
        return self.step is self.path[-1]

    def answer(self, **changes: Any) -> None:
        """Note answers of the step in front."""
        self.answers = replace(self.answers, **changes)

    def faults(self) -> Faults:
        """Return what is wrong with the answers of the step in front."""
        if self.step is Step.LIBRARY:
            return _faults_of_library(self.answers, self.check_folder)
        if self.step is Step.CODE:
            return _faults_of_code(self.answers, self.check_folder)
        if self.step is Step.BACKUP:
            return _faults_of_backup(self)
        if self.step is Step.PERSON:
            return _faults_of_person(self.answers)
        if self.step is Step.SHEET and not self.answers.sheet:
            return {"typed": Wrong.NOT_THE_GROUP}
        return {}

    def draw_sheet(self) -> None:
        """Draw the code of the new library's recovery sheet, unless it is drawn already."""
        if not self.answers.drawn:
            code = draw_code()
            self.answer(drawn=code, group=group_to_ask(code))

    def next(self) -> Faults:
        """Go on, unless something is wrong: then stay and return it."""
        faults = self.faults()
        if not faults and not self.at_end:
            self._before.append(self.step)
            self.step = self.path[self.path.index(self.step) + 1]
        return faults

    def back(self) -> None:
        """Go back one step; the answers stay."""
        if self._before:
            self.step = self._before.pop()

    def back_to(self, step: Step) -> None:
        """Go back to a step whose answer turned out to be no good."""
        while self._before and self.step is not step:
            self.back()

    def skip(self) -> None:
        """Go on with what the program proposes for this step."""
        if not self.can_skip:
            return
        if self.step is Step.PERSON:
            self.answer(person="", role=ROLES[0], pin="")
        elif self.step is Step.SHEET:
            self.answer(typed="")
        else:
            self.answer(scanner=None)
        self._before.append(self.step)
        self.step = self.path[self.path.index(self.step) + 1]


def nearest_zone(offset: timedelta | None) -> int:
    """Return the Indonesian time zone nearest to the computer's own, western when far away."""
    minutes = round(offset.total_seconds() / 60) if offset is not None else ZONES[0]
    nearest = min(ZONES, key=lambda zone: abs(zone - minutes))
    return nearest if abs(nearest - minutes) <= 30 else ZONES[0]


def _faults_of_library(answers: Answers, check_folder: CheckFolder) -> Faults:
    faults = dict(_faults_of(library=answers.library, branch=answers.branch))
    folder = check_folder(answers.folder)
    return {**faults, "folder": folder} if folder else faults


def _faults_of_code(answers: Answers, check_folder: CheckFolder) -> Faults:
    faults = dict(_faults_of(device=answers.device))
    if isinstance(read(answers.code), BadCode):
        faults = {"code": Wrong.BAD_CODE, **faults}
    folder = check_folder(answers.folder)
    return {**faults, "folder": folder} if folder else faults


def _faults_of_person(answers: Answers) -> Faults:
    faults = dict(_faults_of(person=answers.person))
    if answers.pin.strip() and weakness(answers.pin, [answers.person]) is not None:
        faults["pin"] = Wrong.WEAK_PIN
    return faults


def _faults_of_backup(wizard: Wizard) -> Faults:
    answers, faults = wizard.answers, dict[str, Wrong]()
    if wizard.from_server:
        if isinstance(read(answers.code), BadCode):
            faults["code"] = Wrong.BAD_CODE
    elif answers.backup is None:
        faults["backup"] = Wrong.MISSING
    if isinstance(read_code(answers.recovery), BadRecovery):
        faults["recovery"] = Wrong.BAD_RECOVERY
    folder = wizard.check_folder(answers.folder)
    return {**faults, "folder": folder} if folder else faults


def _faults_of(**texts: str) -> Faults:
    faults: dict[str, Wrong] = {}
    for name, text in texts.items():
        if not text.strip():
            faults[name] = Wrong.MISSING
        elif len(text) > LONGEST:
            faults[name] = Wrong.TOO_LONG
    return faults
