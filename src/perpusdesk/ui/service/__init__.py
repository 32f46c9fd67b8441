"""What visitors say, ask and wish for, and what becomes of it."""
