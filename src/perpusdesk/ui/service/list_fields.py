"""The fields in which a library changes what its lists offer."""

from __future__ import annotations

from typing import Any

from perpusdesk.common.i18n import _
from perpusdesk.domain.service_lists import DUE_DAYS, ServiceLists
from perpusdesk.ui.kit.entries import CountEdit
from perpusdesk.ui.kit.forms import Field
from perpusdesk.ui.service.message_fields import tall


class ListFields:
    """The days to answer, and one text for each list: a line is a choice."""

    def __init__(self, lists: ServiceLists) -> None:
        hint = _("A rule of the house, no law.")
        edit = CountEdit(lists.due_days, most=DUE_DAYS[1])
        self._days = Field(_("Days to answer"), edit, hint=hint, name="days")
        labels = {
            "category": _("What messages are about"),
            "service": _("Services"),
            "question": _("Sorts of questions"),
            "tool": _("What helps with questions"),
        }
        self._lists = {
            name: tall(label, "\n".join(one.name for one in lists.of(name)), name=name, lines=5)
            for name, label in labels.items()
        }

    @property
    def fields(self) -> list[Field[Any]]:
        """All of them in their order."""
        return [self._days, *self._lists.values()]

    @property
    def days(self) -> int:
        """Within how many days is answered."""
        return self._days.edit.value()

    @property
    def names(self) -> dict[str, list[str]]:
        """What each list offers."""
        return {
            name: str(field.edit.toPlainText()).splitlines() for name, field in self._lists.items()
        }

    def wrong(self) -> dict[str, str]:
        """Say what cannot be used."""
        empty = {
            name: _("Fill this in.")
            for name, lines in self.names.items()
            if not any(line.strip() for line in lines)
        }
        return empty if self.days >= DUE_DAYS[0] else {**empty, "days": _("Fill this in.")}
