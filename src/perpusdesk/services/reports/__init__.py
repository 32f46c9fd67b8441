"""Reports of a library's own, and what is written into a folder by itself."""
