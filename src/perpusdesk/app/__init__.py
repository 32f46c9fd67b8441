"""The composition root: builds settings, library, services and windows; knows everybody.

Each way in (``entry``, ``demo_headless``, ``window_bench``) is imported by itself: the desktop does
not wait for what only the demo needs.
"""
