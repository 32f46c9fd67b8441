"""The tab of the history: who did what, when and where."""
