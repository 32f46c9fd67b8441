"""The unsur with the lowest marks become proposals on the board of what is to be done."""

from __future__ import annotations

from uuid import UUID

from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.improvements import Source
from perpusdesk.domain.surveys.rounding import rounded
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.improvements import propose_improvement
from perpusdesk.services.results import Done
from perpusdesk.services.surveys.survey_results import results
from perpusdesk.services.wording.surveys import decimal_words


def propose_lowest(desk: Desk, survey: UUID) -> list[Done[UUID] | Refused] | Refused:
    """Put the three lowest unsur on the board; what stands there already stays as it is.

    ``SURVEY_UNKNOWN``. A survey without an index, or without answers, proposes nothing.
    """
    found = results(desk, survey)
    if isinstance(found, Refused):
        return found
    if found.satisfaction is None:
        return []
    line = found.survey
    return [
        propose_improvement(
            desk,
            Source.SURVEY,
            survey,
            _("{unsur}: {nrr} of {points} ({survey})").format(
                unsur=one.name,
                nrr=decimal_words(None if one.nrr is None else rounded(one.nrr)),
                points=max((each.points for each in found.form.unsur), default=4),
                survey=line.name,
            ),
            one.id,
            branch=line.branch,
            service=line.service,
        )
        for one in found.satisfaction.lowest
    ]
