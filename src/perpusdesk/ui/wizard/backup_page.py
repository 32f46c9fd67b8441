"""The wizard's question for a backup: from a stick, a folder or the server, and its codes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from perpusdesk.common.i18n import _
from perpusdesk.services.safety.restore import FoundStore, find_stores
from perpusdesk.ui.kit.buttons import button
from perpusdesk.ui.kit.code_entry import CodeEntry
from perpusdesk.ui.kit.flow import Flow
from perpusdesk.ui.kit.recovery_entry import RecoveryEntry
from perpusdesk.ui.wizard import text
from perpusdesk.ui.wizard.fields import FieldsPage, FolderPart
from perpusdesk.ui.wizard.steps import Wizard

Camera = Callable[[CodeEntry | RecoveryEntry, bool], object]


def backup_page(wizard: Wizard, again: Callable[[], object], camera: Camera) -> FieldsPage:
    """Return the questions; ``again`` shows the step anew when other backups were found.

    ``camera`` is told when a code is to be shown to one.
    """
    page = FieldsPage()
    found = list(wizard.found)
    if wizard.answers.backup is None and found:
        wizard.answer(backup=found[0])
    code = _code_entry(wizard, camera)

    def chosen(one: object) -> None:
        at_server = not isinstance(one, FoundStore)
        wizard.answer(backup=wizard.answers.backup if at_server else one, from_server=at_server)
        code.setVisible(at_server)

    options: list[tuple[str, object]] = [(text.found_backup(one), one) for one in found]
    options.append((_("The library's server"), None))
    first = None if wizard.from_server or not found else wizard.answers.backup
    page.choice("backup", _("Where the backup is"), options, first, chosen)
    page.fields["backup"].set_hint("" if found else text.no_stick())
    page.column.addWidget(
        Flow(
            button(_("Look again"), lambda: _look(wizard, None, again), icon="renew"),
            button(_("Choose a folder …"), lambda: _ask(page, wizard, again), icon="folder"),
        )
    )
    page.fields["code"] = code.field
    page.column.addWidget(code)
    code.setVisible(wizard.from_server)
    entry = _recovery_entry(wizard, camera)
    page.fields["recovery"] = entry.field
    page.column.addWidget(entry)
    page.setFocusProxy(code if wizard.from_server else entry)
    page.column.addWidget(FolderPart(wizard, page))
    return page


def _code_entry(wizard: Wizard, camera: Camera) -> CodeEntry:
    label, hint = _("Code from the server"), text.about_replacing()
    code = CodeEntry(wizard.answers.code, label=label, hint=hint)
    code.changed.connect(lambda value: wizard.answer(code=value, from_server=True))
    code.camera_wanted.connect(lambda on: camera(code, on))
    return code


def _recovery_entry(wizard: Wizard, camera: Camera) -> RecoveryEntry:
    entry = RecoveryEntry()
    entry.edit.setText(wizard.answers.recovery)
    entry.edit.textChanged.connect(lambda value: wizard.answer(recovery=value))
    entry.file_button.hide()
    entry.camera_wanted.connect(lambda on: camera(entry, on))
    return entry


def _look(wizard: Wizard, root: Path | None, again: Callable[[], object]) -> None:
    wizard.found = tuple(find_stores(root))
    wizard.answer(
        backup=wizard.found[0] if wizard.found else None,
        from_server=False if wizard.found else None,
    )
    again()


def _ask(parent: QWidget, wizard: Wizard, again: Callable[[], object]) -> None:
    chosen = QFileDialog.getExistingDirectory(parent, _("Stick or folder with the backup"))
    if chosen:
        _look(wizard, Path(chosen), again)
