"""Reading a damaged library file page by page, without SQLite, and making a whole one of it."""
