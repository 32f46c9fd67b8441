"""Wire and log formats with their versions; no I/O."""
