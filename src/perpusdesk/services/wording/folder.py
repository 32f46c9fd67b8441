"""What an exchange through a stick came to, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from perpusdesk.common.i18n import _, ngettext


class FolderTold(Protocol):
    """What ``syncing.folder.FolderOutcome`` tells."""

    @property
    def received(self) -> int:
        """Ops that were new here."""

    @property
    def sent(self) -> int:
        """Ops that were written."""

    @property
    def left(self) -> int:
        """Ops for which there was no room."""

    @property
    def half(self) -> Sequence[str]:
        """Files that are not whole."""

    @property
    def sealed_otherwise(self) -> Sequence[str]:
        """Files that our key does not open."""

    @property
    def too_new(self) -> Sequence[str]:
        """Files of a newer program."""

    @property
    def other_library(self) -> int:
        """Files of other libraries."""

    @property
    def refused(self) -> Sequence[str]:
        """Packages that nobody we trust signed."""


def say_folder(told: FolderTold) -> str:
    """Return the outcome in one sentence."""
    if not told.received and not told.sent:
        return _("Nothing new on either side.")
    return _("Received {received}, written {sent}.").format(received=told.received, sent=told.sent)


def folder_warnings(told: FolderTold) -> list[str]:
    """Return what people should know besides, one sentence each; best none."""
    said = []
    if told.left:
        said.append(
            _("The stick is full: {n} changes are not on it. Make room, then do it again.").format(
                n=told.left
            )
        )
    if told.half:
        words = ngettext(
            "{n} file is incomplete and was left out; its contents come with the next exchange.",
            "{n} files are incomplete and were left out; their contents come with the next"
            " exchange.",
            len(told.half),
        )
        said.append(words.format(n=len(told.half)))
    if told.too_new:
        said.append(_("Some files come from a newer PerpusDesk. Update this computer's program."))
    if told.sealed_otherwise:
        said.append(
            _(
                "Some files cannot be opened with this device's key."
                " Ask the administrator to let it in again."
            )
        )
    if told.refused:
        said.append(
            _("Some changes come from a device that is not known here. They stay on the stick.")
        )
    if told.other_library:
        said.append(_("There is data of another library on the stick. It was not touched."))
    return said
