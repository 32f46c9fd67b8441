"""The screen of safety: copies, checks, history and personal data, each a tab of its own."""
