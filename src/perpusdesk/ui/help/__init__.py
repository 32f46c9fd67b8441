"""The user manual in the program: F1 opens the page that fits, without a network."""
