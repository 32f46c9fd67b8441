"""A library of any size for the benchmarks, made of recombined words from a seed.

Per 100 copies there are 40 titles, 20 members and 400 past loans, as in a city of 250,000 copies.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from perpusdesk.domain.merge import loans as loan_events
from perpusdesk.services.desk import Desk
from perpusdesk.services.set_up import NewLibrary, create_library, open_desk
from perpusdesk.storage.drafts import Action
from perpusdesk.storage.library import FILE_NAME, Library

_BATCH = 5_000
_DAY_MS = 86_400_000
_LOAN_DAYS = 7
_WORDS = (
    "sejarah kota pantai gunung hujan laut rumah anak ibu guru bahasa budaya kerajaan kain batik"
    " tari musik hutan padi desa jalan perahu langit bulan cerita rakyat hikayat ilmu alam bumi"
    " tanaman obat masakan pasar nelayan petani merdeka bangsa hukum adat agama doa kitab kamus"
    " ekonomi koperasi keluarga sekolah remaja olahraga kesehatan penyakit air api angin kayu besi"
    " jembatan kereta kapal pesawat komputer angka hitung ukur gambar warna suara cahaya waktu"
).split()
_NAMES = (
    "melati mawar cempaka kenanga anggrek teratai rinjani semeru merapi kerinci musi barito kapuas"
    " mahakam brantas serayu cendana jati meranti beringin pandan kelapa nangka salak duku manggis"
).split()


def ensure_bench_library(folder: Path, copies: int, seed: int = 1) -> Path:
    """Return a folder with a library of so many copies, making it when it is not there."""
    if not (folder / FILE_NAME).exists():
        building = folder.with_name(folder.name + ".building")
        shutil.rmtree(building, ignore_errors=True)
        _build(building, copies, random.Random(seed))
        building.rename(folder)
    return folder


def _build(folder: Path, copies: int, chance: random.Random) -> None:
    new = NewLibrary("Perpustakaan Uji", "Pusat")
    with create_library(folder, new, encrypted=False) as library:
        library.database.execute_sql("pragma synchronous = off").fetchall()
        desk = open_desk(library)
        titles = [library.new_id() for _ in range(max(1, copies * 2 // 5))]
        items = [library.new_id() for _ in range(copies)]
        people = [library.new_id() for _ in range(max(1, copies // 5))]
        _write(library, _titles(desk, titles, chance))
        _write(library, _copies(desk, items, titles))
        _write(library, _members(desk, people, chance))
        _write(library, _loans(desk, items, people, copies * 4, chance))
        library.tidy()
        library.database.execute_sql("pragma synchronous = full").fetchall()
        library.database.execute_sql("pragma wal_checkpoint(truncate)").fetchall()


def _write(library: Library, actions: Iterator[Action]) -> None:
    batch = []
    for action in actions:
        batch.append(action)
        if len(batch) >= _BATCH:
            library.write_many(batch)
            batch.clear()
    if batch:
        library.write_many(batch)


def _titles(desk: Desk, titles: list[UUID], chance: random.Random) -> Iterator[Action]:
    for title in titles:
        words = chance.sample(_WORDS, chance.randint(2, 6))
        author = " ".join(chance.sample(_NAMES, 2)).title()
        number = f"{chance.randint(0, 999):03d}"
        action = desk.action("import")
        fields = {
            "title": " ".join(words).capitalize(),
            "author": author,
            "isbn": f"978602{chance.randint(0, 9_999_999):07d}",
            "year": str(chance.randint(1970, 2026)),
            "classification": number,
            "call_number": f"{number} {author[:3].upper()} {words[0][0]}",
            "material": "book",
        }
        action.set("title", title, fields, fresh=True)
        yield action


def _copies(desk: Desk, items: list[UUID], titles: list[UUID]) -> Iterator[Action]:
    kind = next(iter(desk.kinds))
    for number, item in enumerate(items):
        action = desk.action("import")
        fields = {
            "barcode": barcode(number),
            "inventory": f"{number:06d}/PD/2026",
            "title": titles[number % len(titles)],
            "branch": desk.branch,
            "kind": kind,
        }
        action.set("copy", item, fields, fresh=True)
        yield action


def _members(desk: Desk, people: list[UUID], chance: random.Random) -> Iterator[Action]:
    categories = list(desk.categories)
    for number, person in enumerate(people):
        action = desk.action("import")
        fields = {
            "card": card(number),
            "name": " ".join(chance.sample(_NAMES, 2)).title() + f" {number}",
            "category": categories[2 % len(categories)],
            "branch": desk.branch,
            "expires": date(2099, 12, 31),
            "birth_date": date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
            "phone": f"0800-0000-{number % 10_000:04d}",
        }
        action.set("member", person, fields, fresh=True)
        yield action


def _loans(
    desk: Desk, items: list[UUID], people: list[UUID], count: int, chance: random.Random
) -> Iterator[Action]:
    rule, now, today = desk.rules[0].id, desk.library.now_ms(), desk.today()
    for _ in range(count):
        days_ago = chance.randint(30, 1500)
        at = now - days_ago * _DAY_MS
        loan = desk.library.new_id()
        lent = Action("lend", desk.staff, desk.branch, desk.zone, at)
        lent.event(
            loan_events.OPENED,
            "loan",
            loan,
            fresh=True,
            copy=chance.choice(items),
            member=chance.choice(people),
            due=today - timedelta(days=days_ago - _LOAN_DAYS),
            rule=rule,
            rule_version=1,
        )
        back = at + chance.randint(1, 20) * _DAY_MS
        returned = Action("return", desk.staff, desk.branch, desk.zone, back)
        returned.event(loan_events.RETURNED, "loan", loan, days_late=0)
        yield lent
        yield returned


def barcode(number: int) -> str:
    """Return the barcode of the n-th copy."""
    return f"B{number:07d}"


def card(number: int) -> str:
    """Return the card number of the n-th member."""
    return f"A{number:06d}"
