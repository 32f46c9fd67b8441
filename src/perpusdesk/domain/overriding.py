"""What an override can do: staff decide against refusals, all of them by name and with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from perpusdesk.domain.decisions import Override, Reason, Refused


def settle(refusals: Sequence[Refused], override: Override | None) -> Refused | frozenset[Reason]:
    """The first refusal that stands, or the reasons that were overridden (none: all is well).

    An override counts only with a reason in words (``REASON_MISSING`` otherwise), only for
    refusals that can be overridden, and only for those it names.
    """
    if not refusals:
        return frozenset()
    covered = override.of if override is not None else frozenset()
    standing = [no for no in refusals if not (no.overridable and no.reason in covered)]
    if standing:
        return standing[0]
    if override is None or not override.reason.strip():
        return Refused(Reason.REASON_MISSING, {"of": tuple(no.reason for no in refusals)})
    return frozenset(no.reason for no in refusals)
