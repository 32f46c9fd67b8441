"""Exchange between two devices, free of I/O: clock, chance, keys and store are handed in."""
