"""Why an update is not taken, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_, _
from perpusdesk.protocol.update import UpdateFault

_TEXTS: Final[Mapping[UpdateFault, str]] = {
    UpdateFault.MALFORMED: N_("This is no release of PerpusDesk."),
    UpdateFault.FORGED: N_("This release was not signed by the publisher of PerpusDesk."),
    UpdateFault.OTHER_PRODUCT: N_("This release is of another program."),
    UpdateFault.OTHER_PLATFORM: N_("This release has no package for this computer."),
    UpdateFault.NOT_NEWER: N_("This computer has this version or a newer one."),
    UpdateFault.REPLAYED: N_("A newer release than this one was seen here before."),
    UpdateFault.PROGRAM_TOO_OLD: N_("An older release has to be installed before this one."),
    UpdateFault.ALTERED: N_("The package is damaged or was altered; it is not used."),
    UpdateFault.INCOMPLETE: N_("The server does not have the whole package yet."),
}


def say_update_fault(fault: UpdateFault) -> str:
    """Return why, in the language in use."""
    return _(_TEXTS[fault])
