"""Tiny things everybody needs: errors, language, paths, settings, logging."""
