"""Qt's own words (buttons of dialogs, menus of text fields) from our catalogue.

Qt ships no Indonesian; without this *Cancel* and *Paste* would stay English.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QTranslator

from perpusdesk.common.i18n import N_, _, language

_WORDS: Final = frozenset(
    {
        N_("OK"),
        N_("&OK"),
        N_("&Save"),
        N_("Save"),
        N_("Save All"),
        N_("&Open"),
        N_("Open"),
        N_("&Yes"),
        N_("Yes to &All"),
        N_("&No"),
        N_("N&o to All"),
        N_("Abort"),
        N_("Retry"),
        N_("Ignore"),
        N_("Close"),
        N_("&Close"),
        N_("Cancel"),
        N_("&Cancel"),
        N_("Discard"),
        N_("Help"),
        N_("Apply"),
        N_("Reset"),
        N_("Restore Defaults"),
        N_("Show Details..."),
        N_("Hide Details..."),
        N_("&Undo"),
        N_("&Redo"),
        N_("Cu&t"),
        N_("&Copy"),
        N_("Copy &Link Location"),
        N_("&Paste"),
        N_("Delete"),
        N_("&Delete"),
        N_("Select All"),
        N_("&Step up"),
        N_("Step &down"),
        N_("&Select All"),
        N_("Look in:"),
        N_("File &name:"),
        N_("Files of type:"),
        N_("&Choose"),
        N_("Directory:"),
        N_("Name"),
        N_("Size"),
        N_("Type"),
        N_("Date Modified"),
        N_("Create New Folder"),
        N_("&New Folder"),
        N_("Back"),
        N_("Forward"),
        N_("Parent Directory"),
        N_("List View"),
        N_("Detail View"),
        N_("&Rename"),
        N_("Show &hidden files"),
        N_("Recent Places"),
        N_("Remove"),
        N_("Scroll here"),
        N_("Left edge"),
        N_("Right edge"),
        N_("Top"),
        N_("Bottom"),
        N_("Page up"),
        N_("Page down"),
        N_("Page left"),
        N_("Page right"),
        N_("Scroll up"),
        N_("Scroll down"),
        N_("Scroll left"),
        N_("Scroll right"),
    }
)


class QtLanguage(QTranslator):
    """Answers Qt's questions for words in the language in use."""

    def isEmpty(self) -> bool:
        """Say that there are words, or Qt would not ask."""
        return False

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        number: int = -1,
    ) -> str | None:
        """Return the word in our language, or ``None`` for Qt's own."""
        del context, disambiguation, number
        if language() == "en" or source not in _WORDS:
            return None
        return _(source)


def install(app: QCoreApplication) -> QtLanguage:
    """Have Qt ask us; once, before the first window. Follows later changes of language."""
    asked = QtLanguage(app)
    app.installTranslator(asked)
    return asked
