"""Moving in from other programs, taking that back, and moving out."""
