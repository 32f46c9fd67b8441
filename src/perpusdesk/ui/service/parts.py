"""The four tabs by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from perpusdesk.services.desk import Desk
from perpusdesk.ui.kit.tasks import Tasks
from perpusdesk.ui.service.actions import BOARD, MESSAGES, QUESTIONS, WISHES
from perpusdesk.ui.service.board_part import BoardPart
from perpusdesk.ui.service.messages_part import MessagesPart
from perpusdesk.ui.service.questions_part import QuestionsPart
from perpusdesk.ui.service.wishes_part import WishesPart
from perpusdesk.ui.shell.messages import Messages

ServicePart = MessagesPart | QuestionsPart | WishesPart | BoardPart
_PARTS: Final[Mapping[str, Callable[[Desk, Tasks, Messages, Path], ServicePart]]] = {
    MESSAGES: MessagesPart,
    QUESTIONS: QuestionsPart,
    WISHES: WishesPart,
    BOARD: BoardPart,
}


def make_part(name: str, desk: Desk, tasks: Tasks, messages: Messages, papers: Path) -> ServicePart:
    """Return the part of a tab. Raises ``KeyError`` for an unknown name."""
    return _PARTS[name](desk, tasks, messages, papers)
