"""The figures that a library counts: what each is of, and how months make years."""
