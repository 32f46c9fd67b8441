"""Benchmarks of the window run on machines without a screen too."""

from __future__ import annotations

import pytest

from perpusdesk.app.window_bench import has_screen


@pytest.mark.parametrize(
    ("platform", "environment", "screen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_screen_is_there_where_windows_can_be_shown(
    platform: str, environment: dict[str, str], screen: bool
) -> None:
    assert has_screen(platform, environment) is screen
