"""The visitors of the played day: one more in the guest book, and the papers made of figures."""

from __future__ import annotations

from perpusdesk.app.program import Program
from perpusdesk.domain.figures.months import Period, moved
from perpusdesk.domain.surveys.form import SurveyKind
from perpusdesk.services.desk import Desk
from perpusdesk.services.figures.figures import this_month
from perpusdesk.services.figures.figures_work import freshen
from perpusdesk.services.visits.guest_book import people_today

KEY = "count_visitor_6"
"""The key of the guest book that counts a woman without a card."""
PACK = "monthly"


def count_one(program: Program) -> int:
    """Open the guest book and count a visitor by key; return how many more there are today."""
    tasks, desk = program.tasks, program.desk
    program.visiting.page.open_part("book")
    program.window.go(program.visiting.page.name)
    tasks.wait_idle(60)
    before = people_today(desk)
    program.window.registry.run(KEY)
    tasks.wait_idle(60)
    return people_today(desk) - before


def show_dashboard(program: Program) -> None:
    """Open the dashboard."""
    program.reporting.page.open_part("dashboard")
    program.window.go(program.reporting.page.name)
    program.tasks.wait_idle(60)


def visitors_papers(desk: Desk) -> dict[str, bytes]:
    """Return the pack of the last whole month and the sheet of the survey, by file name."""
    from perpusdesk.printing.document import document_pages
    from perpusdesk.services.figures.pack_papers import pack_document
    from perpusdesk.services.figures.pack_table import pack_table
    from perpusdesk.services.figures.packs import fill_pack, packs
    from perpusdesk.services.surveys.survey_papers import publication_sheet
    from perpusdesk.services.surveys.surveys import surveys

    freshen(desk)
    last = moved(this_month(desk), -1)
    form = next(one for one in packs(desk) if one.key == PACK)
    pack = pack_table(desk, fill_pack(desk, form, Period(last, last)))
    found = {"pack-monthly.pdf": document_pages(pack_document(desk, pack))}
    asked = [one for one in surveys(desk) if one.kind is SurveyKind.SKM and one.answers]
    sheet = publication_sheet(desk, asked[0].id) if asked else None
    if isinstance(sheet, bytes):
        found["survey-sheet.pdf"] = sheet
    return found
