"""Refusals in words: the guest book, stops, surveys, voices of visitors and figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.i18n import N_
from perpusdesk.domain.decisions import Reason

TEXTS: Final[Mapping[Reason, tuple[str, str]]] = {
    Reason.FIGURE_INVALID: (
        N_("“{text}” is no figure."),
        N_("Enter a number of 0 or more, e.g. 1.250 or 12,5."),
    ),
    Reason.CONDITION_INVALID: (
        N_("“{text}” does not fit this column."),
        N_("Enter a whole number, or a day as 31-12-2026."),
    ),
    Reason.REPORT_UNKNOWN: (
        N_("This report is no more."),
        N_("Choose another report."),
    ),
    Reason.REPORT_PERSONAL: (
        N_("“{name}” tells of members, so it is not written by itself."),
        N_("Save it by hand and say why, or take the members' columns out of it."),
    ),
    Reason.FOLDER_MISSING: (
        N_("There is no folder {folder}."),
        N_("Choose a folder that is there, with its whole path."),
    ),
    Reason.MONTH_OPEN: (
        N_("The month {month} is not over yet."),
        N_("Close it once it has ended."),
    ),
    Reason.MONTH_CLOSED: (
        N_("The month {month} is closed already."),
        N_("What changed since is told beside it."),
    ),
    Reason.TEXT_MISSING: (N_("The text is still empty."), N_("Write it in a few words.")),
    Reason.RESULT_MISSING: (
        N_("What is over needs its result."),
        N_("Write in a few words what came of it, or why it is given up."),
    ),
    Reason.SURVEY_UNKNOWN: (N_("There is no such survey here."), ""),
    Reason.SURVEY_CLOSED: (
        N_("The survey {name} is closed."),
        N_("Open it again, or begin another."),
    ),
    Reason.SURVEY_NOT_ON: (
        N_("The survey {name} runs from {first} to {last}."),
        N_("Choose a day within that time, or change the time of the survey."),
    ),
    Reason.SURVEY_ANSWERED: (
        N_("{count} people answered {name} already."),
        N_("Close it instead: what was answered stays."),
    ),
    Reason.SURVEY_NO_INDEX: (
        N_("This survey has no satisfaction index yet."),
        N_("It needs a form with unsur, and at least one answer."),
    ),
    Reason.FORM_UNKNOWN: (N_("There is no such form here."), ""),
    Reason.FORM_INVALID: (
        N_("The form is not ready: {count} places are to be put right."),
        N_("See what is marked in the form."),
    ),
    Reason.ANSWERS_MISSING: (N_("Nothing was answered yet."), N_("Answer at least one question.")),
    Reason.ANSWER_INVALID: (
        N_("An answer does not fit its question."),
        N_("Correct it, or leave it empty."),
    ),
    Reason.COMPLAINT_UNKNOWN: (N_("There is no such message."), ""),
    Reason.COMPLAINT_CLOSED: (
        N_("This message is closed already."),
        N_("Open it again to change its answer."),
    ),
    Reason.ANSWER_MISSING: (
        N_("The message has no answer yet."),
        N_("Write the answer, or why there can be none; then close it."),
    ),
    Reason.CONTACT_UNKNOWN: (N_("No contact is recorded here."), ""),
    Reason.WISH_UNKNOWN: (N_("There is no such wish."), ""),
    Reason.WISH_KNOWN: (
        N_("“{title}” is wished for already."),
        N_("Add a vote to that wish."),
    ),
    Reason.WISH_OWNED: (
        N_("The library has “{title}” already."),
        N_("Show the title, or place a hold on it."),
    ),
    Reason.IMPROVEMENT_UNKNOWN: (N_("There is no such action on the board."), ""),
    Reason.IMPROVEMENT_OVER: (N_("This action is over already."), ""),
    Reason.PEOPLE_INVALID: (
        N_("{people} visitors cannot be counted at once."),
        N_("Enter a number from 1 to {most}."),
    ),
    Reason.VISIT_COUNTED: (
        N_("This visit is counted already, at {at}."),
        N_("Within {minutes} minutes a card counts once; count it again if it is another visit."),
    ),
    Reason.BOOKING_UNKNOWN: (N_("This booking is not known here."), ""),
    Reason.BOOKING_STEP: (
        N_("This booking has gone another way meanwhile."),
        N_("Look at its state, or undo the last step."),
    ),
    Reason.TIME_INVALID: (N_("The visit ends before it begins."), N_("Check the hours.")),
    Reason.STOP_UNKNOWN: (N_("This stop is not known here."), N_("Choose a stop of this van.")),
    Reason.STOP_BEGUN: (
        N_("The van is at {stop} since {at}."),
        N_("End that stop first."),
    ),
    Reason.STOP_NOT_BEGUN: (N_("The van is at no stop."), N_("Begin a stop first.")),
    Reason.ODOMETER_BACKWARDS: (
        N_("The odometer stood at {last} km before."),
        N_("Check the figure, or leave it empty."),
    ),
}
