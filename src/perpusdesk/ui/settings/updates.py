"""The version of this program: what is newer, how far it has come, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from perpusdesk import __version__
from perpusdesk.common.formats import number
from perpusdesk.common.i18n import _, language
from perpusdesk.services.safety.updating import Offer, Progress
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.words import words


class UpdatePart(QWidget):
    """Tells of versions; what somebody wants it only says (``look_asked`` ...)."""

    look_asked = Signal()
    install_asked = Signal()
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._version = words("")
        self._said = words("", tone="muted", wrap=True)
        self._notes = words("", wrap=True)
        self.look = button(_("Look now"), self.look_asked.emit, icon="exchange")
        self.install = button("", self.install_asked.emit, icon="check")
        self.back = button("", self.back_asked.emit, icon="undo")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(12)
        for one in (self.install, self.look, self.back):
            row.addWidget(one)
        row.addStretch(1)
        for label in (self._version, self._said, self._notes):
            column.addWidget(label)
        column.addLayout(row)
        self.show_state(None, "")

    def show_state(self, found: Offer | None, before: str, *, looking: bool = False) -> None:
        """Show what is newer (if anything), and to which version one may go back (or nothing)."""
        self._version.setText(_("PerpusDesk {version}").format(version=__version__))
        self._said.setText(said(found, looking=looking))
        self._notes.setText(found.notes(language()) if found else "")
        self._notes.setVisible(bool(found and found.notes(language())))
        ready = found is not None and found.progress is Progress.READY
        self.install.setVisible(ready)
        if found is not None:
            self.install.setText(install_words(found))
        self.look.setEnabled(not looking)
        self.back.setVisible(bool(before))
        self.back.setText(_("Go back to version {version}").format(version=before))

    def say(self, sentence: str) -> None:
        """Say how looking ended."""
        self._said.setText(sentence)
        self.look.setEnabled(True)


def install_words(found: Offer) -> str:
    """Return what the button says that installs."""
    return _("Install version {version}").format(version=found.manifest.version)


def said(found: Offer | None, *, looking: bool = False) -> str:
    """Return how it stands with newer versions, in one sentence."""
    if looking:
        return _("Looking for a newer version …")
    if found is None:
        return _("No newer version is known here.")
    version = found.manifest.version
    if found.progress is Progress.READY:
        ready = _(
            "Version {version} is here and proven. Installing takes about a minute; the library is"
            " copied first."
        )
        return ready.format(version=version)
    coming = _("Version {version} is coming: {share} %. The desk works on meanwhile.")
    share = number(100 * found.come // found.package.size)
    return coming.format(version=version, share=share)
