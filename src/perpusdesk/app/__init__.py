"""The composition root: builds settings, library, services and windows; knows everybody."""

from perpusdesk.app.demo_headless import play_demo
from perpusdesk.app.entry import run_demo, run_desktop

__all__ = ["play_demo", "run_demo", "run_desktop"]
