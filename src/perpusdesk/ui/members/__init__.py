"""Members: list, form, papers."""
