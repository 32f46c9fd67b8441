"""Damage a library's files at random, and see that it is noticed and mended."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

import peewee

from damage.harm import Result
from damage.kinds import KINDS, PAGE
from damage.world import ENDINGS, Original, ops_in, rows_in
from perpusdesk.common.errors import KnownError
from perpusdesk.storage.chain_check import verify
from perpusdesk.storage.check import Flaw, Verdict, check
from perpusdesk.storage.database import Engine
from perpusdesk.storage.file_check import check_file
from perpusdesk.storage.folder import FolderLock
from perpusdesk.storage.library import FILE_NAME, Library, Sources
from perpusdesk.storage.name_card import CARD_NAME, streams_on_card
from perpusdesk.storage.salvage.making import Aids
from perpusdesk.storage.salvage.pages import Pages
from perpusdesk.storage.salvage.salvage import salvage
from perpusdesk.storage.salvage.wal import Tail, read_log
from perpusdesk.storage.salvage.writing_anew import VERB

NO_CARD: Final = 0.3
"""In so many cases the name card, which tells what streams are called, is lost too."""


def run(seed: int, originals: Sequence[Original], folder: Path) -> Result:
    """Damage a copy, look, mend, compare."""
    random = Random(seed)
    original = random.choice(originals)
    place = original.copy(folder / "damaged")
    files = [place / f"{FILE_NAME}{ending}" for ending in ENDINGS[:2]]
    files = [file for file in files if file.exists() and file.stat().st_size > PAGE]
    file = random.choice(files)
    kind = random.choice(sorted(KINDS))
    before = file.read_bytes()
    other = random.choice(originals).folder / file.name
    foreign = other.read_bytes() if other.exists() else before
    after = bytes(KINDS[kind](random, bytearray(before), foreign))
    result = Result(seed, original.name, file.suffix, kind, identical=after == before)
    file.write_bytes(after)
    if random.random() < NO_CARD:
        (place / CARD_NAME).unlink()
    if not result.identical:
        result.detected = _noticed(original, place, folder / "looked")
        if result.detected:
            _mended(original, place, result)
        else:
            _harmless(original, folder / "looked", result)
    return result


def opened(original: Original, folder: Path) -> Library:
    """Open a library of the campaign, whose key no key store has."""
    return Library(folder, Engine.APSW, Sources(), FolderLock(folder), original.key)


def _noticed(original: Original, place: Path, looked: Path) -> str:
    """Return by what the damage shows, or nothing; ``looked`` is left as the look left it."""
    shutil.rmtree(looked, ignore_errors=True)
    shutil.copytree(place, looked)
    if read_log(looked / FILE_NAME, original.key).tail is not Tail.WHOLE:
        return "log"
    if check_file(looked, original.key).verdict is not Verdict.WHOLE:
        return "file"
    try:
        with opened(original, looked) as library:
            if library.rows("pragma integrity_check") != [("ok",)]:
                return "structure"
            if check(library):
                return "rows"
            if verify(library):
                return "chain"
    except (KnownError, peewee.DatabaseError, ValueError, KeyError, TypeError):
        return "opening"
    return ""


def _harmless(original: Original, looked: Path, result: Result) -> None:
    with opened(original, looked) as library:
        if ops_in(library.database) != original.ops:
            result.faults.append("unnoticed: other ops")
        if rows_in(library.database) != original.rows:
            result.faults.append("unnoticed: other rows")


def _mended(original: Original, place: Path, result: Result) -> None:
    hurt = _hurt_pages(original, place)
    hidden = set[object]().union(*(original.ops_of_page.get(page, set()) for page in hurt))
    try:
        identity = (original.library, original.device)
        report = salvage(place, original.key, Aids(identity, streams_on_card(place)))
    except KnownError as error:
        assert error.facts.get("nothing"), error
        result.lost = len(original.ops)
        if missing := original.ops.keys() - hidden:
            result.faults.append(f"given up with {len(missing)} readable ops")
        return
    with opened(original, place) as library:
        ops, rows = ops_in(library.database), rows_in(library.database)
        flaws = [one for one in check(library) if one.flaw is not Flaw.GAP]
        if flaws:
            result.faults.append(f"after: {flaws[:3]}")
        if library.id != original.library or library.device != original.device:
            result.faults.append("after: another identity")
    false = [key for key, op in ops.items() if original.ops.get(key) != op and op[2] != VERB]
    if false:
        result.faults.append(f"{len(false)} false ops")
    said = {_said(op) for op in ops.values() if op[2] == VERB}
    lost = {key for key in original.ops.keys() - ops.keys() if _said(original.ops[key]) not in said}
    result.lost = len(lost)
    if missing := lost - hidden:
        result.faults.append(f"{len(missing)} readable ops missing")
    if not lost and rows != original.rows:
        result.faults.append("other rows")
    wrong = [
        key
        for key, row in rows.items()
        if key in original.rows and not lost and original.rows[key] != row
    ]
    if wrong:
        result.faults.append(f"{len(wrong)} rows say otherwise")
    result.repaired = not result.faults
    if original.key is None and not report.whole:
        result.told, result.faults = result.faults, []


def _said(op: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return of an op what an op that was entered again has of it too."""
    clock, _action, _verb, *rest = op
    return (clock, *rest)


def _hurt_pages(original: Original, place: Path) -> set[int]:
    """Return the pages whose newest content is not there any more as it was."""
    whole: dict[int, bytes] = {}
    with Pages(original.folder / FILE_NAME, original.key) as pages:
        whole = dict(pages.newest())
    with Pages(place / FILE_NAME, original.key) as pages:
        there = dict(pages.newest())
    return {number for number, page in whole.items() if there.get(number) != page}
