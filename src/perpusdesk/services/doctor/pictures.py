"""Photos of members and covers of titles that cannot be shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final, Literal

from perpusdesk.services.doctor.parts import Check, Finding, Patient, Severity
from perpusdesk.storage.queries.doctor import images

NAME: Final = "pictures"


def _look(patient: Patient) -> Iterator[Finding]:
    photos = sum(not _shows(image) for image in _images(patient, "photo"))
    if photos:
        yield Finding(NAME, "photo_damaged", Severity.WARNING, {"count": photos})
    covers = sum(not _shows(image) for image in _images(patient, "cover"))
    if covers:
        yield Finding(NAME, "cover_damaged", Severity.WARNING, {"count": covers})


def _images(patient: Patient, table: Literal["photo", "cover"]) -> Iterator[object]:
    last = 0
    while part := images(patient.library, table, last):
        patient.pause()
        yield from (image for _, image in part if image)
        last = part[-1][0]


def _shows(image: object) -> bool:
    if not isinstance(image, bytes):
        return False
    try:
        from PIL import Image  # slow to import

        with Image.open(io.BytesIO(image)) as picture:
            picture.load()
    except Exception:  # each format has errors of its own
        return False
    return True


CHECK: Final = Check(NAME, _look)
