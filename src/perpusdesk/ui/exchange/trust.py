"""What the chip of trust says of the exchange. Offline is normal, never red."""

from __future__ import annotations

from datetime import datetime

from perpusdesk.common.i18n import _
from perpusdesk.syncing.status import Standing
from perpusdesk.ui.exchange import text
from perpusdesk.ui.shell import text as shell_text
from perpusdesk.ui.shell.chip import Trust


def trust_of(now: Standing, moment: datetime, *, running: bool) -> Trust:
    """Return what is saved here, what waits, and when the last exchange was, in words."""
    if now.clock_suspect:
        told = f"{shell_text.trust_here(now.waiting)}\n{_('The clock looks wrong')}"
        return Trust(told, "warning", "warn")
    if not now.enrolled or now.waiting:
        told = shell_text.trust_here(now.waiting)
        return Trust(f"{told}\n{_('Exchanging …')}" if running else told)
    if running or now.last is None:
        more = _("Exchanging …") if running else _("Not yet exchanged")
        return Trust(f"{shell_text.trust_here(0)}\n{more}")
    when = text.when(text.local(now.last.at_ms, moment), moment)
    sent = _("Exchanged with {peer} {when}").format(peer=text.place(now.last), when=when)
    return Trust(f"{shell_text.trust_here(0)}\n{sent}")
