"""The sentences of the screen on which the catalogue is cared for."""

from __future__ import annotations

from perpusdesk.common.formats import number, short_date
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.services.cataloguing.find_duplicates import DuplicateGroup
from perpusdesk.services.cataloguing.merge_titles import MergedTitles, MergePreview
from perpusdesk.services.cataloguing.remove_title import RemovedTitle
from perpusdesk.services.cataloguing.title_hits import TitleHit
from perpusdesk.services.serials.issues import LateIssue
from perpusdesk.services.wording.same_titles import say_certainty, say_why_same
from perpusdesk.ui.kit.record_list import RowWords


def title() -> str:
    """Return the name of the screen."""
    return _("Care of the catalogue")


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with dots between."""
    return "  ·  ".join(part for part in parts if part)


def group_row(pair: tuple[DuplicateGroup, str]) -> RowWords:
    """Return a group of titles that may be one; the name is that of its first."""
    group, name = pair
    many = len(group.titles)
    titles = ngettext("{n} title", "{n} titles", many).format(n=many)
    under, certain = joined(titles, say_why_same(group.why)), say_certainty(sure=group.sure)
    if group.sure:
        return RowWords(name, under, certain, "", "copy", "warn")
    return RowWords(name, under, certain, "", "help", "muted")


def found_groups(count: int) -> str:
    """Return how many groups were found."""
    if not count:
        return _("No titles look like the same.")
    groups = ngettext("{n} group may be one title", "{n} groups may be one title", count)
    return groups.format(n=number(count))


def searched(done: int, of: int) -> str:
    """Return how far the search is."""
    return _("{done} of {all} titles compared").format(done=number(done), all=number(of))


def about(hit: TitleHit) -> str:
    """Return what tells one title from another."""
    copies = ngettext("{n} copy", "{n} copies", hit.copies).format(n=hit.copies)
    return joined(hit.author, hit.year, hit.call_number, copies)


def kept_one() -> str:
    """Return what is chosen in the row of the titles."""
    return _("Keep this one")


def moving(preview: MergePreview) -> str:
    """Return what moves to the title that is kept."""
    copies = ngettext("{n} copy", "{n} copies", preview.copies).format(n=preview.copies)
    holds = ngettext("{n} hold", "{n} holds", preview.holds).format(n=preview.holds)
    both = f"{copies}, {holds}" if preview.holds else copies
    return _("Moves to the title that is kept: {what}. Loans stay with their copies.").format(
        what=both
    )


def merged(value: MergedTitles) -> str:
    """Return what was merged."""
    many = len(value.others) + 1
    words = ngettext("{n} title is one now", "{n} titles are one now", many)
    return words.format(n=many)


def removed_row(line: RemovedTitle) -> RowWords:
    """Return a removed title."""
    under = joined(line.author, line.year, line.call_number)
    when = joined(short_date(line.at.date()), line.staff_name)
    if line.merged_title:
        into = _("is in {title}").format(title=line.merged_title)
        return RowWords(line.title, under, into, when, "exchange", "muted")
    return RowWords(line.title, joined(under, line.why), _("removed"), when, "trash", "muted")


def late_row(late: LateIssue) -> RowWords:
    """Return an issue that has not come."""
    since = ngettext("{n} day late", "{n} days late", late.days).format(n=number(late.days))
    expected = late.issue.expected
    when = _("expected {date}").format(date=short_date(expected)) if expected else ""
    under = joined(late.issue.title_name, late.supplier)
    return RowWords(late.name, under, since, when, "clock", "warn")


def late_count(count: int) -> str:
    """Return how many issues are late."""
    words = ngettext("{n} issue is late", "{n} issues are late", count)
    return words.format(n=number(count))


def removed_count(count: int) -> str:
    """Return how many titles were removed."""
    words = ngettext("{n} removed title", "{n} removed titles", count)
    return words.format(n=number(count))
