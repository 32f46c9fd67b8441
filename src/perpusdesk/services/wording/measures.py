"""Measures in words: what each is called, what it counts, and how it is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from perpusdesk.common.formats import month_name, weekday_name
from perpusdesk.common.i18n import N_, _, language
from perpusdesk.domain.complaints import kind_of
from perpusdesk.domain.figures.measures import CATALOGUE, LAPSE_MONTHS, UNUSED_MONTHS, Keys, Over
from perpusdesk.domain.figures.months import Period
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.service_lists import said
from perpusdesk.services.visits.service_use import use_name
from perpusdesk.services.visits.visit_profile import lists_here
from perpusdesk.services.wording.collection import class_name
from perpusdesk.services.wording.service import kind_name

_NAMES: Final[Mapping[str, str]] = {
    "visits": N_("Visitors"),
    "visits.members": N_("Visits by members"),
    "groups": N_("Groups"),
    "groups.people": N_("Visitors in groups"),
    "loans": N_("Loans"),
    "renewals": N_("Renewals"),
    "returns": N_("Returns"),
    "lost": N_("Lost on loan"),
    "readings": N_("Read on site"),
    "transfers": N_("Sent between branches"),
    "questions": N_("Reference questions"),
    "questions.answered": N_("Questions answered"),
    "questions.minutes": N_("Minutes for questions"),
    "services": N_("Users of other services"),
    "answers": N_("Survey answers"),
    "stops": N_("Stops of vans"),
    "stops.minutes": N_("Minutes at stops"),
    "borrowers": N_("Active borrowers"),
    "visitors": N_("Different members who came"),
    "borrowers.returning": N_("Borrowers who came back"),
    "borrowers.lapsed": N_("Borrowers who stopped"),
    "copies": N_("Copies"),
    "copies_added": N_("Copies added"),
    "copies_withdrawn": N_("Copies withdrawn"),
    "copies_unused": N_("Copies that do not move"),
    "titles": N_("Titles"),
    "titles_added": N_("Titles added"),
    "members": N_("Members"),
    "members.valid": N_("Members with a valid card"),
    "members_new": N_("New members"),
    "holds": N_("Holds placed"),
    "complaints": N_("Complaints and suggestions"),
    "searches_missed": N_("Searches without result"),
    "open_days": N_("Opening days"),
    "open_minutes": N_("Opening minutes"),
}
_PARTS: Final[Mapping[Keys, str]] = {
    Keys.SEX: N_("{figure} by sex"),
    Keys.AGE: N_("{figure} by age"),
    Keys.OCCUPATION: N_("{figure} by occupation"),
    Keys.EDUCATION: N_("{figure} by education"),
    Keys.PURPOSE: N_("{figure} by purpose"),
    Keys.LEVEL: N_("{figure} by level"),
    Keys.ROOM: N_("{figure} by room"),
    Keys.HOUR: N_("{figure} by weekday and hour"),
    Keys.CLASS: N_("{figure} by class"),
    Keys.KIND: N_("{figure} by kind of collection"),
    Keys.CATEGORY: N_("{figure} by member category"),
    Keys.STOCK_AGE: N_("{figure} by age of the title"),
    Keys.SERVICE: N_("{figure} by service"),
    Keys.SURVEY: N_("{figure} by survey"),
    Keys.QUESTION: N_("{figure} by kind of question"),
    Keys.COMPLAINT: N_("{figure} by kind"),
}
_MEANINGS: Final[Mapping[str, str]] = {
    "visits": N_(
        "Everybody who was counted as coming in, members and others; who comes twice"
        " counts twice. Groups count with all their heads."
    ),
    "visits.members": N_("Visits that were counted by a member's card."),
    "groups": N_("Groups that came, each once a day."),
    "groups.people": N_("Heads of all groups; they are part of the visitors."),
    "loans": N_(
        "Every copy that was lent, on the day and at the branch that lent it. Renewals and"
        " loans that were undone do not count."
    ),
    "renewals": N_("Every time a due date was moved by renewing, on the day that was done."),
    "returns": N_("Loans that ended by a return, on that day, at the branch that had lent."),
    "lost": N_("Loans that ended because the copy was lost."),
    "readings": N_("Copies counted as read in the library without a loan."),
    "transfers": N_("Copies that one branch sent to another, without those called back."),
    "questions": N_("Questions written into the reference log."),
    "questions.answered": N_("Questions of the log that were answered."),
    "questions.minutes": N_("Minutes that questions of the log took."),
    "services": N_("People counted at services like computers, digital reading or activities."),
    "answers": N_("Answer sheets of surveys; who answered is kept nowhere."),
    "stops": N_("Stops of vans that were begun."),
    "stops.minutes": N_("Minutes from the beginning to the end of stops."),
    "borrowers": N_(
        "Different members with at least one loan in the period. Whoever borrows in two"
        " months counts in each of them, but once in the year."
    ),
    "visitors": N_("Different members whose card was counted at the door in the period."),
    "borrowers.returning": N_(
        "Active borrowers who had borrowed in the {lapse} months before too."
    ),
    "borrowers.lapsed": N_("Members whose last loan was {lapse} months before, by home branch."),
    "copies": N_(
        "Copies at the end of the period by their date of arrival, without withdrawn and"
        " removed ones, at the branch that they belong to now."
    ),
    "copies_added": N_("Copies by the date of their arrival."),
    "copies_withdrawn": N_("Copies by the date of the decision that withdrew them."),
    "copies_unused": N_(
        "Copies at the end of the period that nobody borrowed or read on site in the"
        " {unused} months before."
    ),
    "titles": N_(
        "Titles with at least one copy at the end of the period. A title in two branches"
        " counts in both, but once in the whole."
    ),
    "titles_added": N_("Titles by the arrival of their first copy."),
    "members": N_("Members by their date of registration, without removed ones."),
    "members.valid": N_("Members whose card was valid at the end of the period."),
    "members_new": N_("Members by their date of registration."),
    "holds": N_("Holds placed in the period, by the branch of pickup."),
    "complaints": N_("Complaints and suggestions by the day they were received."),
    "searches_missed": N_("Searches on this computer that found nothing, without who searched."),
    "open_days": N_(
        "Days with opening hours and without closure, up to today. Of all branches"
        " together: days on which any was open."
    ),
    "open_minutes": N_(
        "Planned opening time, up to today. Of all branches together: that of the"
        " branch that is open longest."
    ),
}
_SUMS: Final[Mapping[Over, str]] = {
    Over.DAYS: N_("Formula: sum of all days of the period, by the clock of the branch."),
    Over.DATED: N_("Formula: sum of all months of the period."),
    Over.PEOPLE: N_("Formula: different persons of the whole period; months do not add up."),
    Over.END: N_("Formula: what there was on the last day of the period."),
    Over.CALENDAR: N_("Formula: from the opening hours and closures in the settings."),
}
_STOCK_AGES: Final[Mapping[str, str]] = {
    "0-5": N_("0–5 years"),
    "6-10": N_("6–10 years"),
    "11-20": N_("11–20 years"),
    "21+": N_("21 years and more"),
    "": N_("Year not known"),
}
_SEXES: Final[Mapping[str, str]] = {"L": N_("Male"), "P": N_("Female")}
_MONDAY: Final = date(2024, 1, 1)


def measure_name(measure: str) -> str:
    """Return what a measure is called. Raises ``KeyError``."""
    if measure in _NAMES:
        return _(_NAMES[measure])
    one = CATALOGUE[measure]
    return _(_PARTS[one.keys]).format(figure=_(_NAMES[one.of]))


def measure_meaning(measure: str) -> str:
    """Return what a measure counts. Raises ``KeyError``."""
    text = _MEANINGS.get(measure) or _MEANINGS[CATALOGUE[measure].of]
    return _(text).format(lapse=LAPSE_MONTHS, unused=UNUSED_MONTHS)


def measure_formula(measure: str) -> str:
    """Return how a figure of a period comes about."""
    return _(_SUMS[CATALOGUE[measure].over])


def key_name(desk: Desk, measure: str, key: str) -> str:
    """Return what a part of a figure is called."""
    keys = CATALOGUE[measure].keys
    if keys is Keys.STOCK_AGE:
        return stock_age_name(key)
    if keys is Keys.CLASS:
        return class_name(key)
    if not key:
        return _("Not known")
    if keys is Keys.HOUR:
        day, _dash, hour = key.partition("-")
        return hour_name(int(day), int(hour))
    if keys is Keys.SEX:
        return _(_SEXES.get(key, key))
    if keys in {Keys.KIND, Keys.CATEGORY}:
        named = (desk.kinds if keys is Keys.KIND else desk.categories).get(UUID(hex=key))
        return named.name if named else _("Not known")
    if keys is Keys.SERVICE:
        return use_name(key)
    if keys is Keys.COMPLAINT:
        return kind_name(kind_of(key))
    if keys is Keys.QUESTION:
        return said(desk, "question", key) or key
    if keys is Keys.SURVEY:
        found = desk.library.value("select name from survey where id = ?", bytes.fromhex(key))
        return str(found or _("Not known"))
    return _profile_name(desk, keys, key)


def stock_age_name(band: str) -> str:
    """Return a band of years since publication."""
    return _(_STOCK_AGES.get(band, band))


def _profile_name(desk: Desk, keys: Keys, key: str) -> str:
    lists = lists_here(desk)
    options = lists.levels if keys is Keys.LEVEL else lists.options.get(keys.value, ())
    found = next((one for one in options if one.code == key), None)
    return found.said(language()) if found else key


def hour_name(weekday: int, hour: int) -> str:
    """Return an hour of the week: ``Senin 08–09``."""
    return f"{weekday_name(_MONDAY + timedelta(days=weekday))} {hour:02d}–{hour + 1:02d}"


def month_title(month: str) -> str:
    """Return a month as people say it: ``November 2026``."""
    return f"{month_name(int(month[5:]))} {month[:4]}"


def period_name(period: Period) -> str:
    """Return a period as people say it: a month, a year, or from when to when."""
    if period.first == period.last:
        return month_title(period.first)
    if period == Period.year(int(period.first[:4])):
        return period.first[:4]
    return f"{month_title(period.first)} – {month_title(period.last)}"
