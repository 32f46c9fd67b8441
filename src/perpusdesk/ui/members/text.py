"""The sentences of the members' screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from perpusdesk.common.formats import (
    date_and_time,
    long_date,
    number,
    rupiah,
    short_date,
)
from perpusdesk.common.i18n import N_, _, ngettext
from perpusdesk.domain.members import BlockKind
from perpusdesk.services.circulation.money import Booked
from perpusdesk.services.members.member_card import MemberCard
from perpusdesk.services.members.member_changes import FieldChange
from perpusdesk.services.members.member_lists import MemberRow, Standing
from perpusdesk.services.results import Done, Lent, LoanLine
from perpusdesk.services.wording.actions import action_name
from perpusdesk.storage.queries.holds import HoldLine
from perpusdesk.storage.queries.member_records import BlockLine
from perpusdesk.storage.queries.money import MoneyLine
from perpusdesk.ui.kit.record_list import RowWords
from perpusdesk.ui.kit.theme import Tone

DOT: Final = "  ·  "

_STANDINGS: Final = {
    Standing.VALID: N_("Valid card"),
    Standing.EXPIRED: N_("Card ended"),
    Standing.BLOCKED: N_("Blocked"),
    Standing.BORROWING: N_("Borrowing"),
    Standing.OVERDUE: N_("Overdue"),
    Standing.OWING: N_("Owing"),
}
_MONEY: Final = {
    "fine": N_("Fine"),
    "replacement": N_("Replacement"),
    "charge": N_("Charge"),
    "payment": N_("Payment"),
    "waiver": N_("Waived"),
    "cancelled": N_("Cancelled"),
    "refund": N_("Refund"),
}
_FIELDS: Final = {
    "name": N_("Name"),
    "card": N_("Card number"),
    "category": N_("Category"),
    "branch": N_("Branch"),
    "registered": N_("Member since"),
    "expires": N_("Valid until"),
    "birth_date": N_("Date of birth"),
    "sex": N_("Sex"),
    "phone": N_("Phone"),
    "email": N_("E-mail"),
    "address": N_("Address"),
    "institution": N_("School or institution"),
    "guardian_name": N_("Guardian's name"),
    "guardian_relation": N_("Relation to the member"),
    "guardian_phone": N_("Guardian's phone"),
    "guardian_consent": N_("Consent signed on"),
    "photo_consent": N_("Consent to the photo"),
    "restricted": N_("Use restricted since"),
    "note": N_("Note"),
    "image": N_("Photo"),
    "reason": N_("Block: reason"),
    "until": N_("Block: last day"),
    "lifted": N_("Block lifted"),
}
_HOLD_STATES: Final[dict[str, tuple[str, str, Tone]]] = {
    "filled": (N_("Collected"), "check", "muted"),
    "cancelled": (N_("Cancelled"), "", "muted"),
    "expired": (N_("Not collected"), "", "muted"),
}


def title() -> str:
    """Return the word in the rail."""
    return _("Members")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return DOT.join(part for part in parts if part)


def count(total: int, text: str) -> str:
    """Return how many members the list holds."""
    found = ngettext("{n} member", "{n} members", total).format(n=number(total))
    return _("{count} found for “{text}”").format(count=found, text=text) if text else found


def standing_name(standing: Standing) -> str:
    """Return what a standing is called."""
    return _(_STANDINGS[standing])


def field_name(field: str) -> str:
    """Return what a field of the record is called."""
    return _(_FIELDS[field]) if field in _FIELDS else field


def member_row(row: MemberRow) -> RowWords:
    """Return a member in the list."""
    line = row.line
    under = joined(line.card, row.category, line.institution, line.phone)
    until = _("until {date}").format(date=short_date(line.expires)) if line.expires else ""
    if line.blocked:
        return RowWords(line.name, under, _("Blocked"), until, "blocked", "bad")
    if row.overdue:
        late = ngettext("{n} overdue", "{n} overdue", row.overdue).format(n=row.overdue)
        return RowWords(line.name, under, late, until, "warning", "bad")
    if line.expired and line.expires:
        ended = _("since {date}").format(date=short_date(line.expires))
        return RowWords(line.name, under, _("Card ended"), ended, "clock", "warn")
    return RowWords(line.name, under, "", until)


def standings(card: MemberCard) -> list[tuple[str, str, Tone]]:
    """Return what must be known before lending: icon, words, tone; the heaviest first."""
    found: list[tuple[str, str, Tone]] = [
        ("blocked", block_words(block), "bad") for block in card.blocks if block.active
    ]
    late = len(card.overdue)
    if late:
        words = ngettext("{n} copy overdue", "{n} copies overdue", late).format(n=late)
        found.append(("warning", words, "bad"))
    if card.expired and card.expires:
        words = _("Membership ended on {date}").format(date=long_date(card.expires))
        found.append(("clock", words, "warn"))
    if card.consent_missing:
        found.append(("warning", _("A guardian's consent is missing"), "warn"))
    if card.restricted:
        words = _("Personal data restricted since {date}").format(date=long_date(card.restricted))
        found.append(("lock", words, "warn"))
    if not found and card.quota.left <= 0:
        found.append(("info", _("The quota is used up"), "warn"))
    if not found:
        found.append(("check", _("May borrow"), "ok"))
    return found


def block_words(block: BlockLine) -> str:
    """Return a block in one line."""
    names = {
        BlockKind.MANUAL: _("Blocked"),
        BlockKind.SUSPENSION: _("Suspended"),
        BlockKind.LOST_ITEM: _("Has to replace a lost copy"),
    }
    until = _(" until {date}").format(date=long_date(block.until)) if block.until else ""
    about = block.reason or block.title
    return f"{names[block.kind]}{until}" + (f": {about}" if about else "")


def under_name(card: MemberCard) -> str:
    """Return the line below the name."""
    until = _("until {date}").format(date=long_date(card.expires)) if card.expires else _("no end")
    return joined(card.card, card.category_name, until)


def loan_row(line: LoanLine) -> RowWords:
    """Return an open loan."""
    under = joined(line.author, line.barcode)
    due = _("due {date}").format(date=short_date(line.due))
    title = line.title or line.barcode
    if line.claimed:
        return RowWords(title, under, _("said to be returned"), due, "help", "warn")
    if line.days_late:
        late = ngettext("{n} day late", "{n} days late", line.days_late)
        words = late.format(n=line.days_late)
        return RowWords(title, under, words, due, "warning", "bad")
    renewed = ""
    if line.renewals:
        renewed = ngettext("renewed once", "renewed {n} times", line.renewals)
    return RowWords(title, under, due, renewed.format(n=line.renewals), "", "text")


def past_row(line: LoanLine) -> RowWords:
    """Return a loan of the history."""
    under = joined(line.barcode, _("lent {date}").format(date=short_date(line.lent_at.date())))
    title = line.title or line.barcode
    if line.end == "open":
        words = loan_row(line)
        return RowWords(title, under, words.state, words.state_under, words.icon, words.tone)
    if line.end == "lost":
        return RowWords(title, under, _("lost"), _day(line), "warning", "bad")
    return RowWords(title, under, _("returned"), _day(line), faded=True)


def _day(line: LoanLine) -> str:
    return short_date(line.returned_at.date()) if line.returned_at else ""


def hold_row(line: HoldLine) -> RowWords:
    """Return a hold of the member."""
    placed = _("placed {date}").format(date=short_date(line.placed_at.date()))
    under = joined(line.author, line.pickup_name, placed)
    if line.in_transit:
        return RowWords(line.title, under, _("on its way"), line.pickup_name, "exchange", "accent")
    if line.state == "ready":
        until = (
            _("keep until {date}").format(date=short_date(line.pickup_until))
            if line.pickup_until
            else ""
        )
        return RowWords(line.title, under, _("ready to collect"), until, "hold", "ok")
    if line.state == "waiting":
        place = _("place {n} in the queue").format(n=line.position)
        return RowWords(line.title, under, place, "", "clock", "text")
    state, icon, tone = _HOLD_STATES[line.state]
    return RowWords(line.title, under, _(state), "", icon, tone, faded=True)


def money_row(line: MoneyLine) -> RowWords:
    """Return an entry of the ledger."""
    name = _(_MONEY[line.kind]) if line.kind in _MONEY else line.kind
    about = joined(name, line.note or line.title)
    under = joined(date_and_time(line.at), line.barcode, line.staff_name, line.branch_name)
    if line.voided:
        return RowWords(about, under, rupiah(line.amount), _("taken back"), faded=True)
    tone: Tone = "bad" if line.amount > 0 else "ok"
    sign = "+" if line.amount > 0 else ""
    after = _("owes {amount}").format(amount=rupiah(line.balance))
    return RowWords(about, under, f"{sign}{rupiah(line.amount)}", after, "", tone)


def grouped(changes: Sequence[FieldChange]) -> list[tuple[FieldChange, ...]]:
    """Put together what one action entered first in a record; other changes stand alone."""
    found: list[tuple[FieldChange, ...]] = []
    for change in changes:
        if found and _one_entry(found[-1][-1], change):
            found[-1] += (change,)
        else:
            found.append((change,))
    return found


def _one_entry(one: FieldChange, other: FieldChange) -> bool:
    same = (one.at, one.verb, one.record) == (other.at, other.verb, other.record)
    return same and one.record == "member" and not one.before and not other.before


def changes_row(changes: tuple[FieldChange, ...]) -> RowWords:
    """Return a change of the record, or what was entered at once."""
    first = change_row(changes[0])
    if len(changes) == 1:
        return first
    entered = "; ".join(
        f"{field_name(one.field)} {value_words(one.after)}"
        for one in changes
        if one.field in ("name", "card", "category", "phone", "institution", "birth_date")
    )
    return RowWords(_("Entered: {facts}").format(facts=entered), first.under)


def change_row(change: FieldChange) -> RowWords:
    """Return one change of the record."""
    before, after = value_words(change.before), value_words(change.after)
    if change.field == "image":
        what = _("Photo saved") if change.after else _("Photo removed")
    elif change.field == "lifted":
        what = _("Block lifted")
    elif not change.field:
        what = _("Record removed")
    elif not before:
        what = f"{field_name(change.field)}: {after}"
    else:
        what = f"{field_name(change.field)}: {before} → {after or '–'}"
    under = joined(
        date_and_time(change.at),
        change.staff_name,
        change.branch_name,
        action_name(change.verb),
        change.why,
    )
    if change.lost:
        return RowWords(what, under, _("replaced by another"), "", "exchange", "warn", faded=True)
    return RowWords(what, under)


def value_words(value: object) -> str:
    """Return a field's value as people read it."""
    if isinstance(value, date):
        return long_date(value)
    return " ".join(str(value).split()) if value else ""


