"""The way of one visitor without a card through the questions; forgotten as soon as it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perpusdesk.domain.visiting import Count, HeadClass, Profile, ProfileLists, class_profile

PEOPLE = "people"
LEVEL = "level"
_GROUP = (PEOPLE, LEVEL)
_HEAD = HeadClass("pupils", "", of_level=True)


class Flow:
    """Which question is asked, and what was answered so far."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget who was here."""
        self._asked: tuple[str, ...] = ()
        self._place = 0
        self._answers: dict[str, str] = {}
        self._people = 1
        self.group = False

    def begin(self, questions: Sequence[str]) -> None:
        """Begin with somebody who has no card."""
        self.clear()
        self._asked = tuple(questions)

    def begin_group(self) -> None:
        """Begin with a group."""
        self.clear()
        self.group = True
        self._asked = _GROUP

    @property
    def question(self) -> str:
        """The name of what is asked now; empty when everything was."""
        return self._asked[self._place] if self._place < len(self._asked) else ""

    @property
    def progress(self) -> tuple[int, int]:
        """The number of the question, and how many there are."""
        return self._place + 1, len(self._asked)

    @property
    def first(self) -> bool:
        """Whether this is the first question, so that going back means giving up."""
        return self._place == 0

    @property
    def said_something(self) -> bool:
        """Whether anything was answered: then somebody really is here."""
        return bool(self._answers) or self._people > 1

    def answer(self, code: str) -> None:
        """Take an answer (empty: skipped) and go on."""
        if code:
            self._answers[self.question] = code
        self._place += 1

    def answer_people(self, people: int) -> None:
        """Take how many they are and go on."""
        self._people = people
        self._place += 1

    def back(self) -> None:
        """Go back to the question before, which is asked anew."""
        self._place = max(0, self._place - 1)
        self._answers.pop(self.question, None)

    def count(self, lists: ProfileLists) -> Count:
        """Return what is counted."""
        if self.group:
            level = lists.level(self._answers.get(LEVEL, ""))
            return Count(self._people, class_profile(_HEAD, level))
        return Count(1, replace(Profile(), **self._answers))
