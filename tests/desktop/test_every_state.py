"""Every state of the desk can be used by everybody: names, contrast, nothing cut off, any size."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from PySide6.QtWidgets import QApplication

from helpers.desk_states import STATES, State
from helpers.library import SmallLibrary
from helpers.ui_audit import audit
from perpusdesk.common.i18n import set_language
from perpusdesk.ui.kit import theme

LOOKS = {
    "light": theme.ThemeSettings(theme.Scheme.LIGHT, 100, high_contrast=False),
    "dark": theme.ThemeSettings(theme.Scheme.DARK, 100, high_contrast=False),
    "high contrast": theme.ThemeSettings(theme.Scheme.LIGHT, 100, high_contrast=True),
    "large": theme.ThemeSettings(theme.Scheme.LIGHT, 150, high_contrast=False),
    "large and dark": theme.ThemeSettings(theme.Scheme.DARK, 150, high_contrast=False),
}


EVERY_DAY = {"id": ("light", "large and dark"), "en": ("large", "high contrast")}

Look = Callable[[State, str, Iterable[str]], list[str]]


@pytest.fixture
def findings(start, small: SmallLibrary, qapp: QApplication) -> Look:
    """Bring the desk into a state, in a language, and look at it in these looks."""

    def look_at(state: State, language: str, looks: Iterable[str]) -> list[str]:
        set_language(language)
        who = start(small.desk("head"))
        state.reach(who, small)
        who.wait()
        window = who.program.window
        window.toasts.clear()
        found = []
        for name in looks:
            theme.apply(qapp, LOOKS[name])
            width = 1366 if LOOKS[name].text_percent == 100 else 1024
            window.resize(width, 768)
            found += [f"{name}: {finding}" for finding in audit(window)]
            least = window.minimumSizeHint()
            if least.height() > 768 or least.width() > width:
                found.append(f"{name}: needs {least.width()}x{least.height()}")
        return found

    return look_at


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_has_nothing_that_somebody_could_not_use(
    findings: Look, state: State, language: str
) -> None:
    assert findings(state, language, EVERY_DAY[language]) == []


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_state_in_every_look(findings: Look, state: State, language: str) -> None:
    assert findings(state, language, LOOKS) == []
