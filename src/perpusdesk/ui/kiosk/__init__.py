"""The kiosk: a screen of its own at which visitors count themselves, and nothing else."""
