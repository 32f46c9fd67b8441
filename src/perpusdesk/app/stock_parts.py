"""What the stock's screen is made of, from left to right."""

from __future__ import annotations

from pathlib import Path

from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.sounds import Sounds
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.shell.messages import Messages
from perpusdesk.ui.stock.count_part import CountPart
from perpusdesk.ui.stock.moves_part import MovesPart
from perpusdesk.ui.stock.page import Part
from perpusdesk.ui.stock.register_part import RegisterPart
from perpusdesk.ui.stock.weeding_part import WeedingPart


def stock_parts(
    desk: Desk, tasks: Tasks, messages: Messages, sounds: Sounds, papers: Path
) -> tuple[Part, ...]:
    """Return the parts; ``papers`` is the folder in which PDF files are written."""
    return (
        CountPart(desk, tasks, messages, sounds, papers),
        MovesPart(desk, tasks, messages, sounds, papers),
        WeedingPart(desk, tasks, messages, sounds, papers),
        RegisterPart(desk, tasks, messages, papers),
    )
