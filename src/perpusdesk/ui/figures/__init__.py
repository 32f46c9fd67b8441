"""The screen of reports: the dashboard, packs of figures and decisions on the collection."""
