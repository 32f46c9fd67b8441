"""Writing down a roll of paper: the first pass measures, the second one prints."""

from __future__ import annotations

from dataclasses import dataclass

from perpusdesk.printing.paper import Paper, text_width, wrapped

BLACK = "#000000"
_LINE = 0.43
"""Millimetres of height per point of size, for one line of text."""


@dataclass(slots=True)
class Roll:
    """A place on the roll between two edges; without ``paper`` nothing is drawn."""

    left: float
    right: float
    y: float
    paper: Paper | None = None

    def down(self, distance: float) -> None:
        """Leave ``distance`` millimetres white."""
        self.y += distance

    def write(
        self,
        text: str,
        size: float,
        *,
        bold: bool = False,
        indent: float = 0.0,
        lines: int = 0,
        centred: bool = False,
    ) -> None:
        """Write ``text`` over as many lines as it needs, at most ``lines`` when above 0."""
        width = self.right - self.left - indent
        for line in wrapped(text, width, size, bold=bold, lines=lines, even=centred):
            self.y += size * _LINE
            if self.paper and centred:
                middle = (self.left + self.right) / 2
                self.paper.text(middle, self.y, line, size, bold=bold, colour=BLACK, align="center")
            elif self.paper:
                self.paper.text(self.left + indent, self.y, line, size, bold=bold, colour=BLACK)

    def pair(
        self, label: str, value: str, size: float, *, strong: bool = False, indent: float = 0.0
    ) -> None:
        """Write a label at the left and its value, bold when ``strong``, at the right."""
        needed = text_width(label, size) + text_width(value, size, bold=strong) + 2
        if needed > self.right - self.left - indent:
            self.write(label, size, indent=indent, lines=1)
            self.write(value, size, bold=strong, indent=indent + 2, lines=2)
            return
        self.y += size * _LINE
        if self.paper:
            self.paper.text(self.left + indent, self.y, label, size, colour=BLACK)
            self.paper.text(
                self.right, self.y, value, size, bold=strong, colour=BLACK, align="right"
            )

    def rule(self) -> None:
        """Draw a thin line with air above and below."""
        self.y += 1.7
        if self.paper:
            self.paper.rule(self.left, self.y, self.right, self.y, width=0.2, colour=BLACK)
        self.y += 0.6
