"""A survey on a phone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from perpusdesk.domain.decisions import Reason, Refused
from perpusdesk.domain.surveys.form import Form
from perpusdesk.phone.sheet import Kept, Sent, Wrong
from perpusdesk.phone.typed import answers_from
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.phone_offers import Offer, offers_of, survey_place
from perpusdesk.services.surveys.surveys_answer import Channel, give_answer, survey_to_answer
from perpusdesk.services.wording.refusals import say_refusal


class SurveySheet:
    """The form of one survey, while it runs."""

    page, thanks = "form.html", "thanks.html"

    def __init__(self, survey: UUID) -> None:
        self._survey = survey
        self.path = survey_place(survey)

    def read(self, desk: Desk) -> Mapping[str, Any] | None:
        """Return the survey and its questions."""
        if Offer.SURVEYS not in offers_of(desk):
            return None
        found = survey_to_answer(desk, self._survey)
        if isinstance(found, Refused):
            return None
        return {"survey": found, "form": found.shown, "parts": _parts(found.shown)}

    def keep(self, desk: Desk, told: Mapping[str, Any], sent: Sent) -> Kept | Wrong:
        """Keep the answer."""
        answers = answers_from(told["form"], sent)
        done = give_answer(desk, self._survey, answers, Channel.PHONE)
        if not isinstance(done, Refused):
            return Kept()
        place = ""
        if done.reason is Reason.ANSWER_INVALID:
            place = str(done.facts.get("question", ""))
        said = say_refusal(done, desk)
        return {place: " ".join(part for part in (said.what, said.todo) if part)}


def _parts(form: Form) -> list[list[Any]]:
    """Return the questions in groups, each below its section."""
    groups: list[list[Any]] = [[]]
    for question in form.questions:
        if not question.asked and groups[-1]:
            groups.append([])
        groups[-1].append(question)
    return groups