def sex_name(code: str) -> str:
    """Return what L and P stand for."""
    return {"L": _("Male"), "P": _("Female")}.get(code, "")


def obligations(card: MemberCard) -> str:
    """Return what keeps the *bebas pustaka* letter from being written, a line each."""
    lines = []
    if card.loans:
        titles = "; ".join(line.title or line.barcode for line in card.loans[:5])
        more = " …" if len(card.loans) > 5 else ""
        words = ngettext(
            "{n} copy is still borrowed: {titles}",
            "{n} copies are still borrowed: {titles}",
            len(card.loans),
        )
        lines.append(words.format(n=len(card.loans), titles=titles + more))
    if card.balance > 0:
        lines.append(_("{amount} is owed").format(amount=rupiah(card.balance)))
    ready = len([line for line in card.holds if line.state == "ready"])
    if ready:
        words = ngettext(
            "{n} hold is kept ready: collect or cancel it",
            "{n} holds are kept ready: collect or cancel them",
            ready,
        )
        lines.append(words.format(n=ready))
    lines += [
        _("A lost copy has to be replaced: {title}").format(title=block.title or "–")
        for block in card.blocks
        if block.kind is BlockKind.LOST_ITEM
    ]
    return "\n".join(lines)


def no_member(code: str) -> str:
    """Return what is said of a scan that is no member's card."""
    return _("{code} is no member's card.").format(code=code)


def registered(name: str, card: str) -> str:
    """Return what is said when somebody was registered."""
    return _("{name} is registered with card {card}").format(name=name, card=card)


def edited_meanwhile(fields: tuple[str, ...]) -> str:
    """Return what is said when somebody else changed the same fields."""
    names = ", ".join(field_name(field) for field in fields if field != "phone_key")
    return _("Somebody changed this meanwhile, too: {fields}.").format(fields=names)


def renewed(done: Done[Lent]) -> str:
    """Return what is said when a loan was renewed."""
    return _("Renewed: now due {date}").format(date=long_date(done.value.line.due))


def booked(done: Done[Booked]) -> str:
    """Return what is said when money was booked."""
    entry, balance = done.value.entry, done.value.balance
    name = _(_MONEY[entry.kind])
    rest = _("{amount} still owed").format(amount=rupiah(balance)) if balance > 0 else _("Settled")
    return joined(f"{name} {rupiah(abs(entry.amount))}", rest)
