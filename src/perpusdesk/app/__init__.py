"""The composition root: builds settings, library, services and windows; knows everybody."""

from perpusdesk.app.entry import run_demo, run_desktop

__all__ = ["run_demo", "run_desktop"]
