"""Who did what, where and when."""
