"""The people who work here: signing in, taking over, and getting back in."""
