"""The right that a job needs, said once above the job."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.services.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")
Job = Callable[Concatenate[Desk, P], T]


def needs(right: str) -> Callable[[Job[P, T]], Job[P, T | Refused]]:
    """Let a job refuse with ``RIGHT_MISSING`` right; in a library that knows no staff all may."""

    def guard(job: Job[P, T]) -> Job[P, T | Refused]:
        @wraps(job)
        def guarded(desk: Desk, /, *args: P.args, **named: P.kwargs) -> T | Refused:
            if not desk.may(right) and (desk.staff is not None or desk.people):
                return Refused(Reason.RIGHT_MISSING, {"right": right})
            return job(desk, *args, **named)

        return guarded

    return guard
