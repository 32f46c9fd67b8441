"""Qt, and nothing but Qt."""

from perpusdesk.ui.python311 import keep_singletons_alive

keep_singletons_alive()
