"""Exchange with other devices: what waits, what came, with whom, and whether the way is open."""
