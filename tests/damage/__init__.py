"""Random damages to real files of a library, and what the program makes of them."""
