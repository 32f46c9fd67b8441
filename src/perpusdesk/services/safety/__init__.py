"""Backups, restores, recovery codes and becoming another version."""
