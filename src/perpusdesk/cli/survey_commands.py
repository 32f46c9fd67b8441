"""Surveys on the command line: the list, results, the table of respondents."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

import typer

from perpusdesk.cli.commands import Commands
from perpusdesk.cli.context import Context, InputError, RefusedError
from perpusdesk.common.files import write_atomically
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.surveys.reading_habit import band, reading_index
from perpusdesk.domain.surveys.rounding import rounded
from perpusdesk.domain.surveys.satisfaction import Satisfaction, Weight
from perpusdesk.domain.surveys.tallies import Tally
from perpusdesk.exchange.survey_templates import reading_rules
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.survey_results import EVERYTHING, Only, Results, results
from perpusdesk.services.surveys.surveys import SurveyLine, surveys
from perpusdesk.services.wording.surveys import (
    decimal_words,
    fraction_words,
    grade_words,
    kind_name,
    period_words,
    progress_words,
    weight_name,
)

_WEIGHTS = ", ".join(Weight)
_ENDINGS = (".xlsx", ".pdf", ".png")


def add(app: Commands, context: Context) -> None:
    """Add the group ``survey``."""
    group = Commands(help=_("Surveys: their results and papers."))
    app.add_typer(group, name="survey")
    _add_list(group, context)
    _add_result(group, context)
    _add_export(group, context)
    _add_reading(group, context)


def _add_list(group: Commands, context: Context) -> None:
    @group.command("list", help=_("List surveys with how many answered."))
    def list_() -> None:
        with context.desk(writable=False) as desk:
            lines = surveys(desk)
        text = [
            f"{line.id}  {line.name} · {kind_name(line.kind)} · {period_words(line)} ·"
            f" {progress_words(line)}"
            for line in lines
        ]
        told = "\n".join(text) or _("No survey yet")
        context.show({"surveys": [_line(line) for line in lines]}, told)


def _add_result(group: Commands, context: Context) -> None:
    @group.command("result", help=_("Tell what came out of a survey."))
    def result(
        survey: str = typer.Argument(..., metavar="ID"),
        weight: str = typer.Option("", "--weight", help=_WEIGHTS),
        service: str = typer.Option("", "--service", help=_("Only this service.")),
        since: str = typer.Option("", "--since", metavar="DAY"),
        until: str = typer.Option("", "--until", metavar="DAY"),
    ) -> None:
        only = Only(service, first=_day(since), last=_day(until))
        with context.desk(writable=False) as desk:
            found = _result(desk, survey, weight, only)
        context.show(_document(found), _text(found))


def _add_export(group: Commands, context: Context) -> None:
    @group.command("export", help=_("Write respondents (.xlsx), a report (.pdf) or sheet (.png)."))
    def export(
        survey: str = typer.Argument(..., metavar="ID"),
        file: Path = typer.Argument(..., metavar="FILE"),
        weight: str = typer.Option("", "--weight", help=_WEIGHTS),
    ) -> None:
        from perpusdesk.services.surveys import survey_papers as papers

        ending = file.suffix.lower()
        if ending not in _ENDINGS:
            told = _("The file must end with {endings}.")
            raise InputError("unusable_input", told.format(endings=", ".join(_ENDINGS)))
        with context.desk(writable=False) as desk:
            found = _result(desk, survey, weight)
            id_, used = found.survey.id, _weight(weight)
            if ending == ".xlsx":
                saved = papers.respondents_sheet(desk, id_, file)
                if isinstance(saved, Refused):
                    raise RefusedError(saved, desk)
            else:
                make = papers.result_report if ending == ".pdf" else papers.publication_image
                data = make(desk, id_, used)
                if isinstance(data, Refused):
                    raise RefusedError(data, desk)
                write_atomically(file, data)
        context.show({"file": str(file), "respondents": found.respondents}, str(file))


def _add_reading(group: Commands, context: Context) -> None:
    @group.command("tgm", help=_("Compute the reading habit index as it was until 2024."))
    def tgm(
        values: list[str] = typer.Argument(..., metavar="FM DM JB FAI DAI", help="0-100"),
        year: int = typer.Option(2024, "--year"),
    ) -> None:
        rules = reading_rules(date(year, 1, 1)) if 1 <= year <= 9999 else None
        if rules is None:
            raise InputError("unusable_input", _("Of that year no weights are known."))
        try:
            given = [Fraction(one.replace(",", ".")) for one in values]
            index = reading_index(dict(zip(rules.weights, given, strict=True)), rules)
        except (ValueError, ZeroDivisionError) as error:
            told = _("Give five values from 0 to 100: {names}")
            names = " ".join(rules.weights)
            raise InputError("unusable_input", told.format(names=names)) from error
        bands = {name: band(index, limits) for name, limits in rules.bands.items()}
        document = {"tgm": str(index), "bands": bands, "source": rules.source}
        context.show(document, f"TGM {decimal_words(index)}", rules.source)


def _result(desk: Desk, survey: str, weight: str, only: Only = EVERYTHING) -> Results:
    found = results(desk, _id(desk, survey), _weight(weight), only)
    if isinstance(found, Refused):
        raise RefusedError(found, desk)
    return found


def _id(desk: Desk, text: str) -> UUID:
    """Return the survey with this id or this name (of several the one on top)."""
    wanted = " ".join(text.split()).casefold()
    for line in surveys(desk):
        if wanted in (str(line.id), line.name.casefold()):
            return line.id
    raise InputError("unusable_input", _("There is no survey {text}.").format(text=text))


def _weight(text: str) -> Weight | None:
    if not text:
        return None
    if text not in tuple(Weight):
        raise InputError("unusable_input", _("Choose one of: {known}").format(known=_WEIGHTS))
    return Weight(text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        told = _("Write a day as 2026-12-31: {text}").format(text=text)
        raise InputError("unusable_input", told) from error


def _line(line: SurveyLine) -> dict[str, Any]:
    return {
        "survey": str(line.id),
        "name": line.name,
        "kind": line.kind.value if line.kind else None,
        "version": line.number,
        "branch": line.branch_name or None,
        "service": line.service,
        "first_day": line.first_day.isoformat() if line.first_day else None,
        "last_day": line.last_day.isoformat() if line.last_day else None,
        "population": line.population,
        "target": line.target,
        "answers": line.answers,
        "enough": line.enough,
        "closed": line.closed.isoformat() if line.closed else None,
    }


def _document(found: Results) -> dict[str, Any]:
    index, gain = found.satisfaction, found.test
    return {
        "survey": _line(found.survey),
        "form_version": found.number,
        "respondents": found.respondents,
        "enough": found.survey.enough,
        "satisfaction": _index(index) if index else None,
        "parts": [
            {
                "part": one.part.value,
                "given": one.given,
                "mean": _exact(one.mean),
                "points": one.points,
            }
            for one in found.parts
        ],
        "tests": {
            "people": gain.people,
            "before": _exact(gain.before),
            "after": _exact(gain.after),
            "difference": _exact(gain.difference),
        }
        if gain
        else None,
        "questions": [_tally(one) for one in found.tallies],
    }


def _index(index: Satisfaction) -> dict[str, Any]:
    return {
        "ikm": _decimal(index.ikm),
        "class": index.grade.letter if index.grade else None,
        "weight": index.weight.value,
        "unsur": [
            {
                "id": one.id,
                "number": one.number,
                "name": one.name,
                "filled": one.filled,
                "total": one.total,
                "nrr": _exact(one.nrr, 3),
                "weighted": _exact(one.weighted, 3),
                "ikm": _exact(one.ikm),
            }
            for one in index.unsur
        ],
        "lowest": [one.id for one in index.lowest],
    }


def _tally(one: Tally) -> dict[str, Any]:
    return {
        "id": one.question.id,
        "text": one.question.text,
        "answered": one.answered,
        "counts": dict(one.counts),
        "mean": _exact(one.mean),
        "texts": list(one.texts),
    }


def _text(found: Results) -> str:
    line, index = found.survey, found.satisfaction
    told = [line.name, f"{period_words(line)} · {progress_words(line)}"]
    if index is not None:
        told.append(f"IKM {decimal_words(index.ikm)} · {grade_words(index.grade)}")
        told.append(weight_name(index.weight))
        told += [f"{one.number:<4} {fraction_words(one.nrr, 3)}  {one.name}" for one in index.unsur]
    for tally in found.tallies:
        if index is None or tally.question not in found.form.unsur:
            counts = ", ".join(f"{word} {number(count)}" for word, count in tally.counts)
            mean = fraction_words(tally.mean) if tally.mean is not None else ""
            told.append(" · ".join(part for part in (tally.question.short, counts, mean) if part))
    return "\n".join(told)


def _exact(value: Fraction | None, places: int = 2) -> str | None:
    return None if value is None else _decimal(rounded(value, places))


def _decimal(value: Decimal | None) -> str | None:
    """Return a decimal as text: no digit of it is lost."""
    return None if value is None else str(value)
