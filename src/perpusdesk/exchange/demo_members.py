"""Members of the demo library: plainly made up, the same for the same seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from perpusdesk.exchange.demo_data import People
from perpusdesk.exchange.demo_dice import Dice, dice

ADULT: Final = 18
_YEAR: Final = 365.25


@dataclass(frozen=True, slots=True)
class PlannedMember:
    """A member to register; ``branch`` is the place of the home branch in the plan's branches.

    ``guardian_name`` is set for those under 18 on the plan's last day; ``guardian_consent`` is
    missing for a few of them, as in life. ``sex`` is ``L`` or ``P``.
    """

    card: str
    name: str
    category: str
    sex: str
    birth_date: date
    branch: int
    joined: date
    expires: date
    phone: str
    address: str
    institution: str
    guardian_name: str
    guardian_phone: str
    guardian_consent: date | None


@dataclass(frozen=True, slots=True)
class _Kind:
    """How common a category is (parts of 100), and the ages in it."""

    share: int
    youngest: int
    oldest: int


_CATEGORIES: Final[Mapping[str, _Kind]] = MappingProxyType(
    {
        "Pelajar": _Kind(38, 12, 18),
        "Umum": _Kind(24, 18, 70),
        "Anak": _Kind(14, 5, 11),
        "Mahasiswa": _Kind(13, 18, 24),
        "ASN": _Kind(6, 24, 58),
        "Guru": _Kind(5, 23, 59),
    }
)


def plan_members(people: People, count: int, seed: int, last_day: date) -> list[PlannedMember]:
    """Return ``count`` members with cards A00001 and on, names all different."""
    maker = _MemberMaker(people, dice(seed, "members"), last_day)
    return [maker.make(number) for number in range(1, count + 1)]


class _MemberMaker:
    """Makes one member after the other."""

    def __init__(self, people: People, rng: Dice, last_day: date) -> None:
        self._people, self._rng, self._last_day = people, rng, last_day
        self._names: set[str] = set()
        self._shares = [branch.share for branch in people.branch]

    def make(self, number: int) -> PlannedMember:
        """Return the member with this running number."""
        rng = self._rng
        category = rng.choices(list(_CATEGORIES), [kind.share for kind in _CATEGORIES.values()])[0]
        kind = _CATEGORIES[category]
        age = rng.uniform(kind.youngest, kind.oldest + 0.99)
        joined = self._last_day - timedelta(days=rng.randint(3, 3 * 365))
        minor = age < ADULT
        return PlannedMember(
            card=f"A{number:05d}",
            name=self._name(),
            category=category,
            sex=rng.choice("LP"),
            birth_date=self._last_day - timedelta(days=int(age * _YEAR) + 1),
            branch=rng.choices(range(len(self._shares)), self._shares)[0],
            joined=joined,
            expires=self._expiry(joined),
            phone=self._phone(),
            address=self._address(),
            institution=self._institution(category, age),
            guardian_name=f"{rng.choice(('Bapak', 'Ibu'))} {self._name()}" if minor else "",
            guardian_phone=self._phone() if minor else "",
            guardian_consent=joined if minor and rng.random() < 0.98 else None,
        )

    def _name(self) -> str:
        """Return a new name of two to four words, the last of which says that it is made up."""
        people, rng = self._people, self._rng
        middles = int(rng.random() < 0.6)
        while True:
            words = [rng.choice(people.given)]
            words += [rng.choice(people.middle) for _word in range(middles)]
            name = " ".join([*words, rng.choice(people.marker)])
            if name not in self._names:
                self._names.add(name)
                return name
            middles = 2 if len(self._names) > 10_000 else 1

    def _expiry(self, joined: date) -> date:
        """Return a last day: most cards still hold, some have run out in the last half year."""
        rng = self._rng
        if rng.random() < 0.07:
            ran_out = self._last_day - timedelta(days=rng.randint(1, 180))
            return max(joined + timedelta(days=1), ran_out)
        return self._last_day + timedelta(days=rng.randint(1, 365))

    def _phone(self) -> str:
        return f"{self._people.phone_prefix}{self._rng.randint(0, 9999):04d}"

    def _address(self) -> str:
        people, rng = self._people, self._rng
        street, village = rng.choice(people.streets), rng.choice(people.villages)
        return f"{street} No. {rng.randint(1, 199)}, {village}"

    def _institution(self, category: str, age: float) -> str:
        people = self._people
        secondary = people.middle_schools if age < 15 else people.high_schools
        places: Mapping[str, list[str]] = {
            "Anak": people.primary_schools,
            "Pelajar": secondary,
            "Guru": people.primary_schools + people.middle_schools + people.high_schools,
            "Mahasiswa": people.campuses,
            "ASN": people.offices,
        }
        return self._rng.choice(places[category]) if category in places else ""
