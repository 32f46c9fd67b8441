"""Trying a PIN: looked up at the library, compared beside it because that takes time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject

from perpusdesk.common.errors import KnownError
from perpusdesk.domain.decisions import Refused
from perpusdesk.services.desk import Desk
from perpusdesk.services.staff.sign_in import Try, begin, finish
from perpusdesk.ui.kit.tasks import Tasks


def try_pin(
    desk: Desk,
    tasks: Tasks,
    owner: QObject,
    *,
    person: UUID,
    secret: str,
    new: str,
    answered: Callable[[Any], object],
    failed: Callable[[KnownError], object],
) -> None:
    """Tell ``answered`` what came of it: signed in, or refused; ``new`` is another PIN to keep."""

    def begun(tried: Try | Refused) -> None:
        if isinstance(tried, Refused):
            answered(tried)
            return
        tasks.aside(lambda: tried.fits(secret), lambda fits: looked(tried, fits), owner=owner)

    def looked(tried: Try, fits: bool) -> None:
        tasks.run(
            lambda: finish(desk, tried, secret, fits=fits, new=new), answered, failed, owner=owner
        )

    tasks.run(lambda: begin(desk, person), begun, failed, owner=owner)
