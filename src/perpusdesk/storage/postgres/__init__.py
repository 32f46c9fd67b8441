"""The same storage on PostgreSQL: one schema per library (needs the extra ``server``)."""
