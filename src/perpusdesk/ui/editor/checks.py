"""What is said of the form while it is filled in: below fields, beside the form, in the lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final

from perpusdesk.services.cataloguing.title_checks import Finding, check_form
from perpusdesk.services.cataloguing.title_proposals import class_caption
from perpusdesk.services.wording.findings import finding_text
from perpusdesk.ui.editor import text
from perpusdesk.ui.editor.finding_rows import FindingWords
from perpusdesk.ui.editor.view import EditorView, Part
from perpusdesk.ui.editor.work import Work
from perpusdesk.ui.kit.theme import Tone

_ORDER: Final = ("error", "warning", "hint")


class Checks:
    """Shows what ``check_form`` finds in the work; ``go`` leads to the place of a finding."""

    def __init__(
        self, view: EditorView, today: Callable[[], date], go: Callable[[Finding], object]
    ) -> None:
        self._view, self._today, self._go = view, today, go
        self.findings: Sequence[Finding] = ()
        self._at = -1

    def show(self, work: Work, places: Sequence[int] = ()) -> None:
        """Check and say; ``places`` are the lines of the record's fields where they are shown."""
        form = work.filled()
        every = check_form(form, self._today())
        raw = self._view.part is Part.RAW
        told = [one for one in every if raw or not one.short or one.short in work.seen]
        self.findings = sorted(told, key=lambda one: _ORDER.index(one.severity))
        errors, warnings = _by_field(self.findings)
        self._view.fields.say(errors, warnings)
        self._view.raw.mark(_by_line(self.findings, places))
        self._view.show_findings([self._words(one) for one in self.findings])
        for name, value in work.proposals().items():
            self._view.fields.propose(name, value)
        number = form.text("call_number")
        self._view.aside.spine.show_number(number, class_caption(form.text("classification")))

    def go_on(self) -> None:
        """Go to the next finding, after the last to the first."""
        if self.findings:
            self._at = (self._at + 1) % len(self.findings)
            self._go(self.findings[self._at])

    def _words(self, finding: Finding) -> FindingWords:
        icon, tone = text.sign(finding.severity)
        return FindingWords(text.found(finding), icon, tone, lambda: self._go(finding))


def _by_field(findings: Sequence[Finding]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    errors: dict[str, str] = {}
    warnings: dict[str, str] = {}
    for finding in findings:
        if finding.short and finding.severity != "hint":
            into = errors if finding.severity == "error" else warnings
            into.setdefault(finding.short, finding_text(finding))
    return errors, warnings


def _by_line(findings: Sequence[Finding], places: Sequence[int]) -> Mapping[int, Tone]:
    tones: dict[int, Tone] = {}
    for finding in findings:
        if 0 <= finding.place < len(places) and finding.severity != "hint":
            tones.setdefault(places[finding.place], text.sign(finding.severity)[1])
    return tones
