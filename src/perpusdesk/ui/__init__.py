"""Qt, and nothing but Qt."""

from perpusdesk.ui.python311 import keep_none_alive

keep_none_alive()
