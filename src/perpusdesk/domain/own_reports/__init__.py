"""Reports that a library puts together itself: what they can be of, and what makes one valid."""
