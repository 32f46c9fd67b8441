"""Without a slip printer the slip becomes a file; what is said of it is true."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QDesktopServices

from perpusdesk.app.program import Program
from perpusdesk.common.passing import passing_folder


@pytest.mark.parametrize(("opens", "told"), [(True, "terbuka"), (False, "tersimpan")])
def test_a_slip_is_called_open_only_where_a_program_opened_it(
    program: Program, monkeypatch: pytest.MonkeyPatch, opens: bool, told: str
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: opens)
    for code in ("A0001", "B0001"):
        program.window.box.take_burst(code)
    program.tasks.wait_idle()
    program.desk_page.slip()
    program.tasks.wait_idle()
    (file,) = passing_folder().glob("slip-*.pdf")
    assert told in program.window.toasts.text
    assert file.name in program.window.toasts.text
