"""The wizard's question for a backup: which one, and the code of the recovery sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.restore import find_stores
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.recovery_entry import RecoveryEntry
from perpusdesk.ui.wizard import text
from perpusdesk.ui.wizard.fields import FieldsPage, FolderPart
from perpusdesk.ui.wizard.steps import Wizard


def backup_page(
    wizard: Wizard,
    again: Callable[[], object],
    camera: Callable[[RecoveryEntry, bool], object],
) -> FieldsPage:
    """Return the questions; ``again`` shows the step anew when other backups were found.

    ``camera`` is told when the code is to be shown to one.
    """
    page = FieldsPage()
    found = list(wizard.found)
    if wizard.answers.backup is None and found:
        wizard.answer(backup=found[0])
    options: list[tuple[str, object]] = [(text.found_backup(one), one) for one in found]
    nothing: list[tuple[str, object]] = [(_("No backup was found yet"), None)]
    chosen = wizard.answers.backup if found else None
    page.choice(
        "backup", _("Backup"), options or nothing, chosen, lambda one: wizard.answer(backup=one)
    )
    page.column.addWidget(
        Flow(
            button(_("Look again"), lambda: _look(wizard, None, again), icon="renew"),
            button(_("Choose a folder …"), lambda: _ask(page, wizard, again), icon="folder"),
        )
    )
    entry = RecoveryEntry()
    entry.edit.setText(wizard.answers.recovery)
    entry.edit.textChanged.connect(lambda value: wizard.answer(recovery=value))
    entry.file_button.hide()
    entry.camera_wanted.connect(lambda on: camera(entry, on))
    page.fields["recovery"] = entry.field
    page.column.addWidget(entry)
    page.setFocusProxy(entry)
    page.column.addWidget(FolderPart(wizard, page))
    return page


def _look(wizard: Wizard, root: Path | None, again: Callable[[], object]) -> None:
    wizard.found = tuple(find_stores(root))
    wizard.answer(backup=wizard.found[0] if wizard.found else None)
    again()


def _ask(parent: QWidget, wizard: Wizard, again: Callable[[], object]) -> None:
    chosen = QFileDialog.getExistingDirectory(parent, _("Stick or folder with the backup"))
    if chosen:
        _look(wizard, Path(chosen), again)
