"""The sentences of copies on their way."""

from __future__ import annotations

from perpusdesk.common.formats import long_date, number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.circulation.move_lists import Note
from perpusdesk.services.circulation.receive_copies import Received
from perpusdesk.services.results import Done, NoticeKind
from perpusdesk.services.wording.moves import say_why_sent
from perpusdesk.storage.queries.transfers import TransferLine
from perpusdesk.ui.kit.record_list import RowWords


def title() -> str:
    """Return the word on the tab."""
    return _("Between branches")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def copies(count: int) -> str:
    """Return so many copies in words."""
    return ngettext("{n} copy", "{n} copies", count).format(n=number(count))


def coming_row(note: Note) -> RowWords:
    """Return a note on its way here."""
    return _note_row(note, note.from_name)


def gone_row(note: Note) -> RowWords:
    """Return a note that was sent from here."""
    return _note_row(note, note.to_name)


def elsewhere_row(note: Note) -> RowWords:
    """Return a note between two other branches."""
    return _note_row(note, f"{note.from_name} → {note.to_name}")


def _note_row(note: Note, who: str) -> RowWords:
    days = ngettext("{n} day on the way", "{n} days on the way", note.days).format(n=note.days)
    if not note.days:
        days = _("sent today")
    under = joined(note.paper, _("sent {date}").format(date=short_date(note.sent)))
    if note.late:
        days = _("{days}, too long").format(days=days)
        return RowWords(who, under, copies(len(note.lines)), days, "warning", "warn")
    return RowWords(who, under, copies(len(note.lines)), days, "exchange", "accent")


def copy_row(line: TransferLine) -> RowWords:
    """Return a copy of a note."""
    under = joined(line.barcode, line.call_number, line.author)
    return RowWords(line.title or line.barcode, under, say_why_sent(line.why))


def note_heading(note: Note) -> str:
    """Return what stands over the copies of a note."""
    return _("Copies of {paper}").format(paper=note.paper)


def sending(to_name: str, paper: str, count: int) -> str:
    """Return what a scan means while copies are being sent."""
    if not count:
        return _("Sending to {branch}: scan each copy").format(branch=to_name)
    return _("Sending to {branch}: {count} on {paper}").format(
        branch=to_name, count=copies(count), paper=paper
    )


def receiving() -> str:
    """Return what a scan means otherwise."""
    return _("Scan a copy that arrived to receive it.")


def sent(line: TransferLine) -> tuple[str, str]:
    """Return the state word of a sending, and where it goes."""
    to = _("to {branch}").format(branch=line.to_name)
    return _("Sent"), joined(to, line.paper)


def received(done: Done[Received]) -> tuple[str, str]:
    """Return the state word of an arrival, and what comes next."""
    value = done.value
    kept = any(notice.kind is NoticeKind.HOLD_READY_HERE for notice in done.notices)
    if kept and value.pickup_until:
        words = _("Keep it for {member} until {date}")
        until = long_date(value.pickup_until)
        return _("Received"), words.format(member=value.hold_member, date=until)
    if not value.from_branch:
        return _("Taken over"), _("It belongs to this branch now.")
    return _("Received"), _("from {branch}").format(branch=value.from_branch)


def cancelled(done: Done[TransferLine]) -> str:
    """Return what is said when a sending was cancelled."""
    return _("{barcode} stays at {branch}").format(
        barcode=done.value.barcode, branch=done.value.from_name
    )
