"""The first run: a few questions, none that the program can answer by itself."""
