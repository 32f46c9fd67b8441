"""Is all well with the library on this device? Small checks, one per file, and how each mends."""
