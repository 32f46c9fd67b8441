"""The tab of backups: how old they are, where they lie, and the ways back."""
