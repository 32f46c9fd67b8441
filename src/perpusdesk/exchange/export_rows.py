"""What goes out of the library: titles with their copies, and members, in plain texts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ExportCopy:
    """One copy; ``received`` is an ISO date, ``branch_code`` the short name of the branch."""

    barcode: str = ""
    inventory: str = ""
    kind: str = ""
    branch: str = ""
    branch_code: str = ""
    location: str = ""
    access: str = ""
    condition: str = ""
    price: int = 0
    source: str = ""
    received: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExportTitle:
    """One title: its fields as the library has them now, and the record it came with.

    Lists are as in the library: ISBN parted by spaces, names and subjects by ``; ``. ``changed``
    names the fields that say something else than ``marc`` does; ``heading`` is the author as a
    heading (``Hirata, Andrea``).
    """

    id: str
    title: str
    subtitle: str = ""
    author: str = ""
    heading: str = ""
    corporate: bool = False
    responsibility: str = ""
    other_authors: str = ""
    isbn: str = ""
    publisher: str = ""
    place: str = ""
    year: str = ""
    language: str = ""
    classification: str = ""
    call_number: str = ""
    edition: str = ""
    extent: str = ""
    series: str = ""
    subjects: str = ""
    material: str = ""
    marc: bytes = b""
    changed: frozenset[str] = frozenset()
    copies: tuple[ExportCopy, ...] = field(default=())

    def names(self) -> list[str]:
        """Return the author's heading and the other names."""
        return [name for name in (self.heading, *parts(self.other_authors)) if name]


@dataclass(frozen=True, slots=True)
class ExportMember:
    """One member; dates are ISO, ``sex`` is L, P or empty."""

    card: str
    name: str
    category: str = ""
    sex: str = ""
    birth_date: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    institution: str = ""
    registered: str = ""
    expires: str = ""
    guardian_name: str = ""
    guardian_relation: str = ""
    guardian_phone: str = ""
    note: str = ""


def parts(text: str) -> list[str]:
    """Return the values of a list in one text."""
    return [part.strip() for part in text.split(";") if part.strip()]
