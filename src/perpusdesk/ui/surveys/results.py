"""Shows a result, narrows it, and makes its papers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from perpusdesk.common.files import write_atomically
from perpusdesk.common.i18n import _, ngettext
from perpusdesk.domain.decisions import Refused
from perpusdesk.domain.surveys.satisfaction import Weight
from perpusdesk.services.desk import Desk
from perpusdesk.services.surveys.survey_improvements import propose_lowest
from perpusdesk.services.surveys.survey_results import Results, TrendPoint, results, trend
from perpusdesk.services.wording.refusals import Said, say_refusal
from perpusdesk.ui.kit.save_place import ask_place
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.doing import Doing
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.shell.paper_files import PaperFiles
from perpusdesk.ui.surveys.results_view import ResultsView


@dataclass(frozen=True, slots=True)
class _Read:
    found: Results
    trend: list[TrendPoint]


class SurveyResults(QObject):
    """``left`` leads back to the list."""

    left = Signal()
    shown = Signal()

    def __init__(
        self, desk: Desk, tasks: Tasks, messages: Messages, doing: Doing, files: PaperFiles
    ) -> None:
        super().__init__()
        self._desk, self._tasks, self._messages = desk, tasks, messages
        self._doing, self._files = doing, files
        self.view = ResultsView(self)
        self._survey: UUID | None = None
        self._weight: Weight | None = None
        self.view.narrowed.connect(self._narrowed)
        self.view.leave_asked.connect(self.leave)

    def begin(self, survey: UUID) -> None:
        """Show the whole result of a survey."""
        self._survey, self._weight = survey, None
        branches = [(one.name, one.id) for one in self._desk.branches.values()]
        self.view.begin(branches)
        self._look()

    def refresh(self) -> None:
        """Count the answers anew."""
        if self._survey is not None:
            self._look()

    def leave(self) -> None:
        """Go back to the list."""
        self._survey = None
        self.left.emit()

    def _narrowed(self) -> None:
        self._weight = self.view.weight.value()
        self._look()

    def _look(self) -> None:
        survey, weight, only = self._survey, self._weight, self.view.only()
        if survey is None:
            return

        def work() -> _Read | Said:
            with self._desk.beside() as desk:
                found = results(desk, survey, weight, only)
                if isinstance(found, Refused):
                    return say_refusal(found, desk)
                return _Read(found, trend(desk, survey))

        self._tasks.aside(work, self._show, owner=self)

    def _show(self, read: _Read | Said) -> None:
        if isinstance(read, Said):
            self._doing.refuse(read)
            return
        if self._survey != read.found.survey.id:
            return
        self.view.show_result(read.found, read.trend)
        self.shown.emit()

    # --- papers --------------------------------------------------------------------------------

    def print_sheet(self) -> None:
        """Make the publication sheet."""
        from perpusdesk.services.surveys.survey_papers import publication_sheet

        found = self.view.found
        if found is not None:
            weight, only, id_ = self._weight, found.only, found.survey.id
            self._files.make(
                "ikm", lambda: publication_sheet(self._desk, id_, weight, only), lambda pdf: pdf
            )

    def print_report(self) -> None:
        """Make the report."""
        from perpusdesk.services.surveys.survey_papers import result_report

        found = self.view.found
        if found is not None:
            weight, only, id_ = self._weight, found.only, found.survey.id
            self._files.make_beside(
                "laporan-survei", lambda desk: result_report(desk, id_, weight, only), lambda p: p
            )

    def save_image(self) -> None:
        """Save the publication sheet as a picture."""
        from perpusdesk.services.surveys.survey_papers import publication_image

        found = self.view.found
        path = ask_place(self.view, f"IKM {found.survey.name}", ["png"]) if found else None
        if found is None or path is None:
            return
        weight, only, id_ = self._weight, found.only, found.survey.id

        def work() -> Said | Path:
            with self._desk.beside() as desk:
                image = publication_image(desk, id_, weight, only)
                if isinstance(image, Refused):
                    return say_refusal(image, desk)
            write_atomically(path, image)
            return path

        self._tasks.aside(work, self._saved, owner=self)

    def _saved(self, answer: Said | Path) -> None:
        if isinstance(answer, Said):
            self._doing.refuse(answer)
        else:
            told = _("{file} was saved.").format(file=answer.name)
            self._messages.toast(told, tone="ok")

    def save_table(self) -> None:
        """Save the respondents' table."""
        from perpusdesk.services.surveys.survey_papers import respondents_sheet

        found = self.view.found
        if found is None:
            return
        id_ = found.survey.id

        def write(desk: Desk, path: Path) -> int | Refused:
            saved = respondents_sheet(desk, id_, path)
            return saved if isinstance(saved, Refused) else saved.lines

        self._files.save(
            self.view, _("Respondents {survey}").format(survey=found.survey.name), write
        )

    def propose(self) -> None:
        """Put the three lowest on the board."""
        id_ = self._survey
        if id_ is None:
            return

        def work() -> int | Said:
            answers = propose_lowest(self._desk, id_)
            if isinstance(answers, Refused):
                return say_refusal(answers, self._desk)
            refused = [one for one in answers if isinstance(one, Refused)]
            if refused:
                return say_refusal(refused[0], self._desk)
            return sum(not isinstance(one, Refused) and one.action is not None for one in answers)

        self._tasks.run(work, self._proposed, owner=self)

    def _proposed(self, answer: int | Said) -> None:
        if isinstance(answer, Said):
            self._doing.refuse(answer)
            return
        told = ngettext(
            "{n} finding is new on the board.", "{n} findings are new on the board.", answer
        ).format(n=answer)
        if not answer:
            told = _("All three stand on the board already.")
        self._messages.toast(told, tone="ok")
