"""The tab of examinations: is all well, what is not, and the button that mends it."""
